//! Faults on demand: what goes wrong, with which calls, how many times or how likely. The first rule that meets a
//! call decides; rules stand in the order in which they were added. Everything has a plain JSON form.

mod edit;
mod rules;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use http::StatusCode;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::error::WireError;
use crate::operation::Operation;

pub use edit::Edit;
pub use rules::{Chance, FaultEntry, FaultRule, Faults};

/// Something that goes wrong with a call, or with a transfer over a presigned link. As JSON an object with its `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Signature checked, then refused with this error; nothing is done.
    /// `{"kind":"refuse","code":"ThrottlingException"}`; `message` and `status` may be given.
    Refuse(WireError),
    /// Everything is done, and then the connection closes instead of answering.
    LoseAnswer,
    /// The connection closes before anything is done.
    Unreachable,
    /// The connection is reset.
    Reset {
        /// Whether the call is done before that.
        #[serde(default)]
        processed: bool,
    },
    /// An HTTP status with an empty body, as a load balancer in front of the service sends it. Nothing is done.
    #[serde(with = "status")]
    Status(StatusCode),
    /// The call is done as usual after this much real time. `{"kind":"delay","seconds":1.5}`
    #[serde(with = "seconds")]
    Delay(Duration),
    /// Everything is done, but the answer's body is no JSON. Of a download: bytes that are not the file's.
    Malformed,
    /// Everything is done, but the connection closes half way through the answer's body.
    Truncated,
    /// Everything is done, but the answer's body takes this much real time to arrive.
    #[serde(with = "seconds")]
    SlowBody(Duration),
    /// The service's clock is off by this: the `Date` header, and what signatures and links are judged by.
    /// `{"kind":"wrong_time","seconds":-3600}`
    #[serde(with = "signed_seconds")]
    WrongTime(SignedDuration),
    /// The upload that a CompleteAttachmentUpload reports parts of ends as `failed`. Nothing else is hurt by it.
    FailUpload,
    /// The call is answered with HTTP 200 and this body, whatever it was, as a gateway may do.
    /// `{"kind":"answer","body":"{}","processed":false}`
    Answer {
        /// The whole body, which need not be JSON.
        body: String,
        /// Whether the call is done before that.
        #[serde(default)]
        processed: bool,
    },
    /// Everything is done, and these members of the answer are changed. A refusal stays as it is.
    /// `{"kind":"edit","edits":[{"path":"cases/*/recentCommunications"}]}`
    Edit {
        /// The changes, in their order.
        edits: Vec<Edit>,
    },
    /// The `Date` header alone is off by this, as a proxy's or a stale answer's may be: signatures are judged as ever.
    /// `{"kind":"wrong_date","seconds":1200}`
    #[serde(with = "signed_seconds")]
    WrongDate(SignedDuration),
}

impl Fault {
    /// [`Fault::Refuse`] by code, with AWS's usual text where it is known.
    #[must_use]
    pub fn refuse(code: &str) -> Self {
        Self::Refuse(WireError::of_code(code))
    }

    /// [`Fault::Refuse`] with ThrottlingException.
    #[must_use]
    pub fn throttle() -> Self {
        Self::refuse("ThrottlingException")
    }
}

/// Which calls a fault applies to. As text `any`, `upload`, `download` or an operation's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum On {
    /// Every call, and every transfer over a link.
    Any,
    /// Calls of one operation.
    Operation(Operation),
    /// A part that is sent to a presigned link.
    Upload,
    /// A file that is fetched from a presigned link.
    Download,
}

/// A call or a transfer, as fault rules distinguish them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultTarget {
    /// A call; `None` where its target names no known operation.
    Call(Option<Operation>),
    Upload,
    Download,
}

impl On {
    fn matches(self, target: FaultTarget) -> bool {
        match self {
            Self::Any => true,
            Self::Operation(wanted) => target == FaultTarget::Call(Some(wanted)),
            Self::Upload => target == FaultTarget::Upload,
            Self::Download => target == FaultTarget::Download,
        }
    }
}

impl From<Operation> for On {
    fn from(operation: Operation) -> Self {
        Self::Operation(operation)
    }
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any",
            Self::Operation(operation) => operation.name(),
            Self::Upload => "upload",
            Self::Download => "download",
        })
    }
}

impl FromStr for On {
    type Err = NoSuchCall;

    fn from_str(text: &str) -> Result<Self, NoSuchCall> {
        match text {
            "any" => Ok(Self::Any),
            "upload" => Ok(Self::Upload),
            "download" => Ok(Self::Download),
            name => name.parse().map(Self::Operation).map_err(|_| NoSuchCall(name.to_owned())),
        }
    }
}

/// The text names nothing that a fault could meet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither any, upload, download nor an operation")]
pub struct NoSuchCall(String);

