//! What priorities and contact methods are called, in the words of ECO's guide.

use crate::{catalogue::target_minutes, draft::ContactMethod};
use desk_model::Priority;
use serde::Serialize;
use ts_rs::TS;

/// What a colour says. Each surface has its own colour for it, in light and in dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Something is broken or refused.
    Error,
    /// Somebody has to look.
    Warning,
    /// It is well.
    Success,
    /// Worth knowing.
    Info,
    /// Nothing has happened yet, or it can wait.
    Pending,
    /// Something is being done.
    InProgress,
}

/// A priority in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriorityWords {
    /// The priority.
    pub priority: Priority,
    /// Its name.
    pub name: &'static str,
    /// Its colour.
    pub tone: Tone,
    /// How many of three bars stand for it.
    pub bars: u8,
    /// Its definition in plain words.
    pub definition: &'static str,
    /// What it means for a question or a wish, where nothing is broken.
    pub request_definition: &'static str,
    /// The guide's own definition.
    pub guide_definition: &'static str,
    /// Minutes until ECO's first response to an incident.
    pub target_minutes: u32,
}

/// The priorities, the most urgent first.
pub const PRIORITIES: [PriorityWords; 3] = [
    PriorityWords {
        priority: Priority::High,
        name: "High",
        tone: Tone::Error,
        bars: 3,
        definition: "Production stands still: something that your work depends on cannot be used.",
        request_definition: "Urgent: work waits for the answer. Where something is broken, report it as an incident.",
        guide_definition: "Your business is significantly impacted. Critical functions of your application or resources are unavailable. The High priority level is reserved for the most critical outages that affect production systems.",
        target_minutes: target_minutes(Priority::High),
    },
    PriorityWords {
        priority: Priority::Medium,
        name: "Medium",
        tone: Tone::Warning,
        bars: 2,
        definition: "It works, but not as it should: slow, faulty or only in part.",
        request_definition: "Needed soon: work goes on meanwhile, with more effort.",
        guide_definition: "A business service or application is available but isn't performing according to the applicable service description.",
        target_minutes: target_minutes(Priority::Medium),
    },
    PriorityWords {
        priority: Priority::Low,
        name: "Low",
        tone: Tone::Pending,
        bars: 1,
        definition: "Something that is not critical is affected; work goes on.",
        request_definition: "Can wait: good to know or to have.",
        guide_definition: "Non-critical functions of your business service or application are impacted.",
        target_minutes: target_minutes(Priority::Low),
    },
];

impl PriorityWords {
    /// The words for a priority.
    #[must_use]
    pub fn of(priority: Priority) -> &'static Self {
        match priority {
            Priority::High => &PRIORITIES[0],
            Priority::Medium => &PRIORITIES[1],
            Priority::Low => &PRIORITIES[2],
        }
    }
}

/// A contact method in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactWords {
    /// The contact method.
    pub method: ContactMethod,
    /// Its name.
    pub name: &'static str,
    /// What comes of it.
    pub promise: &'static str,
}

/// The contact methods, in the order of the form.
pub const CONTACT_METHODS: [ContactWords; 3] = [
    ContactWords { method: ContactMethod::Web, name: "Web", promise: "ECO answers in the case." },
    ContactWords { method: ContactMethod::Phone, name: "Phone", promise: "ECO calls you back." },
    ContactWords { method: ContactMethod::Chat, name: "Chat", promise: "You join the chat queue." },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_priority_means_something_else_where_nothing_is_broken() {
        for words in &PRIORITIES {
            assert_ne!(words.request_definition, words.definition);
        }
    }

    #[test]
    fn each_is_found_by_its_name() {
        for words in &PRIORITIES {
            assert_eq!(PriorityWords::of(words.priority), words);
        }
    }
}
