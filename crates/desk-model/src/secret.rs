//! A secret that cannot be printed or serialised, and is wiped when it is dropped.

use serde::{Deserialize, Deserializer};
use ts_rs::TS;
use zeroize::Zeroizing;

/// A secret as a user enters it. It goes into the vault and into a signature, nowhere else.
#[derive(Clone, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret, without the spaces and line ends that come along when it is pasted.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim().to_owned()))
    }

    /// The secret itself: for whoever signs with it or puts it away.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        Ok(Self::new(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assert_not_impl;

    assert_not_impl!(Secret: serde::Serialize, std::fmt::Display);

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("wJalrXUtnFEMI")), "Secret(…)");
    }

    #[test]
    fn what_comes_along_when_pasting_is_left_out() {
        let pasted: Secret = serde_json::from_str(r#"" wJalrXUtnFEMI\n""#).unwrap();
        assert_eq!(pasted.reveal(), "wJalrXUtnFEMI");
    }
}
