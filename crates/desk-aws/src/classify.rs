//! Classifies the SDK's errors as [`AwsErrorKind`]: above all, whether AWS can have processed the request.
//!
//! Most of AWS's errors are in no service model, so they are classified by code. If there is no response, a call counts
//! as unprocessed only if it is proven that no connection was made or no request was sent.

use super::{AwsError, AwsErrorKind as Kind, call::Call, error::WRONG_CODE, role::CodeNeeded};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_support::{
    error::{DisplayErrorContext, ProvideErrorMetadata, SdkError},
    operation::RequestId as _,
};
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::ConnectorError};
use desk_network::{ConnectError, ConnectErrorKind};
use std::error::Error;

const CREDENTIALS_TIMED_OUT: &str = "it took too long to get them";
const TRANSPARENT_PROXY: &str = "A proxy between this computer and AWS asks for a sign-in. Ask your IT department how programs get through it, and enter the proxy under Settings → Network.";

/// Converts the SDK's error of a call of `operation`.
pub(super) fn classify<E>(operation: &'static str, call: &Call, error: &SdkError<E, HttpResponse>) -> AwsError
where
    E: Error + ProvideErrorMetadata + 'static,
{
    let request_id = error.request_id().map(str::to_owned);
    let (kind, message) = match error {
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            let message = context.err().message().unwrap_or_default();
            match context.err().code() {
                Some(code) => (kind_of_code(code, message, status), message_or_code(code, message)),
                None => kind_of_status(status),
            }
        }
        SdkError::ResponseError(context) => kind_of_status(context.raw().status().as_u16()),
        // No answer: construction, dispatch, time-out, and whatever else the SDK's open enum may get.
        _ => no_response(call, error),
    };
    AwsError { operation, kind, message, request_id }
}

/// Classifies AWS's error code. `message` distinguishes a bad signature from a wrong clock.
fn kind_of_code(code: &str, message: &str, status: u16) -> Kind {
    match code {
        "SubscriptionRequiredException" | "OptInRequired" => Kind::PlanMissing,
        "AccessDeniedException" | "AccessDenied" | "UnauthorizedOperation" | "NotAuthorized" => {
            Kind::AccessDenied
        }
        "RequestExpired" | "RequestTimeTooSkewed" => Kind::ClockSkew,
        "InvalidSignatureException" | "SignatureDoesNotMatch" if is_about_time(message) => Kind::ClockSkew,
        "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "AuthFailure"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => Kind::WrongCredentials,
        // The last two are those of IAM Identity Center: a token that it no longer takes, and a refresh token.
        "ExpiredTokenException" | "ExpiredToken" | "UnauthorizedException" | "InvalidGrantException" => {
            Kind::Expired
        }
        // A role of IAM Identity Center that one is not assigned to (any more).
        "ForbiddenException" => Kind::AccessDenied,
        // AttachmentLimitExceeded is about how many sets were made in a short time, not about how full one is.
        "ThrottlingException"
        | "Throttling"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "SlowDown"
        | "AttachmentLimitExceeded"
        | "DescribeAttachmentLimitExceeded" => Kind::Throttled,
        "CaseCreationLimitExceeded" => Kind::CaseQuota,
        "CaseIdNotFound" => Kind::CaseNotFound,
        "AttachmentIdNotFound" => Kind::AttachmentNotFound,
        "AttachmentSetIdNotFound" | "AttachmentSetExpired" => Kind::SetGone,
        "AttachmentSetSizeLimitExceeded" => Kind::SetFull,
        "InternalServerError" | "InternalFailure" | "ServiceUnavailable" | "ServiceUnavailableException" => {
            Kind::Service
        }
        _ if status >= 500 => Kind::Service,
        _ if status == 429 => Kind::Throttled,
        _ => Kind::Invalid,
    }
}

/// Classifies a response without a readable error by its status. If it is not AWS's (but a proxy's or a sign-in
/// page's), it is unknown whether AWS got the request.
fn kind_of_status(status: u16) -> (Kind, String) {
    let kind = match status {
        // A transparent proxy: one from the settings responds before anything is sent.
        407 => return (Kind::ProxyRefused, TRANSPARENT_PROXY.to_owned()),
        429 => Kind::Throttled,
        500.. => Kind::Service,
        _ => Kind::NotAws,
    };
    (kind, format!("HTTP {status}"))
}

fn is_about_time(message: &str) -> bool {
    message.contains("Signature expired") || message.contains("not yet current")
}

