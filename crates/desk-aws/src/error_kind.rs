//! The kinds of failure of a call to AWS, and one table of what each means for whoever made the call.

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AwsErrorKind {
    /// No connection was made: AWS cannot have processed anything.
    Unreachable,
    /// The other side's certificate is not trusted, or it speaks no TLS: nothing was sent.
    TlsRefused,
    /// A proxy cannot be reached, wants a sign-in or refuses: nothing got through.
    ProxyRefused,
    /// Something else than AWS answered, such as a sign-in page; AWS may or may not have got the request.
    NotAws,
    /// The request went out and no usable answer came back: AWS may or may not have processed it.
    AnswerLost,
    /// AWS failed (5xx): it may or may not have processed it.
    Service,
    /// No credentials could be had.
    NoCredentials,
    /// The keyring of this computer, which holds what one signs in with, cannot be used.
    NoKeyring,
    /// The role of IAM Identity Center that the account was connected with is not assigned, or no longer.
    NotAssigned,
    /// A code of a multi-factor device is needed first.
    CodeNeeded,
    /// The credentials are wrong.
    WrongCredentials,
    /// The credentials have run out.
    Expired,
    /// The identity may not do this.
    AccessDenied,
    /// The account has no support plan with the Support API.
    PlanMissing,
    /// The clock of this computer is off.
    ClockSkew,
    /// Too many calls.
    Throttled,
    /// CaseCreationLimitExceeded: too many new cases within the hour.
    CaseQuota,
    /// The case is not known to AWS.
    CaseNotFound,
    /// The attachment is not known to AWS.
    AttachmentNotFound,
    /// The attachment set has expired or is not known.
    SetGone,
    /// The set takes no more files or bytes.
    SetFull,
    /// AWS found a mistake in the request.
    Invalid,
}

/// When the same request may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// After a pause that grows.
    Backoff,
    /// After the longest pause.
    LongestBackoff,
    /// Not before something was changed.
    Never,
}

/// Whether another endpoint of the same service may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOver {
    /// For any request: this one certainly was not processed.
    Always,
    /// For an idempotent request: this one may have been processed.
    IfIdempotent,
    /// It would not help.
    Never,
}

/// What a kind of failure means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwsErrorProperties {
    /// AWS may have processed the request.
    pub may_be_processed: bool,
    /// When the same request may be made again.
    pub retry: Retry,
    /// A request that AWS has not processed may well be taken when it is made again at once.
    pub retry_at_once: bool,
    /// Every call for this account fails alike.
    pub fails_account: bool,
    /// Whoever was signed in has to sign in again, where it is said of the tokens of a sign-in.
    pub ends_sign_in: bool,
    /// Whether another endpoint may be asked.
    pub fail_over: FailOver,
    /// It is AWS Support's word on the account or the request, and every endpoint would say the same.
    pub is_authoritative: bool,
    /// AWS found fault with what was asked for, which it looks at only for those who may ask.
    pub is_permitted: bool,
}

/// A failure with no property but that it passes by itself.
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
/// The way to AWS.
const NETWORK: AwsErrorProperties = AwsErrorProperties { fails_account: true, ..PASSING };
/// Nobody knows whether AWS processed the request.
const UNKNOWN: AwsErrorProperties = AwsErrorProperties { may_be_processed: true, ..PASSING };
/// The credentials. Somebody has to mend them, after which it goes on by itself.
const CREDENTIALS: AwsErrorProperties = AwsErrorProperties { fails_account: true, ..PASSING };
/// Credentials that AWS refuses.
const REFUSED: AwsErrorProperties = AwsErrorProperties { ends_sign_in: true, ..CREDENTIALS };
/// AWS's judgement of the request.
const JUDGED: AwsErrorProperties =
    AwsErrorProperties { retry: Retry::Never, is_authoritative: true, is_permitted: true, ..PASSING };

impl AwsErrorKind {
    /// What this kind of failure means.
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
            // A second signature may be a right one.
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
