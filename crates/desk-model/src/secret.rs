//! A secret that cannot be printed or serialised, and is wiped when it is dropped.

use serde::{Deserialize, Deserializer};
use ts_rs::TS;
use zeroize::Zeroizing;

/// A secret string that is wiped when dropped. It goes into the vault and into a signature, nowhere else.
#[derive(Clone, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Creates a secret from `text`, trimmed: pasted text often has spaces and line ends around it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim().to_owned()))
    }

    /// Returns the plain text, to sign with it or to store it in the vault.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether the secret is the empty string.
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
