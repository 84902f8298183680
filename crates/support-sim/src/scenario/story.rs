//! What a scenario is made of once it is read: rules, stories, letters, topics, alarms. Names in it refer to what is
//! there; `read` has seen to that.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{After, Pace, Template};
use crate::catalog::{self, Severity};
use crate::model::{CaseStatus, Finding};

/// Everything in a scenario but the pace that is chosen.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) paces: Vec<(String, Pace)>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) stories: Vec<Story>,
    pub(crate) letters: BTreeMap<String, Letter>,
    pub(crate) voice: Voices,
    pub(crate) topics: Vec<Topic>,
    pub(crate) triage: After,
    pub(crate) alarms: Vec<AlarmKind>,
    pub(crate) schedules: Vec<Schedule>,
}

impl Script {
    pub(crate) fn story(&self, name: &str) -> Option<&Story> {
        self.stories.iter().find(|story| story.name == name)
    }

    pub(crate) fn alarm(&self, name: &str) -> Option<&AlarmKind> {
        self.alarms.iter().find(|alarm| alarm.name == name)
    }

    /// The topic of a case. The last one stands for all else.
    pub(crate) fn topic(&self, subject: &str, description: &str) -> Option<&Topic> {
        for text in [subject.to_lowercase(), description.to_lowercase()] {
            let told = |topic: &&Topic| topic.words.iter().any(|word| text.contains(word.as_str()));
            if let Some(topic) = self.topics.iter().find(told) {
                return Some(topic);
            }
        }
        self.topics.last()
    }
}

/// What triggers a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// A customer has opened it.
    Case,
    /// A customer has written, and no story waits for that.
    Reply,
    /// A customer has written in a resolved case.
    Reopen,
    /// Monitoring has found something; the story's first step opens the case.
    Alarm,
}

impl Trigger {
    pub(super) const ALL: [Self; 4] = [Self::Case, Self::Reply, Self::Reopen, Self::Alarm];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Reply => "reply",
            Self::Reopen => "reopen",
            Self::Alarm => "alarm",
        }
    }
}

/// ECO's three priorities over the five severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Priority {
    High,
    Medium,
    Low,
}

impl Priority {
    pub(super) const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    pub(crate) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Low | Severity::Normal => Self::Low,
            Severity::High => Self::Medium,
            Severity::Urgent | Severity::Critical => Self::High,
        }
    }

    /// As people read it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::High => "High",
            Self::Medium => "Medium",
            Self::Low => "Low",
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// A rule that starts a story. A condition that is absent holds.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) on: Trigger,
    pub(crate) test: bool,
    /// None: ECO's own services.
    pub(crate) services: Option<Vec<String>>,
    pub(crate) priorities: Option<Vec<Priority>>,
    pub(crate) statuses: Option<Vec<CaseStatus>>,
    /// In lower case; one of them in the subject or the description.
    pub(crate) words: Option<Vec<String>>,
    pub(crate) found: Option<Vec<Finding>>,
    pub(crate) chance: f64,
    pub(crate) story: String,
    /// Where the story begins.
    pub(crate) step: String,
}

/// The input of a rule.
pub(crate) struct Asked<'a> {
    pub(crate) on: Trigger,
    pub(crate) test: bool,
    pub(crate) service: &'a str,
    pub(crate) severity: Severity,
    /// Before what happened.
    pub(crate) status: CaseStatus,
    pub(crate) subject: &'a str,
    pub(crate) description: &'a str,
    pub(crate) found: Option<Finding>,
}

impl Rule {
    /// Whether everything but the chance is as it should be.
    pub(crate) fn fits(&self, asked: &Asked<'_>) -> bool {
        let service = match &self.services {
            Some(services) => services.iter().any(|service| service == asked.service),
            None => catalog::is_ecos(asked.service),
        };
        let said = |word: &String| {
            asked.subject.to_lowercase().contains(word) || asked.description.to_lowercase().contains(word)
        };
        self.on == asked.on
            && self.test == asked.test
            && service
            && self.priorities.as_ref().is_none_or(|all| all.contains(&Priority::of(asked.severity)))
            && self.statuses.as_ref().is_none_or(|all| all.contains(&asked.status))
            && self.words.as_ref().is_none_or(|words| words.iter().any(said))
            && self.found.as_ref().is_none_or(|all| asked.found.is_some_and(|found| all.contains(&found)))
    }
}

