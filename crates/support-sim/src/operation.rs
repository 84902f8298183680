//! The operations of the API, by AWS's names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The case operations of the API (version 2013-04-15). As text AWS's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)] // the names are AWS's own
pub enum Operation {
    AddAttachmentsToSet,
    AddCommunicationToCase,
    CompleteAttachmentUpload,
    CreateCase,
    DescribeAttachment,
    DescribeAttachmentUploadStatus,
    DescribeCases,
    DescribeCommunications,
    DescribeCreateCaseOptions,
    DescribeServices,
    DescribeSeverityLevels,
    DescribeSupportedLanguages,
    GetAttachmentDownloadLink,
    GetAttachmentUploadLinks,
    ResolveCase,
}

impl Operation {
    /// All operations.
    pub const ALL: [Self; 15] = [
        Self::AddAttachmentsToSet,
        Self::AddCommunicationToCase,
        Self::CompleteAttachmentUpload,
        Self::CreateCase,
        Self::DescribeAttachment,
        Self::DescribeAttachmentUploadStatus,
        Self::DescribeCases,
        Self::DescribeCommunications,
        Self::DescribeCreateCaseOptions,
        Self::DescribeServices,
        Self::DescribeSeverityLevels,
        Self::DescribeSupportedLanguages,
        Self::GetAttachmentDownloadLink,
        Self::GetAttachmentUploadLinks,
        Self::ResolveCase,
    ];

    /// The name in `X-Amz-Target`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AddAttachmentsToSet => "AddAttachmentsToSet",
            Self::AddCommunicationToCase => "AddCommunicationToCase",
            Self::CompleteAttachmentUpload => "CompleteAttachmentUpload",
            Self::CreateCase => "CreateCase",
            Self::DescribeAttachment => "DescribeAttachment",
            Self::DescribeAttachmentUploadStatus => "DescribeAttachmentUploadStatus",
            Self::DescribeCases => "DescribeCases",
            Self::DescribeCommunications => "DescribeCommunications",
            Self::DescribeCreateCaseOptions => "DescribeCreateCaseOptions",
            Self::DescribeServices => "DescribeServices",
            Self::DescribeSeverityLevels => "DescribeSeverityLevels",
            Self::DescribeSupportedLanguages => "DescribeSupportedLanguages",
            Self::GetAttachmentDownloadLink => "GetAttachmentDownloadLink",
            Self::GetAttachmentUploadLinks => "GetAttachmentUploadLinks",
            Self::ResolveCase => "ResolveCase",
        }
    }

    /// Whether it is done in less time than handing it to another thread takes: it neither writes nor reads files.
    pub(crate) fn is_quick(self) -> bool {
        match self {
            Self::DescribeAttachmentUploadStatus
            | Self::DescribeCases
            | Self::DescribeCommunications
            | Self::DescribeCreateCaseOptions
            | Self::DescribeServices
            | Self::DescribeSeverityLevels
            | Self::DescribeSupportedLanguages
            | Self::GetAttachmentDownloadLink => true,
            Self::AddAttachmentsToSet
            | Self::AddCommunicationToCase
            | Self::CompleteAttachmentUpload
            | Self::CreateCase
            | Self::DescribeAttachment
            | Self::GetAttachmentUploadLinks
            | Self::ResolveCase => false,
        }
    }

    /// The permissions that a caller needs, all of them, after AWS's service authorization reference: the operations of
    /// large attachments need a permission of their own and that of the small ones.
    #[must_use]
    pub fn actions(self) -> &'static [Action] {
        match self {
            Self::AddAttachmentsToSet => &[Action::AddAttachmentsToSet],
            Self::AddCommunicationToCase => &[Action::AddCommunicationToCase],
            Self::CreateCase => &[Action::CreateCase],
            Self::DescribeAttachment => &[Action::DescribeAttachment],
            Self::DescribeCases => &[Action::DescribeCases],
            Self::DescribeCommunications => &[Action::DescribeCommunications],
            Self::DescribeCreateCaseOptions => &[Action::DescribeCreateCaseOptions],
            Self::DescribeServices => &[Action::DescribeServices],
            Self::DescribeSeverityLevels => &[Action::DescribeSeverityLevels],
            Self::DescribeSupportedLanguages => &[Action::DescribeSupportedLanguages],
            Self::GetAttachmentDownloadLink => &[Action::DownloadAttachment, Action::DescribeAttachment],
            Self::CompleteAttachmentUpload
            | Self::DescribeAttachmentUploadStatus
            | Self::GetAttachmentUploadLinks => &[Action::UploadAttachment, Action::AddAttachmentsToSet],
            Self::ResolveCase => &[Action::ResolveCase],
        }
    }
}

