//! Redaction of customers' texts, as AWS Support does it: secret keys, private keys and the numbers of payment
//! cards but for their last four digits. The service model documents the replacement; how AWS recognises them is not
//! documented, so what is found here is an estimate.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

const MARK: &str = "[REDACTED_BY_AWS]";

static PRIVATE_KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)")
        .expect("the pattern is well-formed")
});
static KEY_LIKE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z0-9/+]+").expect("the pattern is well-formed"));
static DIGITS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d(?:[ -]?\d)+").expect("the pattern is well-formed"));

/// The text as AWS keeps it: never longer than a communication may be.
pub(crate) fn redacted(text: &str) -> String {
    let text = PRIVATE_KEY.replace_all(text, MARK);
    let text = replace(&text, &KEY_LIKE, |found| is_secret_key(found).then(|| MARK.to_owned()));
    let text = replace(&text, &DIGITS, |found| Some(without_cards(found)));
    if text.chars().count() <= LONGEST { text.into_owned() } else { text.chars().take(LONGEST).collect() }
}

const LONGEST: usize = 8000;

fn replace<'t>(text: &'t str, pattern: &Regex, by: impl Fn(&str) -> Option<String>) -> Cow<'t, str> {
    pattern.replace_all(text, |found: &Captures<'_>| by(&found[0]).unwrap_or_else(|| found[0].to_owned()))
}

/// Digits in groups, with a space or a hyphen between two of them: cards are one group or several.
fn without_cards(groups: &str) -> String {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(groups.bytes().zip(1..).filter(|(byte, _)| !byte.is_ascii_digit()).map(|(_, next)| next))
        .collect();
    let end_of = |group: usize| starts.get(group + 1).map_or(groups.len(), |next| next - 1);
    let mut kept = String::new();
    let (mut group, mut copied) = (0, 0);
    while group < starts.len() {
        let mut digits = String::new();
        let card = (group..starts.len()).take_while(|last| last - group < 19).find(|&last| {
            digits.push_str(&groups[starts[last]..end_of(last)]);
            is_card_number(&digits)
        });
        if let Some(last) = card {
            kept.push_str(&groups[copied..starts[group]]);
            kept.push_str(&format!("{MARK}-{}", &digits[digits.len() - 4..]));
            copied = end_of(last);
            group = last;
        }
        group += 1;
    }
    kept + &groups[copied..]
}

/// Forty characters of base64 with lower case, upper case and digits: a digest in hexadecimal is none.
fn is_secret_key(word: &str) -> bool {
    word.len() == 40
        && word.bytes().any(|b| b.is_ascii_lowercase())
        && word.bytes().any(|b| b.is_ascii_uppercase())
        && word.bytes().any(|b| b.is_ascii_digit())
}

/// 13 to 19 digits that begin as cards do and carry a right check digit.
fn is_card_number(digits: &str) -> bool {
    (13..=19).contains(&digits.len())
        && digits.starts_with(['2', '3', '4', '5', '6'])
        && has_check_digit(digits)
}

/// Luhn's rule.
fn has_check_digit(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(|digit| u32::from(digit - b'0'))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_taken_out() {
        for (text, expected) in [
            (
                "secret=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE1, region us-east-1",
                "secret=[REDACTED_BY_AWS], region us-east-1",
            ),
            (
                "see -----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY----- here",
                "see [REDACTED_BY_AWS] here",
            ),
            ("-----BEGIN PRIVATE KEY-----\nMIIE cut off", "[REDACTED_BY_AWS]"),
            ("card 4111 1111 1111 1111.", "card [REDACTED_BY_AWS]-1111."),
            ("card 5500-0055-5555-5559", "card [REDACTED_BY_AWS]-5559"),
            ("378282246310005", "[REDACTED_BY_AWS]-0005"),
            ("4111111111111111 378282246310005", "[REDACTED_BY_AWS]-1111 [REDACTED_BY_AWS]-0005"),
            ("12 4111 1111 1111 1111 99", "12 [REDACTED_BY_AWS]-1111 99"),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for text in [
            "Ref ED-7K2M-Q4XT",
            "commit 3f786850e387550fdab836ed7e6dc881de23001b",
            "AKIAIOSFODNN7EXAMPLE",
            "run 1778778280790 took 4111 ms",
            "4111 1111 1111 1112",
            "case 171234567890, account 123456789012",
            "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE1x",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn a_redacted_text_is_no_longer_than_a_communication() {
        let cards = "4111111111111111 ".repeat(470);
        assert!(cards.chars().count() <= LONGEST && redacted(&cards).chars().count() == LONGEST);
    }
}
