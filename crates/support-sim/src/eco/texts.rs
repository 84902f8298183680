//! What ECO writes: it picks up what the case is about and says it in one of several ways.

use jiff::Timestamp;

use crate::catalog::Severity;

mod topics;

pub(crate) use topics::Topic;

/// The engineer who looks after one case, and what is known of it.
pub(crate) struct Voice<'a> {
    topic: Topic,
    subject: &'a str,
    customer: Option<String>,
    severity: Severity,
    variety: u32,
}

const ENGINEERS: [&str; 6] = ["Priya", "Tomasz", "Amelia", "Kenji", "Leila", "Marcus"];

impl<'a> Voice<'a> {
    pub(crate) fn new(
        subject: &'a str,
        description: &str,
        author: &str,
        severity: Severity,
        variety: u32,
    ) -> Self {
        Self {
            topic: Topic::of(subject, description),
            subject,
            customer: first_name(author),
            severity,
            variety,
        }
    }

    fn pick<'t>(&self, choices: &[&'t str]) -> &'t str {
        choices[self.variety as usize % choices.len()]
    }

    fn letter(&self, paragraphs: &[&str]) -> String {
        let greeting = match &self.customer {
            Some(name) => format!("Hello {name},"),
            None => "Hello,".to_owned(),
        };
        // The engineer stays the same for a case: the name hangs on the subject, not on the variety.
        let sum =
            self.subject.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let engineer = ENGINEERS[sum % ENGINEERS.len()];
        format!(
            "{greeting}\n\n{}\n\nBest regards,\n{engineer}\nEDI Cloud Operations",
            paragraphs.join("\n\n")
        )
    }

    fn priority(&self) -> &'static str {
        match self.severity {
            Severity::Low | Severity::Normal => "Low",
            Severity::High => "Medium",
            Severity::Urgent | Severity::Critical => "High",
        }
    }

    pub(crate) fn acknowledge(&self) -> String {
        let thanks = self.pick(&[
            "Thank you for your report. I have taken this incident and will stay with it until it is resolved.",
            "Thanks for getting in touch. I am the engineer on this incident from now on.",
            "We have received your incident and I have started to look into it.",
        ]);
        let confirmed = format!(
            "I have validated the classification and the priority ({}) of \"{}\".",
            self.priority(),
            self.subject
        );
        self.letter(&[thanks, &confirmed, self.topic.first_look(self.variety)])
    }

    pub(crate) fn ask(&self) -> String {
        let lead = self.pick(&[
            "I need one more thing from you to narrow this down:",
            "Our logs alone do not settle it. Could you help me with the following?",
            "Before I change anything on the instance I would like to be sure:",
        ]);
        let rest = self.pick(&[
            "I keep investigating on our side meanwhile and will pick this up as soon as you reply.",
            "A reply here in the case is enough; an excerpt of a log as an attachment is welcome.",
        ]);
        self.letter(&[lead, self.topic.question(self.variety), rest])
    }

    pub(crate) fn answer(&self) -> String {
        let thanks = self.pick(&[
            "Thank you, that is what I needed.",
            "Thanks for the quick reply, this matches what I see in our logs.",
            "That helps, thank you.",
        ]);
        let next = self.pick(&[
            "I am applying the change now and will confirm here once I have verified it.",
            "The fix is being rolled out under our change process. I will write again when it is done.",
        ]);
        self.letter(&[thanks, self.topic.finding(self.variety), next])
    }

    pub(crate) fn fixed(&self) -> String {
        let close = self.pick(&[
            "Please check on your side. If all is well, resolve the case; if not, reply here and I will carry on.",
            "Could you confirm that it works for you again? You can then resolve this case. We would be glad about \
             your rating.",
        ]);
        self.letter(&[self.topic.fix(self.variety), close])
    }

    pub(crate) fn look_again(&self) -> String {
        let text = self.pick(&[
            "Thank you for letting us know. I have checked the instance once more: all health checks are green and \
             there has been no new error in the last hour.",
            "Thanks for the update. I have gone through the logs since the change again and see normal behaviour.",
        ]);
        self.letter(&[
            text,
            "If you still see the problem, please send me the time (with time zone) and the correlation id of a \
             failing call. Otherwise you can resolve the case.",
        ])
    }

    pub(crate) fn take_up_again(&self) -> String {
        self.letter(&[
            "You have reopened this case, and I have taken it up again. I am sorry that it is not settled yet.",
            "I am comparing the present state of the instance with the change that we made and will write again \
             shortly.",
        ])
    }

    pub(crate) fn test_notice(&self) -> String {
        self.letter(&[
            "This case is marked as a test (AMSTestNoOpsActionRequired). No action is taken on it by our engineers.",
            "You can resolve the case whenever you are done with your test.",
        ])
    }
}

impl Topic {
    /// Subject and text of an incident that ECO's monitoring found.
    pub(crate) fn own_incident(self, variety: u32, now: Timestamp) -> (String, String) {
        let (subject, alarm, effect) = self.alarm();
        let since = now.strftime("%Y-%m-%d %H:%M UTC");
        let engineer = ENGINEERS[variety as usize % ENGINEERS.len()];
        let body = format!(
            "Hello,\n\nOur monitoring raised an alarm on your EDI instance, and we have determined it to be an \
             incident. We are working on it; you do not need to do anything at the moment.\n\nWhat we see: {alarm}\n\
             Since: {since}\nPossible effect on you: {effect}\n\nWe will keep you informed in this case. If you notice \
             anything unusual, please reply here.\n\nBest regards,\n{engineer}\nEDI Cloud Operations"
        );
        (subject.to_owned(), body)
    }
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
    fn texts_respond_to_the_subject_and_vary() {
        let say = |subject, variety| {
            Voice::new(subject, "", "R (Role) <jane@example.com>", Severity::Critical, variety).acknowledge()
        };
        let ingestion = say("Manifest ingestion workflow stuck", 0);
        assert!(ingestion.starts_with("Hello Jane,") && ingestion.contains("priority (High)"), "{ingestion}");
        assert!(ingestion.contains("\"Manifest ingestion workflow stuck\""), "{ingestion}");
        assert_ne!(ingestion, say("Manifest ingestion workflow stuck", 1));
        assert_ne!(
            Topic::of("Manifest ingestion workflow stuck", ""),
            Topic::of("Search returns nothing", "")
        );
    }

    #[test]
    fn every_text_fits_a_communication() {
        for topic in Topic::ALL {
            for variety in 0..12 {
                let voice = Voice { topic, subject: "S", customer: None, severity: Severity::Low, variety };
                let (_, own) = topic.own_incident(variety, Timestamp::UNIX_EPOCH);
                for text in [voice.acknowledge(), voice.ask(), voice.answer(), voice.fixed(), own] {
                    assert!((100..3000).contains(&text.len()), "{text}");
                }
            }
        }
    }
}
