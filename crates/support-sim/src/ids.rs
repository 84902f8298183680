//! The ids of the API: of cases, attachments, sets and uploads. `displayId` is what people read; `caseId` is what calls
//! take, and one part of it, the infix, varies from response to response and means nothing.

use std::borrow::Borrow;
use std::fmt;

use rand::rngs::StdRng;
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

/// The numeric id that people see in Support Center.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisplayId(pub(crate) String);

impl DisplayId {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn random(rng: &mut StdRng) -> Self {
        Self(format!("17{:010}", rng.random_range(0..10_000_000_000_u64)))
    }
}

// A map by display id can be asked with any text: both hash and compare as the digits.
impl Borrow<str> for DisplayId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for DisplayId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DisplayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What of a `caseId` stays the same between two answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct CaseKey {
    pub(crate) year: i16,
    /// Sixteen hexadecimal digits.
    pub(crate) hex: String,
}

/// Infixes seen on ids of one and the same case.
const INFIXES: [&str; 6] = ["muen", "mufr", "muja", "muko", "mude", "mues"];
/// All infixes have this many characters.
pub(crate) const INFIX_LENGTH: usize = 4;

/// The infix of the ids in one answer.
pub(crate) fn infix(turn: usize) -> &'static str {
    INFIXES[turn % INFIXES.len()]
}

impl CaseKey {
    pub(crate) fn random(rng: &mut StdRng, year: i16) -> Self {
        Self { year, hex: format!("{:016x}", rng.next_u64()) }
    }

    /// The whole id; `turn` chooses the infix.
    pub(crate) fn spell(&self, account: &str, turn: usize) -> String {
        self.spell_with(account, infix(turn))
    }

    /// The whole id with this infix.
    pub(crate) fn spell_with(&self, account: &str, infix: &str) -> String {
        format!("case-{account}-{infix}-{}-{}", self.year, self.hex)
    }

    /// Reads an id with any infix; `None` where it is no case id, or one of another account.
    pub(crate) fn parse(text: &str, account: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (case, of, infix) = (parts.next()?, parts.next()?, parts.next()?);
        let (year, hex) = (parts.next()?, parts.next()?);
        let ours = case == "case" && of == account && parts.next().is_none();
        let infix_fits = !infix.is_empty() && infix.bytes().all(|b| b.is_ascii_alphanumeric());
        let hex_fits = hex.len() == 16 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        (ours && infix_fits && hex_fits)
            .then(|| Some(Self { year: year.parse().ok()?, hex: hex.to_ascii_lowercase() }))?
    }
}

/// A random version 4 UUID in its usual spelling; the form of request ids.
pub(crate) fn uuid(rng: &mut StdRng) -> String {
    let mut bytes = [0_u8; 16];
    rng.fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// `attachment-` and 32 hexadecimal digits: safe as a file name.
pub(crate) fn attachment(rng: &mut StdRng) -> String {
    let mut bytes = [0_u8; 16];
    rng.fill_bytes(&mut bytes);
    format!("attachment-{}", hex::encode(bytes))
}

/// The id of an attachment set.
pub(crate) fn attachment_set(rng: &mut StdRng) -> String {
    let mut bytes = [0_u8; 24];
    rng.fill_bytes(&mut bytes);
    format!("as-{}", hex::encode(bytes))
}

/// The id of an upload: safe in a path.
pub(crate) fn upload(rng: &mut StdRng) -> String {
    let mut bytes = [0_u8; 24];
    rng.fill_bytes(&mut bytes);
    format!("upload-{}", hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn a_case_id_is_known_again_under_any_infix() {
        let key = CaseKey { year: 2026, hex: "c4c1d2bf33c5cf47".into() };
        assert_ne!(key.spell("123456789012", 0), key.spell("123456789012", 1));
        assert!(INFIXES.iter().all(|infix| infix.len() == INFIX_LENGTH));
        for turn in 0..12 {
            assert_eq!(CaseKey::parse(&key.spell("123456789012", turn), "123456789012"), Some(key.clone()));
        }
        assert_eq!(
            CaseKey::parse("case-123456789012-zz99-2026-C4C1D2BF33C5CF47", "123456789012"),
            Some(key.clone())
        );
    }

    #[test]
    fn what_is_no_case_id_of_the_account_is_refused() {
        for text in [
            "",
            "case-999999999999-muen-2026-c4c1d2bf33c5cf47",
            "case-123456789012-muen-2026-c4c1",
            "case-123456789012-muen-2026-c4c1d2bf33c5cf4g",
            "case-123456789012--2026-c4c1d2bf33c5cf47",
            "case-123456789012-muen-year-c4c1d2bf33c5cf47",
            "case-123456789012-muen-2026-c4c1d2bf33c5cf47-x",
        ] {
            assert_eq!(CaseKey::parse(text, "123456789012"), None, "{text}");
        }
    }

    #[test]
    fn display_ids_are_numeric() {
        let mut rng = StdRng::seed_from_u64(1);
        for _ in 0..100 {
            let id = DisplayId::random(&mut rng);
            assert!(id.as_str().len() == 12 && id.as_str().bytes().all(|b| b.is_ascii_digit()), "{id}");
        }
    }
}
