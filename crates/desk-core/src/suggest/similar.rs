//! Known cases that read like a report.
//!
//! A word tells the more, the fewer messages have it. A case is shown only where what it shares with the report
//! tells a good part of what the report says: a wrong suggestion costs the reader more than a missing one.

use super::{SimilarCase, Suggestions, words};
use crate::{
    case::Cases,
    mirror::{communications, incident, search},
    report::{DraftContent, DraftId, Reports},
};
use desk_model::{CaseKey, Problem, text::multi_line};
use desk_store::{Store, StoreError};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// Most words that are looked for.
const WORDS: usize = 16;
/// Most words whose frequency is looked up.
const WEIGHED: usize = 40;
/// A frequency is counted no further than this.
const COUNTED: u32 = 2_000;
/// Most messages that are compared in full.
const CANDIDATES: u32 = 60;
/// Most cases of a kind that are shown.
const SHOWN: usize = 3;
/// Most shared words that are shown.
const SHOWN_WORDS: usize = 5;
/// Below so many messages every word tells.
const FEW_MESSAGES: u32 = 25;
/// A word in more than one of so many messages does not tell.
const TOO_OFTEN: u32 = 5;
/// The part of the report's weight that a case has to share.
const SHARE: f64 = 0.3;
/// The part of the subject's weight that a case's subject has to share.
const SUBJECT_SHARE: f64 = 0.5;
/// The longest solution, in characters.
const SOLUTION: usize = 400;

/// What may solve a problem before it is sent. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Suggest {
    store: Store,
    cases: Cases,
    reports: Reports,
}

/// A word of the report and what it tells.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    weight: f64,
    in_subject: bool,
}

/// A case that is similar enough.
struct Found {
    key: CaseKey,
    score: f64,
    shared_words: Vec<String>,
    solution: Option<String>,
}

impl Suggest {
    /// The room over an open store.
    #[must_use]
    pub fn new(store: Store, cases: Cases, reports: Reports) -> Self {
        Self { store, cases, reports }
    }

    /// Cases that read like a draft of a report; nothing for a reply.
    ///
    /// # Errors
    /// [`desk_model::ProblemCode::NotFound`] where the draft was sent or discarded.
    pub async fn suggest(&self, draft: &DraftId) -> Result<Suggestions, Problem> {
        let none = Suggestions { open: Vec::new(), resolved: Vec::new() };
        let content = match self.reports.get(draft).await?.content {
            DraftContent::Report(content) => content,
            DraftContent::Reply(_) => return Ok(none),
        };
        let found =
            self.store.cases.read(move |cases| similar(cases, &content.subject, &content.body)).await?;
        let keys: Vec<CaseKey> = found.iter().map(|found| found.key.clone()).collect();
        let mut rows: HashMap<CaseKey, _> =
            self.cases.rows_of(&keys).await?.into_iter().map(|row| (row.key.clone(), row)).collect();
        let mut suggestions = none;
        for Found { key, shared_words, solution, .. } in found {
            let Some(row) = rows.remove(&key) else { continue };
            let resolved = row.status.is_resolved();
            let list = if resolved { &mut suggestions.resolved } else { &mut suggestions.open };
            if list.len() < SHOWN {
                list.push(SimilarCase { row, shared_words, solution: solution.filter(|_| resolved) });
            }
        }
        Ok(suggestions)
    }
}

/// The similar cases, most similar first.
fn similar(cases: &Connection, subject: &str, body: &str) -> Result<Vec<Found>, StoreError> {
    let (wanted, unknown) = weighed(cases, subject, body)?;
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let said = || wanted.iter().chain(&unknown);
    let total: f64 = said().map(|word| word.weight).sum();
    let subject_total: f64 = said().filter(|word| word.in_subject).map(|word| word.weight).sum();
    let mut texts: HashMap<CaseKey, HashSet<String>> = HashMap::new();
    let any = wanted.iter().map(|word| quoted(&word.text)).collect::<Vec<_>>().join(" OR ");
    for (key, text) in search::matching(cases, &any, CANDIDATES)? {
        texts.entry(key).or_default().extend(words::all(&text));
    }
    let mut found = Vec::new();
    for (key, text) in texts {
        let mut shared: Vec<&Word> = wanted.iter().filter(|word| text.contains(&word.text)).collect();
        let score: f64 = shared.iter().map(|word| word.weight).sum();
        let its_subject = incident::head(cases, &key)?.map(|head| head.subject);
        let its_words: HashSet<String> = words::all(&its_subject.unwrap_or_default()).collect();
        let subject_score: f64 = wanted
            .iter()
            .filter(|word| word.in_subject && its_words.contains(&word.text))
            .map(|word| word.weight)
            .sum();
        // One word in common is an accident, unless there is but one.
        let enough = shared.len() >= 2.min(wanted.len());
        let alike =
            score >= SHARE * total || (subject_total > 0.0 && subject_score >= SUBJECT_SHARE * subject_total);
        if !(enough && alike) {
            continue;
        }
        shared.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        found.push(Found {
            solution: solution(cases, &key)?,
            key,
            score: score + subject_score,
            shared_words: shared.iter().take(SHOWN_WORDS).map(|word| word.text.clone()).collect(),
        });
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
    Ok(found)
}

/// The most telling words of the report that occur in the mirror, and those that do not: these are part of what the
/// report says, and no case shares them. Words of the subject count double; unknown ones of the description half,
/// for many of them are names and numbers that occur but once.
fn weighed(cases: &Connection, subject: &str, body: &str) -> Result<(Vec<Word>, Vec<Word>), StoreError> {
    let messages = incident::count(cases)? + communications::count_all(cases)?;
    let in_subject = words::telling(subject);
    let in_body = words::telling(body).into_iter().filter(|word| !in_subject.contains(word));
    let all: Vec<(String, bool)> = in_subject
        .iter()
        .cloned()
        .map(|word| (word, true))
        .chain(in_body.map(|word| (word, false)))
        .collect();
    let (mut weighed, mut unknown) = (Vec::new(), Vec::new());
    for (text, in_subject) in all.into_iter().take(WEIGHED) {
        let having = search::count(cases, &quoted(&text), COUNTED)?;
        let weight = (1.0 + f64::from(messages) / f64::from(having.max(1))).ln();
        let weight = if in_subject { 2.0 * weight } else { weight };
        if having == 0 {
            let weight = if in_subject { weight } else { weight / 2.0 };
            unknown.push(Word { text, weight, in_subject });
        } else if messages < FEW_MESSAGES || having.saturating_mul(TOO_OFTEN) <= messages {
            weighed.push(Word { text, weight, in_subject });
        }
    }
    weighed.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    weighed.truncate(WORDS);
    unknown.truncate(WORDS);
    Ok((weighed, unknown))
}

/// ECO's last message in a case.
fn solution(cases: &Connection, key: &CaseKey) -> Result<Option<String>, StoreError> {
    let body = communications::last_of_eco(cases, key)?;
    Ok(body.map(|body| shortened(multi_line(&body).trim())).filter(|body| !body.is_empty()))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= SOLUTION {
        return text.to_owned();
    }
    let kept: String = text.chars().take(SOLUTION - 1).collect();
    format!("{}…", kept.trim_end())
}

/// `word` as a string of the full-text query language; words hold no quotation marks.
fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

#[cfg(test)]
mod tests;
