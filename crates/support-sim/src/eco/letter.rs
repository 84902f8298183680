//! Renders ECO's messages: a scenario's letter templates, filled in for a case.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::catalog::{self, Severity};
use crate::model::AlarmFacts;
use crate::scenario::{Letter, Priority, Script, Template, Topic};

/// The longest text of a communication, in characters.
pub(crate) const LONGEST: usize = 8000;

/// What is known of a case when a letter is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) subject: &'a str,
    pub(crate) description: &'a str,
    /// Who is written to, as the API names them.
    pub(crate) author: &'a str,
    pub(crate) severity: Severity,
    pub(crate) service: &'a str,
    pub(crate) number: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) alarm: Option<&'a AlarmFacts>,
    /// Chooses between the wordings.
    pub(crate) variety: u32,
}

/// The engineer who looks after one case.
pub(crate) struct Voice<'a> {
    script: &'a Script,
    facts: Facts<'a>,
    topic: Option<&'a Topic>,
    customer: Option<String>,
}

impl<'a> Voice<'a> {
    pub(crate) fn new(script: &'a Script, facts: Facts<'a>) -> Self {
        Self {
            script,
            facts,
            topic: script.topic(facts.subject, facts.description),
            customer: first_name(facts.author),
        }
    }

    /// A letter by its name; a name that the script does not have gives an empty text.
    pub(crate) fn letter(&self, name: &str) -> String {
        self.script.letters.get(name).map(|letter| self.write(letter)).unwrap_or_default()
    }

    /// A text of one's own: as it is, without greeting and signature.
    pub(crate) fn fill(&self, text: &Template) -> String {
        cut(text.fill(|place| self.place(place)))
    }

    fn write(&self, letter: &Letter) -> String {
        let mut parts = Vec::new();
        if letter.signed {
            let voice = &self.script.voice;
            let greeting = if self.customer.is_some() { &voice.greeting } else { &voice.greeting_of_unknown };
            parts.push(self.fill(greeting));
        }
        for choices in &letter.paragraphs {
            parts.push(self.fill(&choices[self.facts.variety as usize % choices.len()]));
        }
        if letter.signed {
            parts.push(self.fill(&self.script.voice.closing));
        }
        cut(parts.join("\n\n"))
    }

    fn place(&self, name: &str) -> Cow<'_, str> {
        let facts = &self.facts;
        let alarm = |of: fn(&AlarmFacts) -> String| facts.alarm.map(of).unwrap_or_default().into();
        match name {
            "customer" => self.customer.as_deref().unwrap_or_default().into(),
            "subject" => facts.subject.into(),
            "priority" => Priority::of(facts.severity).name().into(),
            "engineer" => self.engineer().into(),
            "service" => catalog::service(facts.service).map_or(facts.service, |service| service.name).into(),
            "number" => facts.number.into(),
            "now" => moment(facts.now).into(),
            "topic" => self.topic.map_or("", |topic| topic.name.as_str()).into(),
            "alarm" => alarm(|alarm| alarm.alarm.clone()),
            "effect" => alarm(|alarm| alarm.effect.clone()),
            "metric" => alarm(|alarm| alarm.metric.clone()),
            "value" => alarm(|alarm| alarm.value.to_string()),
            "threshold" => alarm(|alarm| alarm.threshold.to_string()),
            "since" => alarm(|alarm| moment(alarm.since)),
            text => self.topic_text(text).into(),
        }
    }

    /// The topic's words for it, or those of the topic that stands for all else.
    fn topic_text(&self, name: &str) -> &str {
        let texts = self.topic.and_then(|topic| topic.texts.get(name));
        let texts = texts.or_else(|| self.script.topics.last()?.texts.get(name));
        texts.map_or("", |texts| texts[self.facts.variety as usize / 7 % texts.len()].as_str())
    }

    /// The same for a case from beginning to end: the name hangs on the subject, not on the variety.
    fn engineer(&self) -> &str {
        let bytes = self.facts.subject.bytes();
        let sum = bytes.fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let engineers = &self.script.voice.engineers;
        &engineers[sum % engineers.len()]
    }
}

fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// No communication is longer than the API allows.
pub(crate) fn cut(text: String) -> String {
    if text.len() <= LONGEST || text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(std::iter::once('…')).collect()
}

/// The first name in an address such as `AdminRole (Role) <jane.doe@example.com>`.
fn first_name(author: &str) -> Option<String> {
    let local = author.split_once('<')?.1.split_once('@')?.0;
    let first = local.split(['.', '_', '-', '+']).next()?;
    let mut letters = first.chars();
    let initial = letters.next().filter(|c| c.is_alphabetic())?;
    (first.len() > 1 && first.chars().all(char::is_alphabetic))
        .then(|| initial.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;
    use crate::catalog::INCIDENT_SERVICE_CODE;

    fn facts(subject: &str, variety: u32) -> Facts<'_> {
        Facts {
            subject,
            description: "",
            author: "R (Role) <jane@example.com>",
            severity: Severity::Critical,
            service: INCIDENT_SERVICE_CODE,
            number: "170000000001",
            now: Timestamp::UNIX_EPOCH,
            alarm: None,
            variety,
        }
    }

    #[test]
    fn a_name_is_taken_from_the_address() {
        for (author, name) in [
            ("AdminRole (Role) <jane@example.com>", Some("Jane")),
            ("Geo (Role) <kari.nordmann@example.com>", Some("Kari")),
            ("Ops (Role) <j@example.com>", None),
            ("Ops (Role) <ops2@example.com>", None),
            ("Amazon Web Services", None),
        ] {
            assert_eq!(first_name(author).as_deref(), name, "{author}");
        }
    }

    #[test]
    fn letters_respond_to_the_subject_and_vary() {
        let standard = Scenario::standard();
        let say =
            |subject, variety| Voice::new(&standard.script, facts(subject, variety)).letter("acknowledge");
        let ingestion = say("Manifest ingestion workflow stuck", 0);
        assert!(ingestion.starts_with("Hello Jane,") && ingestion.contains("priority (High)"), "{ingestion}");
        assert!(ingestion.contains("\"Manifest ingestion workflow stuck\""), "{ingestion}");
        assert!(ingestion.ends_with("EDI Cloud Operations"), "{ingestion}");
        assert_ne!(ingestion, say("Manifest ingestion workflow stuck", 1));
        assert!(ingestion.contains("Airflow scheduler"), "{ingestion}");
        assert!(say("Search returns nothing", 0).contains("indexer"));
        assert!(say("Something odd", 0).contains("health checks"));
    }

    #[test]
    fn every_letter_of_every_topic_is_filled_in() {
        let standard = Scenario::standard();
        let seen = AlarmFacts {
            alarm: "the queue grows".into(),
            effect: "none".into(),
            metric: "messages".into(),
            value: 12_000,
            threshold: 10_000,
            since: Timestamp::UNIX_EPOCH,
        };
        for topic in &standard.script.topics {
            for letter in standard.script.letters.keys() {
                for variety in 0..12 {
                    let subject = topic.words.first().map_or("Something odd", String::as_str);
                    let facts = Facts { alarm: Some(&seen), ..facts(subject, variety) };
                    let text = Voice::new(&standard.script, facts).letter(letter);
                    assert!((100..3000).contains(&text.len()), "{letter}: {text}");
                    assert!(!text.contains('{') && !text.contains("\n\n\n"), "{letter}: {text}");
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_cut() {
        let long = "æ".repeat(LONGEST + 10);
        assert_eq!(cut(long).chars().count(), LONGEST);
        assert_eq!(cut("short".into()), "short");
    }
}
