//! [`Support`]: the client of the Support API for one account.
//!
//! AWS offers no idempotency token, so the SDK never retries the two calls that create something: their caller first
//! looks for what they have created if the response was lost.

use super::{
    AwsError, AwsErrorKind, AwsTransport, CaseRecord, CasesFilter, CommunicationRecord, Endpoint, FileBytes,
    NewCase, NewCommunication, Page,
    call::Call,
    classify::classify,
    convert,
    endpoint_pool::{EndpointPool, Idempotency, PooledEndpoint},
    hosts, instant,
    limit::limited,
    salvage,
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_support::{
    Client, Config,
    config::{
        BehaviorVersion, IdentityCache, Region, StalledStreamProtectionConfig, retry::RetryConfig,
        timeout::TimeoutConfig,
    },
    error::{ProvideErrorMetadata, SdkError},
    primitives::Blob,
    types::Attachment,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use desk_model::{Millis, Partition};
use std::{sync::Arc, time::Duration};

/// The only language that EDI supports.
pub(super) const LANGUAGE: &str = "en";
/// The issue type of ECO's services, as opposed to billing questions.
pub(super) const ISSUE_TYPE: &str = "technical";
/// Maximum number of cases or communications per page (service model: 10 to 100).
const PAGE_SIZE: i32 = 100;
/// Time limit for connecting.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Time limit of an attempt.
pub(super) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
/// Time limit of an attempt with files: 20 MB over a slow line.
const FILE_ATTEMPT_TIMEOUT: Duration = Duration::from_secs(300);
/// Time limit for credentials, since an external program may have to fetch them. Shorter than [`ATTEMPT_TIMEOUT`], so
/// that it is this that runs out, and the reason is known.
pub(super) const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(25);
/// Maximum number of attempts of a call that only reads.
pub(super) const READ_ATTEMPTS: u32 = 3;
/// Maximum length of a plausible case id; AWS's have some 50 characters.
const MAX_CASE_ID_LENGTH: usize = 200;

/// The Support API with one account's credentials. Cheap to clone.
#[derive(Clone)]
pub struct Support {
    pub(super) endpoints: Arc<EndpointPool>,
}

impl std::fmt::Debug for Support {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Support").finish_non_exhaustive()
    }
}

impl Support {
    /// Creates a client whose AWS account number is not known yet. Makes no call.
    #[must_use]
    pub fn new(
        credentials: SharedCredentialsProvider,
        partition: Partition,
        transport: &AwsTransport,
    ) -> Self {
        Self::of_account(credentials, partition, transport, None)
    }

    /// Creates a client for the AWS account `number`, whose clients share one rate limiter.
    pub fn of_account(
        credentials: SharedCredentialsProvider,
        partition: Partition,
        transport: &AwsTransport,
        number: Option<&str>,
    ) -> Self {
        let http_client = match &transport.endpoint {
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::Emulated { .. } => {
                limited(transport.support(), transport.limits.of(number))
            }
            // The emulator in this process has no limit.
            Endpoint::InProcess(_) => transport.support(),
        };
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(credentials)
            .http_client(http_client)
            .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_TIMEOUT).build())
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(CONNECT_TIMEOUT)
                    .operation_attempt_timeout(ATTEMPT_TIMEOUT)
                    .build(),
            )
            // All bodies are in memory and every attempt has a limit; on a slow line the protection would only
            // turn an answer that is still coming into a lost one.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        let pinned = hosts::endpoints(partition);
        match &transport.endpoint {
            Endpoint::ByPartition => Self::with_endpoints(&config, pinned),
            Endpoint::Override(endpoint) => {
                Self::with_endpoints(&config, &[(pinned[0].0, endpoint.as_str())])
            }
            Endpoint::Emulated { support, .. } => Self::with_endpoints(&config, &[(pinned[0].0, support)]),
            Endpoint::InProcess(_) => Self::with_endpoints(&config, &pinned[..1]),
        }
    }

    /// Creates a client for these endpoints, each with the Region for which calls are signed; the main one first.
    pub(super) fn with_endpoints(
        config: &aws_sdk_support::config::Builder,
        endpoints: &[(&'static str, &str)],
    ) -> Self {
        let endpoint = |(region, url): &(&'static str, &str)| {
            let config = config.clone().region(Region::new(*region)).endpoint_url(*url);
            let retrying =
                config.clone().retry_config(RetryConfig::standard().with_max_attempts(READ_ATTEMPTS));
            let single_attempt = config.retry_config(RetryConfig::disabled());
            PooledEndpoint {
                region,
                retrying: Client::from_conf(retrying.build()),
                single_attempt: Client::from_conf(single_attempt.build()),
            }
        };
        let endpoints = Arc::new(EndpointPool::new(endpoints.iter().map(endpoint).collect()));
        Self { endpoints }
    }

    /// Fetches a page of cases, at most 100, in AWS's order.
    ///
    /// # Errors
    /// [`AwsErrorKind::CaseNotFound`] where AWS does not know one of the ids asked for.
    pub async fn describe_cases(
        &self,
        filter: &CasesFilter,
        token: Option<String>,
    ) -> Result<Page<CaseRecord>, AwsError> {
        let ask = |client: Client, call: Call| {
            let asked = client
                .describe_cases()
                .set_case_id_list((!filter.case_ids.is_empty()).then(|| filter.case_ids.clone()))
                .set_display_id(filter.display_id.clone())
                .set_after_time(filter.after.map(instant::format))
                .include_resolved_cases(filter.include_resolved)
                .include_communications(filter.include_communications)
                .max_results(PAGE_SIZE)
                .set_next_token(token.clone())
                .customize()
                .interceptor(call);
            async move {
                match asked.send().await {
                    Ok(output) => Ok(output.cases.map(|cases| convert::cases(cases, output.next_token))),
                    Err(error) => {
                        salvage::unreadable_body(&error).and_then(salvage::cases).map(Some).ok_or(error)
                    }
                }
            }
        };
        require_list("DescribeCases", self.send_call("DescribeCases", Idempotency::Idempotent, ask).await?)
    }

    /// Fetches a page of a case's communications, at most 100, sorted oldest first.
    ///
    /// # Errors
    /// [`AwsErrorKind::CaseNotFound`] where AWS does not know the case.
    pub async fn describe_communications(
        &self,
        case_id: &str,
        after: Option<Millis>,
        token: Option<String>,
    ) -> Result<Page<CommunicationRecord>, AwsError> {
        let ask = |client: Client, call: Call| {
            let asked = client
                .describe_communications()
                .case_id(case_id)
                .set_after_time(after.map(instant::format))
                .max_results(PAGE_SIZE)
                .set_next_token(token.clone())
                .customize()
                .interceptor(call);
            async move {
                match asked.send().await {
                    Ok(output) => Ok(output
                        .communications
                        .map(|communications| convert::communications(communications, output.next_token))),
                    Err(error) => salvage::unreadable_body(&error)
                        .and_then(salvage::communications)
                        .map(Some)
                        .ok_or(error),
                }
            }
        };
        require_list(
            "DescribeCommunications",
            self.send_call("DescribeCommunications", Idempotency::Idempotent, ask).await?,
        )
    }

    /// Creates a case and returns its id. Not retried by the SDK.
    ///
    /// # Errors
    /// Where [`AwsErrorKind::is_unprocessed`] does not hold, the case may exist all the same.
    pub async fn create_case(&self, new: &NewCase) -> Result<String, AwsError> {
        let ask = |client: Client, call: Call| {
            client
                .create_case()
                .subject(&new.subject)
                .communication_body(&new.body)
                .service_code(&new.service_code)
                .category_code(&new.category_code)
                .severity_code(&new.severity_code)
                .set_cc_email_addresses((!new.cc.is_empty()).then(|| new.cc.clone()))
                .set_attachment_set_id(new.attachment_set.clone())
                .language(LANGUAGE)
                .issue_type(ISSUE_TYPE)
                .customize()
                .interceptor(call)
                .send()
        };
        let output = self.send_call("CreateCase", Idempotency::NotIdempotent, ask).await?;
        // A gateway can answer 200 with nothing of AWS's in it: then nobody knows whether the case was created.
        output
            .case_id
            .filter(|id| is_plausible_case_id(id))
            .ok_or_else(|| unusable_response("CreateCase", "the answer has no case id"))
    }

    /// Adds a communication to a case. Not retried by the SDK.
    ///
    /// # Errors
    /// Where [`AwsErrorKind::is_unprocessed`] does not hold, the communication may exist all the same.
    pub async fn add_communication(&self, new: &NewCommunication) -> Result<(), AwsError> {
        let ask = |client: Client, call: Call| {
            client
                .add_communication_to_case()
                .case_id(&new.case_id)
                .communication_body(&new.body)
                .set_cc_email_addresses((!new.cc.is_empty()).then(|| new.cc.clone()))
                .set_attachment_set_id(new.attachment_set.clone())
                .customize()
                .interceptor(call)
                .send()
        };
        let output = self.send_call("AddCommunicationToCase", Idempotency::NotIdempotent, ask).await?;
        // An empty response reads as `false`; AWS returns `true` if it has added the communication.
        if output.result {
            Ok(())
        } else {
            Err(unusable_response("AddCommunicationToCase", "the answer does not say that it was added"))
        }
    }

    /// Resolves a case and returns its new status. Idempotent, so the SDK may retry it.
    ///
    /// # Errors
    /// [`AwsErrorKind::CaseNotFound`] where AWS does not know the case.
    pub async fn resolve_case(&self, case_id: &str) -> Result<String, AwsError> {
        let ask = |client: Client, call: Call| {
            client.resolve_case().case_id(case_id).customize().interceptor(call).send()
        };
        let output = self.send_call("ResolveCase", Idempotency::Idempotent, ask).await?;
        output
            .final_case_status
            .filter(|status| !status.is_empty())
            .ok_or_else(|| unusable_response("ResolveCase", "the answer has no status"))
    }

    /// Adds files to the attachment set `set`, or to a new one; returns its id and expiry. A retry that creates a
    /// second set does no harm, since only one of them is used.
    ///
    /// # Errors
    /// [`AwsErrorKind::SetFull`] beyond three files or 5 MB a file, [`AwsErrorKind::SetGone`] where `set` has expired.
    pub async fn add_attachments_to_set(
        &self,
        set: Option<&str>,
        files: &[FileBytes],
    ) -> Result<(String, Millis), AwsError> {
        let ask = |client: Client, call: Call| {
            // The SDK encodes the bytes; they are given as they are.
            let attachments = files
                .iter()
                .map(|file| {
                    Attachment::builder().file_name(&file.name).data(Blob::new(file.bytes.clone())).build()
                })
                .collect();
            client
                .add_attachments_to_set()
                .set_attachment_set_id(set.map(str::to_owned))
                .set_attachments(Some(attachments))
                .customize()
                .config_override(file_timeouts())
                .interceptor(call)
                .send()
        };
        // Added to an existing set, a repeated call would add the files twice.
        let idempotency = if set.is_some() { Idempotency::NotIdempotent } else { Idempotency::Idempotent };
        let output = self.send_call("AddAttachmentsToSet", idempotency, ask).await?;
        let id = output
            .attachment_set_id
            .filter(|id| !id.is_empty())
            .ok_or_else(|| unusable_response("AddAttachmentsToSet", "the answer has no set id"))?;
        Ok((id, instant::parse_or_epoch(output.expiry_time.as_deref())))
    }

    /// Downloads an attachment of at most 5 MB.
    ///
    /// # Errors
    /// [`AwsErrorKind::AttachmentNotFound`], [`AwsErrorKind::Invalid`] for a larger file.
    pub async fn describe_attachment(&self, attachment_id: &str) -> Result<FileBytes, AwsError> {
        let ask = |client: Client, call: Call| {
            client
                .describe_attachment()
                .attachment_id(attachment_id)
                .customize()
                .config_override(file_timeouts())
                .interceptor(call)
                .send()
        };
        let output = self.send_call("DescribeAttachment", Idempotency::Idempotent, ask).await?;
        output
            .attachment
            .and_then(convert::file)
            .ok_or_else(|| unusable_response("DescribeAttachment", "the answer has no attachment"))
    }

    /// Returns AWS's time, to the second, by a cheap read with the client that also creates: from the response the SDK
    /// learns the clock skew, so that the next creating call is signed for the right time.
    ///
    /// # Errors
    /// If AWS does not respond, or refuses the credentials. A refusal because of the clock or of a missing permission is no
    /// error, since that response has a date too.
    pub async fn server_time(&self) -> Result<Millis, AwsError> {
        const OPERATION: &str = "DescribeSeverityLevels";
        let ask = |client: Client, call: Call| {
            client.describe_severity_levels().language(LANGUAGE).customize().interceptor(call).send()
        };
        let (asked, call) = self.call_observed(OPERATION, Idempotency::NotIdempotent, ask).await;
        match asked {
            Err(error) if !matches!(error.kind, AwsErrorKind::ClockSkew | AwsErrorKind::AccessDenied) => {
                Err(error)
            }
            Ok(_) | Err(_) => {
                call.date().ok_or_else(|| unusable_response(OPERATION, "the answer has no date"))
            }
        }
    }
}

fn file_timeouts() -> aws_sdk_support::config::Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .operation_attempt_timeout(FILE_ATTEMPT_TIMEOUT)
        .build();
    Config::builder().timeout_config(timeouts)
}

