//! The e-mail addresses of additional contacts: what counts as one, and how they are read out of text that was typed or
//! pasted. The forms ask here, so that they accept what is accepted when a report is sent.

use desk_model::text::is_unseen;
use email_address::{EmailAddress, Options};
use serde::Serialize;
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization as _;

/// Typed or pasted text, read as addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadContacts {
    /// The addresses in it, each as it would be sent.
    pub addresses: Vec<String>,
    /// The parts that are no address, as they were entered.
    pub rest: Vec<String>,
}

/// Whether `text` is one bare e-mail address whose domain has a dot (`jane@example.com`), with nothing around it.
///
/// Stricter than RFC 5321, which allows `root@localhost` and `"a b"@[10.0.0.1]`: nobody outside this computer's
/// network could be reached there.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let Ok(address) = EmailAddress::parse_with_options(text, options) else { return false };
    // RFC 1035, section 2.3.1: no label begins or ends with a hyphen.
    let is_label = |label: &str| !label.starts_with('-') && !label.ends_with('-');
    address.domain().split('.').all(is_label) && !text.contains(['"', '(', ')', ' '])
}

/// Reads the addresses in `text`, as mail programs copy them: separated by commas, semicolons, line ends or blanks, with
/// or without a name before an address in angle brackets. A name may be quoted and may itself hold a comma
/// (`Olsen, Kari <kari@example.com>`); it is not part of what is read.
#[must_use]
pub fn read_contacts(text: &str) -> ReadContacts {
    let mut read = ReadContacts::default();
    for line in visible(text).lines() {
        for entry in split(line, |c| c == ';') {
            read_entry(entry, &mut read);
        }
    }
    read
}

/// The address that `text` is meant to be, without what mail programs and sentences put around it.
pub(crate) fn bare(text: &str) -> String {
    let visible = visible(text);
    let inner = visible.trim_start_matches(is_around).trim_end_matches(ends);
    let link = inner.get(..7).filter(|start| start.eq_ignore_ascii_case("mailto:")).map_or(inner, |_| {
        let address = &inner[7..];
        address.split_once('?').map_or(address, |(address, _)| address)
    });
    link.trim_start_matches(is_around).trim_end_matches(ends).nfc().collect()
}

/// Reads one entry of a list: names with addresses in brackets, then plain addresses.
fn read_entry(entry: &str, read: &mut ReadContacts) {
    let mut left = entry;
    while let Some((before, address, after)) = bracketed(left) {
        // What has an @ before the name is an address of its own: `tom@example.com, Jane <jane@example.com>`.
        for part in split(before, |c| c == ',').into_iter().filter(|part| outside_quotes(part).contains('@'))
        {
            read_part(part, read);
        }
        take(address, address, read);
        left = after;
    }
    for part in split(left, |c| c == ',') {
        read_part(part, read);
    }
}

/// Reads what stands between two commas. Words without an address among them stay together, as they were entered.
fn read_part(part: &str, read: &mut ReadContacts) {
    let part = part.trim();
    if part.is_empty() {
        return;
    }
    if part.contains('@') {
        for word in split(part, char::is_whitespace).into_iter().filter(|word| !word.trim().is_empty()) {
            take(word, word, read);
        }
    } else {
        take(part, part, read);
    }
}

/// Keeps an address, or what was entered in its place. Each once.
fn take(text: &str, entered: &str, read: &mut ReadContacts) {
    let address = bare(text);
    if address.is_empty() {
        return;
    }
    if is_email(&address) {
        let is_there = |known: &String| known.to_lowercase() == address.to_lowercase();
        if !read.addresses.iter().any(is_there) {
            read.addresses.push(address);
        }
    } else if !read.rest.iter().any(|known| known == entered.trim()) {
        read.rest.push(entered.trim().to_owned());
    }
}

/// The first address in brackets (`<jane@example.com>`, or `[mailto:jane@example.com]` as in a quoted mail's head),
/// with what stands before and after it.
fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let mut quoted = false;
    let mut opened: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (c, opened) {
            ('"', None) => quoted = !quoted && text[at + 1..].contains('"'),
            ('<' | '[', None) if !quoted => opened = Some((at, if c == '<' { '>' } else { ']' })),
            (_, Some((from, closing))) if c == closing => {
                let inner = &text[from + 1..at];
                if inner.contains('@') {
                    return Some((&text[..from], inner, &text[at + 1..]));
                }
                opened = None;
            }
            (_, _) => {}
        }
    }
    None
}

/// The parts of `text` between separators that do not stand in quotes. A quote that is never closed is a character as
/// any other.
fn split(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted && text[at + 1..].contains('"');
        } else if !quoted && is_separator(c) {
            parts.push(&text[from..at]);
            from = at + c.len_utf8();
        }
    }
    parts.push(&text[from..]);
    parts
}

/// `text` without what stands in quotes.
fn outside_quotes(text: &str) -> String {
    text.split('"').step_by(2).collect()
}

