//! What is delivered at the same time: cases are lanes beside each other, of which an account has a few.

use super::entries::Entry;
use crate::{account::AccountId, mirror::CaseKey};

/// What may be delivered at the same time in one account. High reports never wait for others.
const LANES: usize = 4;
/// How many of these may be sending files: what is only text does not wait for slow uploads.
const FILE_LANES: usize = 2;
/// What may be delivered at the same time of High priority.
const HIGH_LANES: usize = 8;

/// What is delivered one after the other: the entries of a case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Lane {
    pub(super) account: AccountId,
    pub(super) case: CaseKey,
}

impl Lane {
    pub(super) fn of(entry: &Entry) -> Self {
        Self { account: entry.account.clone(), case: entry.case_key.clone() }
    }
}

/// What a lane's next entry takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    /// It is of High priority.
    High,
    /// It has files.
    Files,
    /// It is text alone.
    Text,
}

/// Whether a lane with this load may begin beside these of its account.
pub(super) fn may_begin(load: Load, beside: &[Load]) -> bool {
    let count = |load| beside.iter().filter(|other| **other == load).count();
    let others = beside.len() - count(Load::High);
    match load {
        Load::High => count(Load::High) < HIGH_LANES,
        Load::Files => others < LANES && count(Load::Files) < FILE_LANES,
        Load::Text => others < LANES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn high_never_waits_for_others_and_text_never_for_uploads() {
        use Load::{Files, High, Text};
        let table: [(Load, &[Load], bool); 9] = [
            (Text, &[], true),
            (Text, &[Text, Text, Text], true),
            (Text, &[Text, Text, Text, Text], false),
            (Files, &[Files], true),
            (Files, &[Files, Files], false),
            (Text, &[Files, Files, Text], true),
            (High, &[Text, Text, Files, Files], true),
            (Text, &[High, High, High, High, High], true),
            (High, &[High; HIGH_LANES], false),
        ];
        for (load, beside, expected) in table {
            assert_eq!(may_begin(load, beside), expected, "{load:?} beside {beside:?}");
        }
    }
}