/// What ECO does in a case.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) about: String,
    /// The steps, at least one.
    pub(crate) steps: Vec<Step>,
}

impl Story {
    pub(crate) fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// What comes after a step, unless a reply decides.
    pub(crate) fn following(&self, step: &Step) -> Option<&Step> {
        match &step.then {
            Target::Next => {
                let place = self.steps.iter().position(|other| other.name == step.name)?;
                self.steps.get(place + 1)
            }
            Target::Step(name) => self.step(name),
            Target::End => None,
        }
    }
}

/// Where a story goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Next,
    Step(String),
    End,
}

/// A step of a story.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) after: After,
    pub(crate) waits_for_reply: bool,
    /// A letter's name.
    pub(crate) say: Option<String>,
    pub(crate) body: Option<Template>,
    pub(crate) attach: Vec<Attached>,
    pub(crate) status: Option<CaseStatus>,
    pub(crate) service: Option<String>,
    pub(crate) severity: Option<Severity>,
    pub(crate) chance: f64,
    pub(crate) then: Target,
    /// Words in lower case, and where the story goes on when the reply has one of them.
    pub(crate) choose: Vec<(Vec<String>, Target)>,
    /// When the customer has not replied, and the step that then comes.
    pub(crate) if_silent: Option<(After, String)>,
}

/// A file of a step.
#[derive(Debug)]
pub(crate) struct Attached {
    pub(crate) name: String,
    pub(crate) content: Content,
}

/// What is in it.
#[derive(Debug)]
pub(crate) enum Content {
    Letter(String),
    Bytes(Bytes),
    /// So many bytes of noise.
    Size(usize),
}

/// A letter: paragraphs, each of which is one of several texts.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) signed: bool,
    pub(crate) paragraphs: Vec<Vec<Template>>,
}

/// How letters begin and end.
#[derive(Debug)]
pub(crate) struct Voices {
    /// The names of engineers, at least one.
    pub(crate) engineers: Vec<String>,
    pub(crate) greeting: Template,
    pub(crate) greeting_of_unknown: Template,
    pub(crate) closing: Template,
}

/// What cases are about.
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: String,
    /// In lower case.
    pub(crate) words: Vec<String>,
    pub(crate) texts: BTreeMap<String, Vec<String>>,
}

/// Something that monitoring looks at.
#[derive(Debug)]
pub(crate) struct AlarmKind {
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) metric: String,
    pub(crate) threshold: u64,
    pub(crate) values: (u64, u64),
    pub(crate) alarm: Template,
    pub(crate) effect: String,
    pub(crate) found: Shares,
}

/// How often an alarm is found to be what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shares {
    pub(crate) non_impacting: u32,
    pub(crate) incident: u32,
    pub(crate) problem: u32,
}

impl Shares {
    pub(crate) fn total(self) -> u32 {
        self.non_impacting + self.incident + self.problem
    }

    /// What the `draw`th of all shares is; `draw` is below the total.
    pub(crate) fn at(self, draw: u32) -> Finding {
        if draw < self.non_impacting {
            Finding::NonImpacting
        } else if draw < self.non_impacting + self.incident {
            Finding::Incident
        } else {
            Finding::Problem
        }
    }
}

/// When monitoring reports something by itself.
#[derive(Debug)]
pub(crate) struct Schedule {
    pub(crate) name: String,
    pub(crate) first: After,
    pub(crate) every: After,
    /// The names of alarms, at least one.
    pub(crate) alarms: Vec<String>,
    /// None: any value, and whatever ECO finds it to be.
    pub(crate) found: Option<Finding>,
}
