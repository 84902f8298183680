//! Whether a text that AWS gives is one that was sent from here, or another one that quotes it.

use desk_model::{Reference, has_reference, strip_reference};
use std::collections::HashSet;

/// What AWS puts in place of secrets begins with this and ends with a bracket.
const REDACTED: &str = "[REDACTED_BY_";

/// Whether `body`, as AWS gives it, is the text `sent`: apart from blanks, and from what AWS has put in place of secrets.
#[must_use]
pub fn is_text(body: &str, sent: &str) -> bool {
    let (body, sent) = (one_spaced(body), one_spaced(sent));
    let mut pieces = pieces(&body).into_iter();
    let Some(mut rest) = pieces.next().and_then(|first| sent.strip_prefix(first)) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// Whether `body` is the text `sent` with `reference`, perhaps with something written below it. A text that quotes it has
/// something of its own above, or marks each line.
#[must_use]
pub fn carries(body: &str, sent: &str, reference: &Reference) -> bool {
    has_reference(body, reference) && (is_text(body, sent) || first_line(body) == first_line(sent))
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_line(text: &str) -> Option<String> {
    text.lines().find(|line| !line.trim().is_empty()).map(one_spaced)
}

/// What stands around the redactions in `body`. Of a card's number AWS leaves the last digits: `[REDACTED_BY_AWS]-1111`.
fn pieces(body: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = body;
    loop {
        let redaction = rest.find(REDACTED).and_then(|from| Some((from, from + rest[from..].find(']')? + 1)));
        let Some((from, to)) = redaction else {
            pieces.push(rest);
            return pieces;
        };
        pieces.push(&rest[..from]);
        rest = &rest[to..];
        if let Some(digits) = rest.strip_prefix('-') {
            let after = digits.trim_start_matches(|digit: char| digit.is_ascii_digit());
            rest = if after.len() < digits.len() { after } else { rest };
        }
    }
}

/// Whether at least half of the words of `sent` stand in `body`: then this is that text, changed.
#[must_use]
pub fn resembles(body: &str, sent: &str) -> bool {
    let words: HashSet<&str> = body.split_whitespace().collect();
    let sent: HashSet<&str> = strip_reference(sent).split_whitespace().collect();
    let shared = sent.iter().filter(|word| words.contains(*word)).count();
    shared > 0 && shared * 2 >= sent.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SENT: &str =
        "Manifest ingestion fails\n\nThe key is hunter2 and the card 4111.\n\nRef ED-7K2M-9QXA";

    fn reference() -> Reference {
        Reference::parse("ED-7K2M-9QXA").unwrap()
    }

    #[test]
    fn a_text_is_known_again_after_redaction_and_other_line_ends() {
        for body in [
            SENT.to_owned(),
            SENT.replace('\n', "\r\n"),
            format!("  {SENT}\n\n"),
            SENT.replace("hunter2", "[REDACTED_BY_AWS_SECRET]"),
            SENT.replace("hunter2", "[REDACTED_BY_A]").replace("4111", "[REDACTED_BY_B]"),
            SENT.replace("Manifest", "[REDACTED_BY_A]"),
            SENT.replace("4111", "[REDACTED_BY_AWS]-1111"),
        ] {
            assert!(is_text(&body, SENT) && carries(&body, SENT, &reference()), "{body}");
        }
        assert!(is_text("[REDACTED_BY_A]", SENT));
        assert!(!is_text("[REDACTED_BY_A", SENT) && !is_text("", SENT));
    }

    #[test]
    fn a_text_that_quotes_it_is_another_one() {
        let marked: String = SENT.lines().map(|line| format!("> {line}\n")).collect();
        for body in [
            format!("Works for me since the restart.\n\n{SENT}"),
            format!("Hello,\n\nwe restarted it.\n\n-----Original Message-----\nFrom: kim\n\n{SENT}"),
            format!("FW: Manifest ingestion fails\n\n{SENT}"),
            marked,
        ] {
            assert!(!is_text(&body, SENT) && !carries(&body, SENT, &reference()), "{body}");
        }
    }

    #[test]
    fn what_was_copied_with_more_below_is_carried_by_its_reference() {
        let more = format!("{SENT}\n\nSent by hand, since the network is down.");
        assert!(!is_text(&more, SENT) && carries(&more, SENT, &reference()));
        let another = SENT.replace("9QXA", "9QXB");
        assert!(!carries(&another, SENT, &reference()));
    }

    #[test]
    fn a_text_that_was_changed_resembles_it_and_another_one_does_not() {
        assert!(resembles("Manifest ingestion fails\n\nThe key is (removed).", SENT));
        assert!(!resembles("Works for me since the restart.", SENT));
        assert!(!resembles("", SENT) && !resembles("The", SENT) && !resembles("a", "Ref ED-7K2M-9QXA"));
    }

    proptest! {
        #[test]
        fn a_text_is_itself_and_no_longer_with_words_before_it(text in "[a-z\n ]{1,60}", before in "[a-z]{1,10}") {
            let sent = format!("{text}\n\nRef ED-7K2M-9QXA");
            prop_assert!(is_text(&sent, &sent));
            let quoted = format!("{before}\n{sent}");
            prop_assert!(!is_text(&quoted, &sent));
        }

        #[test]
        fn any_two_texts_are_compared_without_a_panic(body in "(?s).{0,80}|[\\[\\]REDACTD_BY ]{0,60}", sent in "(?s).{0,80}") {
            let _ = (is_text(&body, &sent), carries(&body, &sent, &reference()));
        }
    }
}
