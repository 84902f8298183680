//! What counts as the e-mail address of an additional contact.

use email_address::{EmailAddress, Options};

/// Whether `text` is one bare e-mail address whose domain has a dot (`jane@example.com`), with nothing around it.
///
/// Stricter than RFC 5321, which allows `root@localhost` and `"a b"@[10.0.0.1]`: nobody outside this computer's
/// network could be reached there.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    EmailAddress::parse_with_options(text, options).is_ok()
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
            ("", false),
            ("jane", false),
            ("jane@", false),
            ("@example.com", false),
            ("jane@localhost", false),
            ("jane@[10.0.0.1]", false),
            ("jane@example..com", false),
            ("jane@exa mple.com", false),
            ("jane@example.com, joe@example.com", false),
            ("Jane <jane@example.com>", false),
            (" jane@example.com", false),
            ("jane@example.com\n", false),
        ];
        for (text, expected) in table {
            assert_eq!(is_email(text), expected, "{text:?}");
        }
    }
}