/// `text` without control characters (other than line ends and tabs) and without invisible characters.
fn visible(text: &str) -> String {
    let kept = |c: &char| match c {
        '\n' | '\r' | '\t' => true,
        other => !other.is_control() && !is_unseen(*other),
    };
    text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").chars().filter(kept).collect()
}

/// Whether `c` is put around an address, and never begins or ends one.
fn is_around(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'')
        || matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»')
}

/// Whether `c` may follow an address in a sentence or in a list.
fn ends(c: char) -> bool {
    is_around(c) || matches!(c, '.' | ',' | ':' | ';' | '!' | '?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_bare_and_has_a_dotted_domain() {
        let table = [
            ("jane@example.com", true),
            ("jane.doe+edi@mail.example.co.uk", true),
            ("o'neil@example.com", true),
            ("jürgen@example.com", true),
            ("anna@xn--mller-kva.example", true),
            ("a@b.co", true),
            ("", false),
            ("jane", false),
            ("jane@", false),
            ("@example.com", false),
            ("jane@localhost", false),
            ("jane@[10.0.0.1]", false),
            ("jane@example..com", false),
            ("jane..doe@example.com", false),
            (".jane@example.com", false),
            ("jane.@example.com", false),
            ("jane@-example.com", false),
            ("jane@example-.com", false),
            ("jane@@example.com", false),
            ("jane@exa mple.com", false),
            ("\"jane doe\"@example.com", false),
            ("jane@example.com, joe@example.com", false),
            ("Jane <jane@example.com>", false),
            (" jane@example.com", false),
            ("jane@example.com\n", false),
            ("jane@example.com\r\nBcc: all@example.com", false),
        ];
        for (text, expected) in table {
            assert_eq!(is_email(text), expected, "{text:?}");
        }
        assert!(!is_email(&format!("{}@example.com", "a".repeat(65))));
    }

    #[test]
    fn addresses_are_read_as_mail_programs_copy_them() {
        let table: [(&str, &[&str], &[&str]); 23] = [
            (
                "\"Meier, Anna (Contractor)\" <anna.meier@norvik.example>; Olsen, Kari <kari.olsen+edi@norvik.example>",
                &["anna.meier@norvik.example", "kari.olsen+edi@norvik.example"],
                &[],
            ),
            ("jürgen@möller.example", &["jürgen@möller.example"], &[]),
            ("mailto:ops@norvik.example", &["ops@norvik.example"], &[]),
            ("ops@norvik.example.", &["ops@norvik.example"], &[]),
            ("\u{202A}ops@norvik.example\u{202C}\u{200B}", &["ops@norvik.example"], &[]),
            ("anna@xn--mller-kva.example", &["anna@xn--mller-kva.example"], &[]),
            ("MAILTO:ops@norvik.example?subject=Down", &["ops@norvik.example"], &[]),
            ("<mailto:ops@norvik.example>", &["ops@norvik.example"], &[]),
            ("Anna Meier [mailto:anna@norvik.example]", &["anna@norvik.example"], &[]),
            (
                "Jane Doe <jane@norvik.example>; tom@norvik.example,ops@jv.example",
                &["jane@norvik.example", "tom@norvik.example", "ops@jv.example"],
                &[],
            ),
            (
                "Meier, Anna <anna@norvik.example>, Olsen, Kari <kari@norvik.example>, tom@norvik.example",
                &["anna@norvik.example", "kari@norvik.example", "tom@norvik.example"],
                &[],
            ),
            (
                "tom@norvik.example, Doe, Jane <jane@norvik.example>",
                &["tom@norvik.example", "jane@norvik.example"],
                &[],
            ),
            ("\"jane@norvik.example\" <jane@norvik.example>", &["jane@norvik.example"], &[]),
            (
                "'jane@norvik.example', (tom@norvik.example)",
                &["jane@norvik.example", "tom@norvik.example"],
                &[],
            ),
            ("tom@norvik.example nobody", &["tom@norvik.example"], &["nobody"]),
            ("not an address, tom@norvik.example", &["tom@norvik.example"], &["not an address"]),
            ("a@x.example\r\nb@x.example\n\nA@X.example", &["a@x.example", "b@x.example"], &[]),
            ("\"never closed, tom@norvik.example", &["tom@norvik.example"], &["\"never closed"]),
            ("Anna <anna>", &[], &["Anna <anna>"]),
            ("<anna@norvik>", &[], &["anna@norvik"]),
            (".anna@norvik.example", &[], &[".anna@norvik.example"]),
            (" ,;\n", &[], &[]),
            ("\u{200B}", &[], &[]),
        ];
        for (text, addresses, rest) in table {
            let read = read_contacts(text);
            assert_eq!(read.addresses, addresses, "{text:?}");
            assert_eq!(read.rest, rest, "{text:?}");
        }
    }

    #[test]
    fn what_was_read_is_read_again_as_it_is() {
        let read = read_contacts("nobody; \"odd one, tom@norvik.example, kari@norvik");
        let again = read_contacts(&[read.addresses.clone(), read.rest.clone()].concat().join("\n"));
        assert_eq!(again, read);
    }
}