impl TryFrom<String> for On {
    type Error = NoSuchCall;

    fn try_from(text: String) -> Result<Self, NoSuchCall> {
        text.parse()
    }
}

impl From<On> for String {
    fn from(on: On) -> Self {
        on.to_string()
    }
}

/// `{"seconds": 1.5}`
mod seconds {
    use super::{Deserialize, Duration, Serialize};

    #[derive(Serialize, Deserialize)]
    struct Form {
        seconds: f64,
    }

    pub(super) fn serialize<S: serde::Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        Form { seconds: time.as_secs_f64() }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        Duration::try_from_secs_f64(Form::deserialize(from)?.seconds).map_err(serde::de::Error::custom)
    }
}

/// `{"seconds": -3600.0}`
mod signed_seconds {
    use super::{Deserialize, Serialize, SignedDuration};

    #[derive(Serialize, Deserialize)]
    struct Form {
        seconds: f64,
    }

    pub(super) fn serialize<S: serde::Serializer>(time: &SignedDuration, to: S) -> Result<S::Ok, S::Error> {
        Form { seconds: time.as_secs_f64() }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<SignedDuration, D::Error> {
        SignedDuration::try_from_secs_f64(Form::deserialize(from)?.seconds).map_err(serde::de::Error::custom)
    }
}

/// `{"status": 503}`
mod status {
    use super::{Deserialize, Serialize, StatusCode};

    #[derive(Serialize, Deserialize)]
    struct Form {
        status: u16,
    }

    pub(super) fn serialize<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
        Form { status: status.as_u16() }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<StatusCode, D::Error> {
        StatusCode::from_u16(Form::deserialize(from)?.status).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_json() {
        for (fault, text) in [
            (
                Fault::throttle(),
                r#"{"kind":"refuse","code":"ThrottlingException","message":"Rate exceeded","status":400}"#,
            ),
            (Fault::LoseAnswer, r#"{"kind":"lose_answer"}"#),
            (Fault::Unreachable, r#"{"kind":"unreachable"}"#),
            (Fault::Reset { processed: true }, r#"{"kind":"reset","processed":true}"#),
            (Fault::Status(StatusCode::SERVICE_UNAVAILABLE), r#"{"kind":"status","status":503}"#),
            (Fault::Delay(Duration::from_millis(1_500)), r#"{"kind":"delay","seconds":1.5}"#),
            (Fault::Malformed, r#"{"kind":"malformed"}"#),
            (Fault::Truncated, r#"{"kind":"truncated"}"#),
            (Fault::SlowBody(Duration::from_secs(10)), r#"{"kind":"slow_body","seconds":10.0}"#),
            (Fault::WrongTime(SignedDuration::from_hours(-1)), r#"{"kind":"wrong_time","seconds":-3600.0}"#),
            (Fault::FailUpload, r#"{"kind":"fail_upload"}"#),
            (
                Fault::Answer { body: "{}".into(), processed: true },
                r#"{"kind":"answer","body":"{}","processed":true}"#,
            ),
            (
                Fault::Edit { edits: vec![Edit::remove("cases/*/subject"), Edit::set("nextToken", "again")] },
                r#"{"kind":"edit","edits":[{"path":"cases/*/subject"},{"path":"nextToken","value":"again"}]}"#,
            ),
            (Fault::WrongDate(SignedDuration::from_mins(20)), r#"{"kind":"wrong_date","seconds":1200.0}"#),
        ] {
            assert_eq!(serde_json::to_string(&fault).unwrap(), text);
            assert_eq!(serde_json::from_str::<Fault>(text).unwrap(), fault, "{text}");
        }
    }

    #[test]
    fn a_refusal_needs_its_code_alone() {
        let read = |text| serde_json::from_str::<Fault>(text);
        assert_eq!(read(r#"{"kind":"refuse","code":"ThrottlingException"}"#).unwrap(), Fault::throttle());
        let internal = read(r#"{"kind":"refuse","code":"InternalServerError"}"#).unwrap();
        assert_eq!(internal, Fault::refuse("InternalServerError"));
        for senseless in [
            r#"{"kind":"refuse"}"#,
            r#"{"kind":"status","status":7}"#,
            r#"{"kind":"delay","seconds":-1}"#,
            r#"{"kind":"nothing"}"#,
        ] {
            assert!(read(senseless).is_err(), "{senseless}");
        }
    }

    #[test]
    fn what_is_met_is_named() {
        for (on, text) in [
            (On::Any, "any"),
            (On::Operation(Operation::CreateCase), "CreateCase"),
            (On::Upload, "upload"),
            (On::Download, "download"),
        ] {
            assert_eq!(on.to_string(), text);
            assert_eq!(text.parse(), Ok(on));
        }
        assert!("createcase".parse::<On>().is_err());
    }
}
