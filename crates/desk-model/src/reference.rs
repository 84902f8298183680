//! The reference line at the end of every text that this program sends: an idempotency key, by which the text is found
//! again at AWS.
//!
//! AWS gives no idempotency token: after a lost answer, this line alone tells whether ECO has the text. It has to
//! survive AWS's redaction, which removes long runs of digits and whatever looks like a key; so it is short and
//! each group has a letter.

use data_encoding::{Encoding, Specification};
use sha2::{Digest as _, Sha256};
use std::{fmt, sync::LazyLock};

/// Crockford's base32: no I, L, O or U, so that it can be read out on the phone.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LINE_START: &str = "Ref ";
const GROUP: usize = 4;

static CROCKFORD: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str(ALPHABET);
    specification.encoding().expect("32 different symbols make an encoding")
});

/// `ED-XXXX-XXXX`: 40 random bits in Crockford base32, with a letter in each group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

impl Reference {
    /// Derives the reference of the draft or message with the id `id`; the same id always gives the same reference. The
    /// id is a random UUID, from which the reference's 40 bits come; so the text in the preview is the text that is
    /// sent, and that a retry after a lost response sends again.
    #[must_use]
    pub fn of(id: &str) -> Self {
        let mut round = 0_u32;
        loop {
            let digest = Sha256::new().chain_update(id).chain_update(round.to_be_bytes()).finalize();
            let symbols = CROCKFORD.encode(&digest[..5]);
            let (first, second) = symbols.split_at(GROUP);
            if has_letter(first) && has_letter(second) {
                return Self(format!("ED-{first}-{second}"));
            }
            round += 1;
        }
    }

    /// Parses `text`; `None` unless it is exactly one reference.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (first, second) = text.strip_prefix("ED-")?.split_once('-')?;
        let group = |group: &str| {
            group.len() == GROUP && group.chars().all(|symbol| ALPHABET.contains(symbol)) && has_letter(group)
        };
        (group(first) && group(second)).then(|| Self(text.to_owned()))
    }

    /// `ED-XXXX-XXXX`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The line that a text ends with: `Ref ED-XXXX-XXXX`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{LINE_START}{}", self.0)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn has_letter(group: &str) -> bool {
    group.contains(|symbol: char| symbol.is_ascii_alphabetic())
}

/// Splits off the last line that is not blank: what stands before it, and the line, trimmed.
fn split_last_line(body: &str) -> (&str, &str) {
    let body = body.trim_end();
    let start = body.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    (&body[..start], body[start..].trim())
}

fn reference_in(line: &str) -> Option<Reference> {
    Reference::parse(line.trim().strip_prefix(LINE_START)?)
}

/// Finds the reference that `body` ends with. A reference further up is a quotation and does not count.
#[must_use]
pub fn find_reference(body: &str) -> Option<Reference> {
    reference_in(split_last_line(body).1)
}

/// Whether `reference` stands on any line of `body`, as when the text came to ECO by another way than this program
/// (copied into Support Center, say, with more written below it).
#[must_use]
pub fn has_reference(body: &str, reference: &Reference) -> bool {
    body.lines().any(|line| reference_in(line).as_ref() == Some(reference))
}

/// Removes the reference line at the end of `body`, with the blank lines before it, for display.
/// A body without one is returned unchanged.
#[must_use]
pub fn strip_reference(body: &str) -> &str {
    let (before, last) = split_last_line(body);
    if reference_in(last).is_some() { before.trim_end() } else { body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_exact_form_is_a_reference() {
        let table = [
            ("ED-7K2M-9QXA", true),
            ("ED-000A-A000", true),
            ("ED-0000-A000", false),
            ("ED-A000-0000", false),
            ("ED-7K2M-9QXAB", false),
            ("ED-7K2M-9QX", false),
            ("ED-7K2M", false),
            ("ED-7k2m-9qxa", false),
            ("ED-IIII-AAAA", false),
            ("ED-ÄAAA-AAAA", false),
            ("ED-7K2M-9QXA-1", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(Reference::parse(text).is_some(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quoted_reference_is_not_the_bodys_own() {
        let quoted = "You wrote:\nRef ED-7K2M-9QXA\nIs this solved?";
        assert_eq!(find_reference(quoted), None);
        assert_eq!(strip_reference(quoted), quoted);
        assert!(has_reference(quoted, &Reference::parse("ED-7K2M-9QXA").unwrap()));
        assert!(!has_reference(quoted, &Reference::parse("ED-7K2M-9QXB").unwrap()));
    }

    #[test]
    fn the_line_is_found_whatever_the_line_ends() {
        for body in [
            "Hello\n\nRef ED-7K2M-9QXA",
            "Hello\r\n\r\nRef ED-7K2M-9QXA\r\n",
            "Hello\n\n Ref ED-7K2M-9QXA \n\n",
        ] {
            assert_eq!(
                find_reference(body).map(|found| found.to_string()),
                Some("ED-7K2M-9QXA".into()),
                "{body:?}"
            );
            assert_eq!(strip_reference(body), "Hello", "{body:?}");
        }
        assert_eq!(strip_reference("Ref ED-7K2M-9QXA"), "");
        assert_eq!(strip_reference("  as it was \n"), "  as it was \n");
    }

    proptest! {
        #[test]
        fn a_reference_reads_back_and_has_no_long_run_of_digits(id in "[0-9a-f-]{36}", text in "(?s).{0,200}") {
            let drawn = Reference::of(&id);
            prop_assert_eq!(&Reference::of(&id), &drawn);
            prop_assert_eq!(Reference::parse(drawn.as_str()), Some(drawn.clone()));
            let longest = drawn.as_str().split(|symbol: char| !symbol.is_ascii_digit()).map(str::len).max();
            prop_assert!(longest <= Some(6), "{} has too long a run of digits", drawn);
            let body = format!("{}\n\n{}", text, drawn.line());
            prop_assert_eq!(find_reference(&body), Some(drawn.clone()));
            prop_assert!(has_reference(&body, &drawn));
            prop_assert_eq!(strip_reference(&body), text.trim_end());
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "(?s).{0,200}") {
            let stripped = strip_reference(&text);
            prop_assert!(text.starts_with(stripped));
            prop_assert_eq!(find_reference(&text).is_some(), stripped.len() < text.len());
        }
    }
}