fn message_or_code(code: &str, message: &str) -> String {
    if message.is_empty() { code.to_owned() } else { message.to_owned() }
}

fn no_response(call: &Call, error: &(dyn Error + 'static)) -> (Kind, String) {
    if let Some(credentials) = find::<CredentialsError>(error) {
        return no_credentials(credentials);
    }
    let message = innermost(error);
    // The SDK's cache of credentials gives up with a private error of its own.
    if !call.was_handed_over() && message.starts_with("identity resolver timed out") {
        return (Kind::NoCredentials, CREDENTIALS_TIMED_OUT.to_owned());
    }
    if never_connected(error) || !call.was_handed_over() {
        connection_failed(error)
    } else {
        (Kind::AnswerLost, message)
    }
}

/// Classifies a failure to get credentials: nothing was sent to AWS Support.
fn no_credentials(error: &CredentialsError) -> (Kind, String) {
    // One of our own providers knows exactly.
    if let Some(known) = find::<AwsError>(error) {
        return match known.kind {
            // The unknown outcome of the request for credentials does not make the call that needed them unknown.
            Kind::AnswerLost | Kind::NotAws | Kind::Service => {
                let text = "The service at which one signs in to AWS did not answer as it should";
                (
                    Kind::Unreachable,
                    format!("{text} ({}). That usually passes within minutes.", known.message),
                )
            }
            kind => (kind, known.message.clone()),
        };
    }
    // The messages of the token providers and of STS; their types are private to aws-config.
    let text = DisplayErrorContext(error).to_string();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if let Some(connect_error) = find::<ConnectError>(error) {
        return of_connect_error(connect_error);
    }
    // Nobody has signed in yet with the AWS CLI, or has signed out: the token is not in its cache.
    if says(&["cached SSO token", "sso/cache", "login/cache"]) {
        return (Kind::Expired, innermost(error));
    }
    let kind = if find::<CodeNeeded>(error).is_some() || says(&[WRONG_CODE]) {
        Kind::CodeNeeded
    } else if says(&["ExpiredToken", "TokenExpired", "has expired", "is expired", "UnauthorizedException"]) {
        Kind::Expired
    } else if says(&["InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException"]) {
        if is_about_time(&text) { Kind::ClockSkew } else { Kind::WrongCredentials }
    } else if find::<ConnectorError>(error).is_some() {
        return connection_failed(error);
    } else {
        Kind::NoCredentials
    };
    let message = match error {
        CredentialsError::ProviderTimedOut(_) => CREDENTIALS_TIMED_OUT.to_owned(),
        _ => innermost(error),
    };
    (kind, message)
}

/// Classifies a connection failure. [`ConnectError`] has its own message; an in-process API has none.
fn connection_failed(error: &(dyn Error + 'static)) -> (Kind, String) {
    match find::<ConnectError>(error) {
        Some(connect_error) => of_connect_error(connect_error),
        None => {
            let reason = innermost(error);
            (Kind::Unreachable, format!("AWS cannot be reached ({reason}). Check the network connection."))
        }
    }
}

fn of_connect_error(connect_error: &ConnectError) -> (Kind, String) {
    let kind = match connect_error.kind() {
        ConnectErrorKind::Unreachable => Kind::Unreachable,
        ConnectErrorKind::Proxy => Kind::ProxyRefused,
        ConnectErrorKind::Encryption => Kind::TlsRefused,
    };
    (kind, connect_error.to_string())
}

/// Whether the connection itself failed: name resolution, route, refusal, TLS or timeout.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    find::<hyper_util::client::legacy::Error>(error)
        .is_some_and(hyper_util::client::legacy::Error::is_connect)
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(|error| error.downcast_ref())
}

/// Returns the message of the root cause, which says what happened; its wrappers only say where.
fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_support::operation::create_case::CreateCaseError;
    use aws_smithy_types::{body::SdkBody, error::ErrorMetadata};

    fn answered(code: &str, message: &str, status: u16) -> AwsError {
        let metadata = ErrorMetadata::builder().code(code).message(message).build();
        let raw = HttpResponse::new(status.try_into().unwrap(), SdkBody::empty());
        let error = SdkError::service_error(CreateCaseError::generic(metadata), raw);
        classify("CreateCase", &Call::default(), &error)
    }

    #[test]
    fn each_code_is_told_apart() {
        let table = [
            ("SubscriptionRequiredException", "", 400, Kind::PlanMissing),
            ("AccessDeniedException", "", 400, Kind::AccessDenied),
            ("UnrecognizedClientException", "", 400, Kind::WrongCredentials),
            ("InvalidClientTokenId", "", 403, Kind::WrongCredentials),
            ("ExpiredTokenException", "", 400, Kind::Expired),
            ("ExpiredToken", "", 403, Kind::Expired),
            ("RequestExpired", "", 400, Kind::ClockSkew),
            (
                "InvalidSignatureException",
                "Signature expired: 20260101T000000Z is now earlier",
                400,
                Kind::ClockSkew,
            ),
            ("InvalidSignatureException", "Signature not yet current: 2026", 400, Kind::ClockSkew),
            ("InvalidSignatureException", "The request signature we calculated", 400, Kind::WrongCredentials),
            ("SignatureDoesNotMatch", "The request signature we calculated", 403, Kind::WrongCredentials),
            ("SignatureDoesNotMatch", "Signature expired: 2026", 403, Kind::ClockSkew),
            ("IncompleteSignature", "", 400, Kind::WrongCredentials),
            ("IncompleteSignatureException", "", 400, Kind::WrongCredentials),
            ("MissingAuthenticationToken", "", 400, Kind::WrongCredentials),
            ("MissingAuthenticationTokenException", "", 400, Kind::WrongCredentials),
            ("ThrottlingException", "Rate exceeded", 400, Kind::Throttled),
            ("AttachmentLimitExceeded", "", 400, Kind::Throttled),
            ("DescribeAttachmentLimitExceeded", "", 400, Kind::Throttled),
            ("CaseCreationLimitExceeded", "", 400, Kind::CaseQuota),
            ("CaseIdNotFound", "", 400, Kind::CaseNotFound),
            ("AttachmentIdNotFound", "", 400, Kind::AttachmentNotFound),
            ("AttachmentSetIdNotFound", "", 400, Kind::SetGone),
            ("AttachmentSetExpired", "", 400, Kind::SetGone),
            ("AttachmentSetSizeLimitExceeded", "", 400, Kind::SetFull),
            ("InvalidParameterValueException", "", 400, Kind::Invalid),
            ("ValidationException", "", 400, Kind::Invalid),
            ("SomethingNew", "", 400, Kind::Invalid),
            ("SomethingNew", "", 500, Kind::Service),
            ("SomethingNew", "", 429, Kind::Throttled),
            ("InternalServerError", "", 500, Kind::Service),
            ("ServiceUnavailable", "", 503, Kind::Service),
        ];
        for (code, message, status, expected) in table {
            assert_eq!(answered(code, message, status).kind, expected, "{code} {message} {status}");
        }
    }

    #[test]
    fn an_answer_that_is_not_awss_leaves_it_open() {
        for (status, expected) in [
            (200, Kind::NotAws),
            (302, Kind::NotAws),
            (403, Kind::NotAws),
            (407, Kind::ProxyRefused),
            (429, Kind::Throttled),
            (502, Kind::Service),
        ] {
            let raw = HttpResponse::new(status.try_into().unwrap(), SdkBody::empty());
            let error: SdkError<CreateCaseError> = SdkError::response_error("not JSON", raw);
            assert_eq!(classify("CreateCase", &Call::default(), &error).kind, expected, "{status}");
        }
    }

    #[test]
    fn missing_credentials_say_why() {
        let table = [
            (CredentialsError::not_loaded("nothing there"), Kind::NoCredentials, "nothing there"),
            (
                CredentialsError::provider_error("the SSO token has expired and cannot be refreshed"),
                Kind::Expired,
                "the SSO token has expired and cannot be refreshed",
            ),
            (
                CredentialsError::provider_error("InvalidClientTokenId: no such key"),
                Kind::WrongCredentials,
                "InvalidClientTokenId: no such key",
            ),
            (
                CredentialsError::provider_error(ConnectorError::io("no route to host".into())),
                Kind::Unreachable,
                "AWS cannot be reached (no route to host). Check the network connection.",
            ),
            (
                CredentialsError::provider_timed_out(std::time::Duration::from_secs(25)),
                Kind::NoCredentials,
                CREDENTIALS_TIMED_OUT,
            ),
        ];
        for (error, expected, words) in table {
            let failure: SdkError<CreateCaseError> = SdkError::construction_failure(error);
            let classified = classify("CreateCase", &Call::default(), &failure);
            assert_eq!((classified.kind, classified.message.as_str()), (expected, words));
            assert!(classified.kind.is_unprocessed());
        }
    }
}
