//! The kinds of problem: what each is called, the service that it goes to, and what ECO needs to know for it (guide,
//! "Submitting EDI incidents", description guidance).

use super::{ProblemKind, Service};
use serde::Serialize;
use ts_rs::TS;

/// Something that ECO needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// What ECO needs to know.
    pub what: &'static str,
    /// In which form, or where to find it.
    pub how: &'static str,
}

/// A kind of problem as the form offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindOfProblem {
    /// The kind of problem.
    pub kind: ProblemKind,
    /// Its name, in the form and in the text that is sent.
    pub title: &'static str,
    /// Examples of it.
    pub examples: &'static str,
    /// The service that it goes to: only questions and wishes are service requests.
    pub service: Service,
    /// What ECO needs to know, the most telling first.
    pub hints: &'static [Hint],
}

impl ProblemKind {
    /// The kind with all that is known of it.
    #[must_use]
    pub fn of(self) -> &'static KindOfProblem {
        match self {
            Self::DataIn => &KINDS[0],
            Self::DataOut => &KINDS[1],
            Self::Access => &KINDS[2],
            Self::SlowOrDown => &KINDS[3],
            Self::ScheduledTask => &KINDS[4],
            Self::Question => &KINDS[5],
        }
    }
}

const fn hint(what: &'static str, how: &'static str) -> Hint {
    Hint { what, how }
}

const WHEN: Hint = hint("When it began, with time zone", "05:10 CET, or the last time it worked");
const WHERE: Hint = hint("Where", "EDI instance, data partition, service, Region");
const WHO: Hint = hint("Who is affected", "Everyone, one team, one person?");
const EFFECT: Hint = hint("Effect", "What cannot be done, and by when it must be");
const REPRODUCE: Hint = hint("How to reproduce", "The call or the clicks, step by step");
const CHANGED: Hint = hint("What changed lately", "Release, new schema, new groups?");

/// All kinds, in the order of the form. Before one is chosen, the first one's hints stand for all.
pub const KINDS: [KindOfProblem; 6] = [
    KindOfProblem {
        kind: ProblemKind::DataIn,
        title: "Data does not come in",
        examples: "Manifest ingestion, File service, Seismic DMS upload",
        service: Service::ReportIncident,
        hints: &[
            hint("What happens", "The error's own words, and what you expected"),
            WHEN,
            WHERE,
            EFFECT,
            REPRODUCE,
            hint("Ids and log excerpts", "Run ids, the manifest, the task's log"),
            WHO,
            CHANGED,
        ],
    },
    KindOfProblem {
        kind: ProblemKind::DataOut,
        title: "Data is not found or not read",
        examples: "Search, Storage, Wellbore DDMS, stale index",
        service: Service::ReportIncident,
        hints: &[
            hint("What happens", "Not found, an error, or wrong or old content?"),
            WHEN,
            WHERE,
            EFFECT,
            REPRODUCE,
            hint("Ids and log excerpts", "Record ids, the query, the answer with its correlation id"),
            WHO,
            CHANGED,
        ],
    },
    KindOfProblem {
        kind: ProblemKind::Access,
        title: "Access is denied",
        examples: "Sign-in, entitlements groups, legal tags, 401 and 403",
        service: Service::ReportIncident,
        hints: &[
            hint("What happens", "401 or 403, and at which address"),
            hint("Who is affected", "Which users, and who is not"),
            WHEN,
            WHERE,
            hint("Groups and legal tags", "Those that should allow it"),
            REPRODUCE,
            hint("Ids and log excerpts", "The answer with its correlation id, never a token"),
            CHANGED,
        ],
    },
    KindOfProblem {
        kind: ProblemKind::SlowOrDown,
        title: "Slow or unavailable",
        examples: "5xx answers, time-outs, portal or network down",
        service: Service::ReportIncident,
        hints: &[
            hint("What happens", "Slow, time-outs, or no answer at all? Which status codes?"),
            hint("Timestamps", "Some calls with their start, duration and time zone"),
            WHERE,
            hint("How slow, compared to usual", "Seconds now, and on a good day"),
            WHO,
            EFFECT,
            hint("Ids and log excerpts", "Correlation ids, logs, a HAR file"),
            CHANGED,
        ],
    },
    KindOfProblem {
        kind: ProblemKind::ScheduledTask,
        title: "A scheduled task failed",
        examples: "Backup, reindex, legal tag expiry",
        service: Service::ReportIncident,
        hints: &[
            hint("Which task", "Its name and its schedule"),
            hint("When it last worked", "And when it first failed, with time zone"),
            hint("What happens", "Not started, failed or never finished?"),
            WHERE,
            EFFECT,
            hint("Ids and log excerpts", "Run ids and the task's log"),
            CHANGED,
        ],
    },
    KindOfProblem {
        kind: ProblemKind::Question,
        title: "A question or a wish",
        examples: "How-to, billing, feature: goes out as a service request",
        service: Service::ServiceRequest,
        hints: &[
            hint("Your question or wish", "In one sentence first"),
            hint("Purpose", "What you want to reach with it"),
            hint("Your environment", "EDI instance, data partition, services, Region"),
            hint("What you have tried", "And which documentation you have read"),
            hint("By when", "If there is a date that matters"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_found_by_its_name() {
        for known in &KINDS {
            assert_eq!(known.kind.of(), known);
            assert!(!known.hints.is_empty());
        }
    }
}
