//! Opaque tokens that say where a list goes on. A token names the last item given, not a number of items, so that
//! every item comes exactly once while new ones arrive. It is sealed with a tag: a forged or foreign one is refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What a token leads on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PageToken {
    /// DescribeCases, newest first: the creation time in milliseconds and the number of the last case given.
    Cases { created: i64, number: u32 },
    /// DescribeCommunications of the case with this hex, newest first: how many older ones remain.
    Communications { case: String, remaining: usize },
}

impl PageToken {
    pub(crate) fn seal(&self, account: &str) -> String {
        let text = match self {
            Self::Cases { created, number } => format!("c:{created}:{number}"),
            Self::Communications { case, remaining } => format!("m:{case}:{remaining}"),
        };
        let mut sealed = tag(&text, account).to_vec();
        sealed.extend_from_slice(text.as_bytes());
        URL_SAFE_NO_PAD.encode(sealed)
    }

    pub(crate) fn open(sealed: &str, account: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (seal, text) = bytes.split_at_checked(TAG_BYTES)?;
        let text = std::str::from_utf8(text).ok()?;
        if tag(text, account) != seal {
            return None;
        }
        let mut parts = text.split(':');
        match (parts.next()?, parts.next()?, parts.next()?) {
            ("c", created, number) => {
                Some(Self::Cases { created: created.parse().ok()?, number: number.parse().ok()? })
            }
            ("m", case, remaining) => {
                Some(Self::Communications { case: case.to_owned(), remaining: remaining.parse().ok()? })
            }
            (_, _, _) => None,
        }
    }
}

const TAG_BYTES: usize = 12;

fn tag(text: &str, account: &str) -> [u8; TAG_BYTES] {
    let digest =
        Sha256::new().chain_update("support-sim page ").chain_update(account).chain_update(text).finalize();
    let mut tag = [0; TAG_BYTES];
    tag.copy_from_slice(&digest[..TAG_BYTES]);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_for_its_account_alone_and_unchanged() {
        for token in [
            PageToken::Cases { created: -5, number: 7 },
            PageToken::Communications { case: "c4c1d2bf33c5cf47".into(), remaining: 12 },
        ] {
            let sealed = token.seal("123456789012");
            assert_eq!(PageToken::open(&sealed, "123456789012"), Some(token));
            assert_eq!(PageToken::open(&sealed, "999999999999"), None);
            let mut forged = sealed.into_bytes();
            let last = forged.len() - 2;
            forged[last] = if forged[last] == b'A' { b'B' } else { b'A' };
            assert_eq!(PageToken::open(std::str::from_utf8(&forged).unwrap(), "123456789012"), None);
        }
        assert_eq!(PageToken::open("", "123456789012"), None);
        assert_eq!(PageToken::open("not a token", "123456789012"), None);
    }
}
