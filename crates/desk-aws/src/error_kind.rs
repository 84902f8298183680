//! The kinds of failure of a call to AWS, and a table of their properties.

/// The kind of an [`AwsError`](crate::AwsError).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AwsErrorKind {
    /// No connection was made: AWS cannot have processed anything.
    Unreachable,
    /// The TLS handshake failed: nothing was sent.
    TlsRefused,
    /// A proxy cannot be reached, requires authentication or refuses: nothing was sent to AWS.
    ProxyRefused,
    /// Something else than AWS answered, such as a sign-in page; AWS may or may not have got the request.
    NotAws,
    /// The request went out and no usable answer came back: AWS may or may not have processed it.
    AnswerLost,
    /// AWS failed (5xx): it may or may not have processed it.
    Service,
    /// There are no credentials.
    NoCredentials,
    /// The keyring of this computer, which holds the account's secret, cannot be used.
    NoKeyring,
    /// The user is not, or no longer, assigned the account's role of IAM Identity Center.
    NotAssigned,
    /// An MFA code is required first.
    CodeNeeded,
    /// The credentials are wrong.
    WrongCredentials,
    /// The credentials have expired.
    Expired,
    /// The identity lacks the permission.
    AccessDenied,
    /// The account has no support plan with the Support API.
    PlanMissing,
    /// The clock of this computer is off.
    ClockSkew,
    /// AWS throttles the calls.
    Throttled,
    /// CaseCreationLimitExceeded: too many new cases within the hour.
    CaseQuota,
    /// The case is not known to AWS.
    CaseNotFound,
    /// The attachment is not known to AWS.
    AttachmentNotFound,
    /// The attachment set has expired or is not known.
    SetGone,
    /// The attachment set is full.
    SetFull,
    /// AWS refuses the request as invalid.
    Invalid,
}

/// When the same request may be retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// After a growing backoff.
    Backoff,
    /// After the longest backoff.
    LongestBackoff,
    /// Never: something has to be changed first.
    Never,
}

/// Whether the request may be sent to another endpoint of the same service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOver {
    /// Any request may, since it certainly was not processed.
    Always,
    /// Only an idempotent request may, since it may have been processed.
    IfIdempotent,
    /// No request may, since it would fail there too.
    Never,
}

/// The properties of a kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwsErrorProperties {
    /// AWS may have processed the request.
    pub may_be_processed: bool,
    /// When the same request may be retried.
    pub retry: Retry,
    /// An immediate retry may succeed.
    pub retry_at_once: bool,
    /// Every call for this account fails alike.
    pub fails_account: bool,
    /// If it concerns the tokens of a sign-in, the user has to sign in again.
    pub ends_sign_in: bool,
    /// Whether another endpoint may be tried.
    pub fail_over: FailOver,
    /// It is AWS Support's decision on the account or the request, which is the same at every endpoint.
    pub is_authoritative: bool,
    /// It proves that the caller has the permission, since AWS validates a request only after authorising it.
    pub is_permitted: bool,
}

/// A transient failure without any other property.
const PASSING: AwsErrorProperties = AwsErrorProperties {
    may_be_processed: false,
    retry: Retry::Backoff,
    retry_at_once: false,
    fails_account: false,
    ends_sign_in: false,
    fail_over: FailOver::Never,
    is_authoritative: false,
    is_permitted: false,
};
/// Failures of the network.
const NETWORK: AwsErrorProperties = AwsErrorProperties { fails_account: true, ..PASSING };
/// Failures after which it is unknown whether AWS processed the request.
const UNKNOWN: AwsErrorProperties = AwsErrorProperties { may_be_processed: true, ..PASSING };
/// Failures of the credentials: they are retried, and succeed once the user has renewed the credentials.
const CREDENTIALS: AwsErrorProperties = AwsErrorProperties { fails_account: true, ..PASSING };
/// Failures in which AWS refuses the credentials.
const REFUSED: AwsErrorProperties = AwsErrorProperties { ends_sign_in: true, ..CREDENTIALS };
/// Failures in which AWS refuses the request itself.
const JUDGED: AwsErrorProperties =
    AwsErrorProperties { retry: Retry::Never, is_authoritative: true, is_permitted: true, ..PASSING };

