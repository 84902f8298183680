//! The fields of the UI's forms, as problems name them.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// A field of a form. Each form shows the problems of its own fields beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// Report: the AWS account.
    Account,
    /// Report: the kind of problem.
    Kind,
    /// Report: which of ECO's services.
    Service,
    /// Report: the category.
    Category,
    /// Report: the priority.
    Priority,
    /// Report: the subject.
    Subject,
    /// Report and reply: the text.
    Body,
    /// Report and reply: the files.
    Files,
    /// Report: the language, which is English.
    Language,
    /// Report: how ECO shall reach the user.
    Contact,
    /// Report: the Region that a call is about.
    #[serde(rename = "phone.region")]
    PhoneRegion,
    /// Report: the number to call.
    #[serde(rename = "phone.number")]
    PhoneNumber,
    /// Report: its extension.
    #[serde(rename = "phone.extension")]
    PhoneExtension,
    /// Report and reply: the additional contacts.
    Cc,
    /// Rating: the stars.
    Stars,
    /// Rating: the comment.
    Comment,
    /// Account: its name.
    Name,
    /// Account: the profile.
    Profile,
    /// Account: the code of a multi-factor device.
    Code,
    /// Account: the access key's id.
    AccessKeyId,
    /// Account: the access key's secret.
    SecretAccessKey,
    /// Account: the file of an access key.
    KeyFile,
    /// Account: the role to assume.
    RoleArn,
    /// Account: the multi-factor device.
    MfaSerial,
    /// Account: the part of AWS.
    Partition,
    /// Company sign-in: the portal's address.
    StartUrl,
    /// Company sign-in: the portal's Region.
    Region,
    /// Proxy: its host.
    Host,
    /// Proxy: its port.
    Port,
    /// Proxy: the user name.
    UserName,
    /// Proxy: the hosts that are reached without it.
    Exceptions,
    /// Network: a certificate.
    Certificate,
    /// Settings: the user's own address.
    OwnEmail,
    /// Settings: the time between two polls.
    PollSeconds,
    /// Settings: the category's code.
    CategoryCode,
    /// Settings: the severity code of High priority.
    SeverityHigh,
    /// Settings: the severity code of Medium priority.
    SeverityMedium,
    /// Settings: the severity code of Low priority.
    SeverityLow,
    /// Command line: the address in place of AWS Support's.
    SupportEndpoint,
}

/// Reads a field; `None` where this version knows no field of that name. A problem is kept in the outbox over updates
/// and must be readable whatever its field was called.
///
/// # Errors
/// Where there is no text.
pub(crate) fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Field>, D::Error> {
    let name = Option::<String>::deserialize(deserializer)?;
    Ok(name.and_then(|name| serde_json::from_value(serde_json::Value::String(name)).ok()))
}
