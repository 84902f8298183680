//! What each operation of the Support API is for, and what it means where it is denied.

use desk_aws::Operation;
use serde::Serialize;
use ts_rs::TS;

/// Something that people do with this program, and the operations that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Purpose {
    /// Names it.
    pub id: &'static str,
    /// What is done.
    pub what: &'static str,
    /// The operations that it takes.
    pub operations: &'static [Operation],
    /// What does not work where one of them is denied.
    pub without: &'static str,
    /// Whether it changes something at AWS, so that it was only tried.
    pub changes: bool,
}

/// The purposes, in the order in which people need them.
pub const PURPOSES: [Purpose; 8] = [
    Purpose {
        id: "see",
        what: "See incidents",
        operations: &[Operation::DescribeCases, Operation::DescribeCommunications],
        without: "Incidents and their correspondence cannot be shown.",
        changes: false,
    },
    Purpose {
        id: "catalogue",
        what: "Know services and priorities",
        operations: &[Operation::DescribeServices, Operation::DescribeSeverityLevels],
        without: "A report cannot be addressed: only AWS knows the codes.",
        changes: false,
    },
    Purpose {
        id: "create",
        what: "Report an incident",
        operations: &[Operation::CreateCase],
        without: "Incidents have to be reported in Support Center.",
        changes: true,
    },
    Purpose {
        id: "reply",
        what: "Reply and reopen",
        operations: &[Operation::AddCommunicationToCase],
        without: "Replies have to be written in Support Center.",
        changes: true,
    },
    Purpose {
        id: "send-files",
        what: "Send files",
        operations: &[Operation::AddAttachmentsToSet],
        without: "Messages can be sent, but without files.",
        changes: false,
    },
    Purpose {
        id: "save-files",
        what: "Save ECO's files",
        operations: &[Operation::DescribeAttachment],
        without: "Files can be seen, but not saved.",
        changes: false,
    },
    Purpose {
        id: "resolve",
        what: "Resolve a case",
        operations: &[Operation::ResolveCase],
        without: "Cases have to be resolved in Support Center.",
        changes: true,
    },
    Purpose {
        id: "hours",
        what: "Show opening hours",
        operations: &[Operation::DescribeCreateCaseOptions, Operation::DescribeSupportedLanguages],
        without: "Opening hours of chat and phone are left out.",
        changes: false,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_one_purpose() {
        let mut served: Vec<_> = PURPOSES.iter().flat_map(|purpose| purpose.operations).copied().collect();
        served.sort();
        let mut all = Operation::ALL.to_vec();
        all.sort();
        assert_eq!(served, all);
    }
}