impl AwsErrorKind {
    /// Returns the properties of this kind.
    #[must_use]
    pub const fn properties(self) -> AwsErrorProperties {
        use AwsErrorProperties as Of;
        match self {
            Self::Unreachable => Of { fail_over: FailOver::Always, ..NETWORK },
            Self::TlsRefused | Self::ProxyRefused => NETWORK,
            Self::NotAws => UNKNOWN,
            Self::AnswerLost | Self::Service => Of { fail_over: FailOver::IfIdempotent, ..UNKNOWN },
            Self::NoKeyring | Self::CodeNeeded => CREDENTIALS,
            Self::NoCredentials | Self::NotAssigned | Self::Expired => REFUSED,
            // A new signature may be correct.
            Self::WrongCredentials => Of { retry_at_once: true, ..REFUSED },
            Self::ClockSkew => Of { retry_at_once: true, fails_account: true, ..PASSING },
            Self::AccessDenied => Of { retry: Retry::Never, ends_sign_in: true, ..PASSING },
            Self::PlanMissing => {
                Of { retry: Retry::Never, fails_account: true, is_authoritative: true, ..PASSING }
            }
            Self::Throttled => Of { is_authoritative: true, ..PASSING },
            Self::CaseQuota => Of { retry: Retry::LongestBackoff, ..JUDGED },
            Self::CaseNotFound | Self::AttachmentNotFound | Self::SetFull => JUDGED,
            // The files are put into a new set.
            Self::SetGone => Of { retry: Retry::Backoff, retry_at_once: true, ..JUDGED },
            Self::Invalid => Of { ends_sign_in: true, ..JUDGED },
        }
    }

    /// Whether AWS certainly did not process the request.
    #[must_use]
    pub const fn is_unprocessed(self) -> bool {
        !self.properties().may_be_processed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [AwsErrorKind; 22] = [
        AwsErrorKind::Unreachable,
        AwsErrorKind::TlsRefused,
        AwsErrorKind::ProxyRefused,
        AwsErrorKind::NotAws,
        AwsErrorKind::AnswerLost,
        AwsErrorKind::Service,
        AwsErrorKind::NoCredentials,
        AwsErrorKind::NoKeyring,
        AwsErrorKind::NotAssigned,
        AwsErrorKind::CodeNeeded,
        AwsErrorKind::WrongCredentials,
        AwsErrorKind::Expired,
        AwsErrorKind::AccessDenied,
        AwsErrorKind::PlanMissing,
        AwsErrorKind::ClockSkew,
        AwsErrorKind::Throttled,
        AwsErrorKind::CaseQuota,
        AwsErrorKind::CaseNotFound,
        AwsErrorKind::AttachmentNotFound,
        AwsErrorKind::SetGone,
        AwsErrorKind::SetFull,
        AwsErrorKind::Invalid,
    ];

    #[test]
    fn nothing_that_may_have_been_processed_is_made_again_blindly() {
        for kind in ALL {
            let of = kind.properties();
            if of.may_be_processed {
                assert!(!of.retry_at_once && of.fail_over != FailOver::Always, "{kind:?}");
                assert!(!of.is_authoritative && !of.is_permitted, "{kind:?}: nobody has judged it");
            }
            assert_eq!(kind.is_unprocessed(), !of.may_be_processed);
        }
        let unknown: Vec<_> = ALL.into_iter().filter(|kind| !kind.is_unprocessed()).collect();
        assert_eq!(unknown, [AwsErrorKind::NotAws, AwsErrorKind::AnswerLost, AwsErrorKind::Service]);
    }

    #[test]
    fn what_aws_has_judged_is_asked_of_no_other_endpoint() {
        for kind in ALL {
            let of = kind.properties();
            assert!(!of.is_permitted || of.is_authoritative, "{kind:?}");
            assert!(!of.is_authoritative || of.fail_over == FailOver::Never, "{kind:?}");
        }
    }
}