impl FromStr for Operation {
    type Err = NotNamed;

    fn from_str(name: &str) -> Result<Self, NotNamed> {
        Self::ALL.into_iter().find(|operation| operation.name() == name).ok_or(NotNamed)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An action in IAM policies. As text `support:CreateCase`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
#[allow(missing_docs)] // the names are AWS's own
pub enum Action {
    AddAttachmentsToSet,
    AddCommunicationToCase,
    CreateCase,
    DescribeAttachment,
    DescribeCases,
    DescribeCommunications,
    DescribeCreateCaseOptions,
    DescribeServices,
    DescribeSeverityLevels,
    DescribeSupportedLanguages,
    DownloadAttachment,
    ResolveCase,
    UploadAttachment,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 13] = [
        Self::AddAttachmentsToSet,
        Self::AddCommunicationToCase,
        Self::CreateCase,
        Self::DescribeAttachment,
        Self::DescribeCases,
        Self::DescribeCommunications,
        Self::DescribeCreateCaseOptions,
        Self::DescribeServices,
        Self::DescribeSeverityLevels,
        Self::DescribeSupportedLanguages,
        Self::DownloadAttachment,
        Self::ResolveCase,
        Self::UploadAttachment,
    ];

    /// The name in a policy, such as `support:CreateCase`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AddAttachmentsToSet => "support:AddAttachmentsToSet",
            Self::AddCommunicationToCase => "support:AddCommunicationToCase",
            Self::CreateCase => "support:CreateCase",
            Self::DescribeAttachment => "support:DescribeAttachment",
            Self::DescribeCases => "support:DescribeCases",
            Self::DescribeCommunications => "support:DescribeCommunications",
            Self::DescribeCreateCaseOptions => "support:DescribeCreateCaseOptions",
            Self::DescribeServices => "support:DescribeServices",
            Self::DescribeSeverityLevels => "support:DescribeSeverityLevels",
            Self::DescribeSupportedLanguages => "support:DescribeSupportedLanguages",
            Self::DownloadAttachment => "support:DownloadAttachment",
            Self::ResolveCase => "support:ResolveCase",
            Self::UploadAttachment => "support:UploadAttachment",
        }
    }
}

impl FromStr for Action {
    type Err = NotNamed;

    fn from_str(name: &str) -> Result<Self, NotNamed> {
        Self::ALL.into_iter().find(|action| action.name() == name).ok_or(NotNamed)
    }
}

impl TryFrom<String> for Action {
    type Error = NotNamed;

    fn try_from(name: String) -> Result<Self, NotNamed> {
        name.parse()
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.name().to_owned()
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text is none of AWS's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the Support API knows no such name")]
pub struct NotNamed;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for operation in Operation::ALL {
            assert_eq!(operation.name().parse(), Ok(operation));
            let json = serde_json::to_string(&operation).unwrap();
            assert_eq!(json, format!("\"{}\"", operation.name()));
        }
        for action in Action::ALL {
            assert_eq!(action.name().parse(), Ok(action));
            assert!(Operation::ALL.iter().any(|operation| operation.actions().contains(&action)), "{action}");
        }
        assert_eq!("DescribeTrustedAdvisorChecks".parse::<Operation>(), Err(NotNamed));
    }
}
