//! Which communications this computer's user wrote.
//!
//! The reference alone does not tell: an answer written as in a mail quotes our text below its own, with our reference as
//! the last line. A communication is the user's own where its author is a customer and its text is the one that was
//! sent; where AWS shows that text in no recognizable form, it is the first with that reference in its case.

use super::{
    Known, Own,
    communications::{self, Communication},
    same_text::{carries, is_text},
};
use desk_model::{CaseKey, find_reference};
use desk_store::StoreError;
use rusqlite::Transaction;

/// Marks the user's own among the communications of a case that end with `reference`; whether a mark has changed.
///
/// A reference that this computer's outbox does not know is another computer's: nothing with it was sent from here.
pub(super) fn mark(
    tx: &Transaction<'_>,
    key: &CaseKey,
    reference: &str,
    known: &Known,
    complete: bool,
) -> Result<bool, StoreError> {
    let candidates = communications::with_reference(tx, key, reference)?;
    let owned = match known.own.get(reference) {
        Some(own) => owned(&candidates, own, complete && own.case == *key),
        None => Vec::new(),
    };
    let mut changed = false;
    for candidate in &candidates {
        let is_own = owned.contains(&candidate.row);
        if candidate.own != is_own {
            communications::put_author(tx, candidate.row, candidate.by_eco, is_own)?;
            changed = true;
        }
    }
    Ok(changed)
}

/// The rows of the user's own among `candidates`, oldest first. `first_counts`: whether the first one is the user's where
/// none has the text that was sent.
fn owned(candidates: &[Communication], own: &Own, first_counts: bool) -> Vec<i64> {
    let customers = || candidates.iter().filter(|candidate| !candidate.by_eco);
    let is_sent = |candidate: &&Communication| {
        own.body.as_deref().is_some_and(|sent| is_sent_text(&candidate.body, sent))
    };
    match customers().find(is_sent) {
        // Sent twice, it is the same person's twice; the same words of another one are that person's.
        Some(first) => customers()
            .filter(is_sent)
            .filter(|candidate| candidate.author == first.author)
            .map(|candidate| candidate.row)
            .collect(),
        None if first_counts => customers().take(1).map(|candidate| candidate.row).collect(),
        None => Vec::new(),
    }
}

/// Whether `body` is the text `sent`, by the reference at the end of that, and not one that quotes it: below the same
/// greeting, a quote has more words than what it quotes.
fn is_sent_text(body: &str, sent: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    is_text(body, sent)
        || (words(body) <= words(sent)
            && find_reference(sent).is_some_and(|reference| carries(body, sent, &reference)))
}

/// Whether a text by this author is the report that began a case: not another one that quotes it.
pub(super) fn begins(author_is_eco: bool, body: &str, own: &Own) -> bool {
    own.is_report && !author_is_eco && own.body.as_deref().is_none_or(|sent| is_sent_text(body, sent))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = "It fails.\n\nRef ED-7K2M-9QXA";

    fn candidates(said: &[(&str, bool, &str)]) -> Vec<Communication> {
        let of = |(row, (author, by_eco, body)): (usize, &(&str, bool, &str))| Communication {
            row: i64::try_from(row).unwrap(),
            at: 0,
            author: (*author).to_owned(),
            by_eco: *by_eco,
            own: false,
            body: (*body).to_owned(),
            ordinal: 0,
            digest: String::new(),
            reference: None,
            attachments: "[]".to_owned(),
        };
        said.iter().enumerate().map(of).collect()
    }

    #[test]
    fn own_is_the_text_that_was_sent_and_not_what_quotes_it() {
        let quoted = format!("Same here.\n\n{SENT}");
        let redacted = SENT.replace("It fails", "[REDACTED_BY_AWS]");
        let changed = SENT.replace("It fails", "It works");
        /// What was said, whether the first one counts, and which are the user's own.
        type Line<'a> = (Vec<(&'a str, bool, &'a str)>, bool, &'a [i64]);
        let (me, bob, eco) = ("R <me@x>", "R <bob@x>", "Amazon Web Services");
        let table: Vec<Line<'_>> = vec![
            (vec![(me, false, SENT)], false, &[0]),
            (vec![(me, false, SENT), (bob, false, &quoted), (eco, true, &quoted)], true, &[0]),
            (vec![(bob, false, &quoted), (me, false, SENT)], true, &[1]),
            (vec![(eco, true, SENT)], true, &[]),
            (vec![(eco, true, SENT), (me, false, SENT)], true, &[1]),
            (vec![(me, false, &redacted)], false, &[0]),
            (vec![(me, false, SENT), (me, false, SENT)], true, &[0, 1]),
            (vec![(me, false, SENT), (bob, false, SENT)], true, &[0]),
            (vec![(me, false, &changed), (bob, false, &quoted)], true, &[0]),
            (vec![(bob, false, &quoted)], false, &[]),
            (vec![], true, &[]),
        ];
        let own = Own { case: CaseKey("k".to_owned()), is_report: false, body: Some(SENT.to_owned()) };
        for (said, first_counts, expected) in table {
            assert_eq!(owned(&candidates(&said), &own, first_counts), expected, "{said:?}");
        }
    }

    #[test]
    fn a_case_that_forwards_our_report_did_not_begin_here() {
        let own = Own { case: CaseKey("k".to_owned()), is_report: true, body: Some(SENT.to_owned()) };
        assert!(begins(false, SENT, &own));
        assert!(!begins(true, SENT, &own));
        assert!(!begins(false, &format!("FYI\n\n{SENT}"), &own));
        assert!(!begins(false, SENT, &Own { is_report: false, ..own }));
    }
}