pub(super) fn to_aws_error<E>(
    operation: &'static str,
    call: &Call,
) -> impl FnOnce(SdkError<E, HttpResponse>) -> AwsError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    move |error| {
        let error = classify(operation, call, &error);
        tracing::debug!(operation, kind = ?error.kind, request_id = ?error.request_id, "a call failed");
        error
    }
}

/// Creates the error for a response without the expected content: AWS may have processed the request.
fn unusable_response(operation: &'static str, message: &str) -> AwsError {
    AwsError { operation, kind: AwsErrorKind::AnswerLost, message: message.to_owned(), request_id: None }
}

/// Returns the list in a response, or an error if it has none. AWS sends an empty list if there is nothing; a response
/// without a list comes from a gateway, and taken for empty it would mean that all cases are gone.
pub(super) fn require_list<T>(operation: &'static str, list: Option<T>) -> Result<T, AwsError> {
    list.ok_or_else(|| AwsError {
        operation,
        kind: AwsErrorKind::NotAws,
        message: "the answer has no list".to_owned(),
        request_id: None,
    })
}

/// Whether `id` has the form of a case id: `case-` and letters, digits and hyphens. AWS does not document more of its
/// form.
fn is_plausible_case_id(id: &str) -> bool {
    id.len() <= MAX_CASE_ID_LENGTH
        && id.strip_prefix("case-").is_some_and(|rest| {
            rest.contains(|symbol: char| symbol.is_ascii_alphanumeric())
                && rest.chars().all(|symbol| symbol.is_ascii_alphanumeric() || symbol == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_case_id_is_taken_for_one() {
        for id in ["case-123456789012-muen-2026-0123abcd", "case-12345678910-2020-AbC", "case-1"] {
            assert!(is_plausible_case_id(id), "{id}");
        }
        for id in ["", " ", "case-", "case--", "null", "case-12 34", "case-1/2", "<html>"] {
            assert!(!is_plausible_case_id(id), "{id}");
        }
        assert!(!is_plausible_case_id(&format!("case-{}", "1".repeat(MAX_CASE_ID_LENGTH))));
    }
}
