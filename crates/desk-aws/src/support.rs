//! One client of the Support API for one account.
//!
//! AWS gives no idempotency token, so the two calls that create something are never repeated by the SDK: whoever
//! calls them looks for what a lost answer left behind first.

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

/// The only language that EDI takes.
pub(super) const LANGUAGE: &str = "en";
/// What ECO's services are: not billing questions.
pub(super) const ISSUE_TYPE: &str = "technical";
/// Most cases or communications that a page holds (service model: 10 to 100).
const PAGE: i32 = 100;
/// Until a connection must be made.
pub(super) const CONNECT: Duration = Duration::from_secs(10);
/// Until a call must be answered.
pub(super) const ATTEMPT: Duration = Duration::from_secs(30);
/// Until a call that carries files must be answered: 20 MB over a slow line.
const ATTEMPT_WITH_FILES: Duration = Duration::from_secs(300);
/// Until credentials must be had: an external program may have to ask somewhere. Shorter than [`ATTEMPT`], so that
/// it is this that runs out, and the reason is known.
pub(super) const CREDENTIALS: Duration = Duration::from_secs(25);
/// Tries of a call that only reads.
pub(super) const READ_ATTEMPTS: u32 = 3;
/// Longest id of a case that is believed; AWS's have some 50 characters.
const LONGEST_CASE_ID: usize = 200;

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
    /// A client with `credentials` of an AWS account that is not known yet; asks for nothing yet.
    #[must_use]
    pub fn new(
        credentials: SharedCredentialsProvider,
        partition: Partition,
        transport: &AwsTransport,
    ) -> Self {
        Self::of_account(credentials, partition, transport, None)
    }

    /// A client with `credentials` of the AWS account `number`: all of its clients share the limit of calls.
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
            // There is nobody to share the limit with.
            Endpoint::InProcess(_) => transport.support(),
        };
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(credentials)
            .http_client(http_client)
            .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS).build())
            .timeout_config(
                TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT).build(),
            )
            // All bodies are in memory and every attempt has a limit; on a slow line the protection would only
            // turn an answer that is still coming into a lost one.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        let pinned = hosts::endpoints(partition);
        match &transport.endpoint {
            Endpoint::ByPartition => Self::at(&config, pinned),
            Endpoint::Override(endpoint) => Self::at(&config, &[(pinned[0].0, endpoint.as_str())]),
            Endpoint::Emulated { support, .. } => Self::at(&config, &[(pinned[0].0, support)]),
            Endpoint::InProcess(_) => Self::at(&config, &pinned[..1]),
        }
    }

    /// A client for these endpoints, each with the Region that it is signed for; the main one first.
    pub(super) fn at(config: &aws_sdk_support::config::Builder, endpoints: &[(&'static str, &str)]) -> Self {
        let place = |(region, url): &(&'static str, &str)| {
            let config = config.clone().region(Region::new(*region)).endpoint_url(*url);
            let reads = config.clone().retry_config(RetryConfig::standard().with_max_attempts(READ_ATTEMPTS));
            let writes = config.retry_config(RetryConfig::disabled());
            PooledEndpoint {
                region,
                reads: Client::from_conf(reads.build()),
                writes: Client::from_conf(writes.build()),
            }
        };
        let endpoints = Arc::new(EndpointPool::new(endpoints.iter().map(place).collect()));
        Self { endpoints }
    }

    /// A page of cases, at most 100, in AWS's order.
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
                .max_results(PAGE)
                .set_next_token(token.clone())
                .customize()
                .interceptor(call);
            async move {
                match asked.send().await {
                    Ok(output) => Ok(output.cases.map(|cases| convert::cases(cases, output.next_token))),
                    Err(error) => salvage::unread(&error).and_then(salvage::cases).map(Some).ok_or(error),
                }
            }
        };
        listed("DescribeCases", self.ask("DescribeCases", Idempotency::Idempotent, ask).await?)
    }

    /// A page of a case's communications, at most 100, oldest of the page first.
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
                .max_results(PAGE)
                .set_next_token(token.clone())
                .customize()
                .interceptor(call);
            async move {
                match asked.send().await {
                    Ok(output) => Ok(output
                        .communications
                        .map(|communications| convert::communications(communications, output.next_token))),
                    Err(error) => {
                        salvage::unread(&error).and_then(salvage::communications).map(Some).ok_or(error)
                    }
                }
            }
        };
        listed(
            "DescribeCommunications",
            self.ask("DescribeCommunications", Idempotency::Idempotent, ask).await?,
        )
    }

    /// Creates a case and answers its id. Never repeated by the SDK.
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
        let output = self.ask("CreateCase", Idempotency::NotIdempotent, ask).await?;
        // A gateway can answer 200 with nothing of AWS's in it: then nobody knows whether the case was created.
        output
            .case_id
            .filter(|id| is_plausible_case_id(id))
            .ok_or_else(|| unusable("CreateCase", "the answer has no case id"))
    }

    /// Adds a communication to a case. Never repeated by the SDK.
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
        let output = self.ask("AddCommunicationToCase", Idempotency::NotIdempotent, ask).await?;
        // An empty answer reads as `false`: AWS says `true` where it has taken the communication.
        if output.result {
            Ok(())
        } else {
            Err(unusable("AddCommunicationToCase", "the answer does not say that it was added"))
        }
    }

    /// Resolves a case and answers its status afterwards. Resolving twice does no harm, so the SDK may repeat it.
    ///
    /// # Errors
    /// [`AwsErrorKind::CaseNotFound`] where AWS does not know the case.
    pub async fn resolve_case(&self, case_id: &str) -> Result<String, AwsError> {
        let ask = |client: Client, call: Call| {
            client.resolve_case().case_id(case_id).customize().interceptor(call).send()
        };
        let output = self.ask("ResolveCase", Idempotency::Idempotent, ask).await?;
        output
            .final_case_status
            .filter(|status| !status.is_empty())
            .ok_or_else(|| unusable("ResolveCase", "the answer has no status"))
    }

    /// Puts files into `set`, or into a new one; answers its id and when it expires. A set made twice by a repeated
    /// call does no harm: only one of them is used.
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
                .config_override(with_files())
                .interceptor(call)
                .send()
        };
        // Added to an existing set, a repeated call would add the files twice.
        let idempotency = if set.is_some() { Idempotency::NotIdempotent } else { Idempotency::Idempotent };
        let output = self.ask("AddAttachmentsToSet", idempotency, ask).await?;
        let id = output
            .attachment_set_id
            .filter(|id| !id.is_empty())
            .ok_or_else(|| unusable("AddAttachmentsToSet", "the answer has no set id"))?;
        Ok((id, instant::parse_or_epoch(output.expiry_time.as_deref())))
    }

    /// A file of a case, at most 5 MB.
    ///
    /// # Errors
    /// [`AwsErrorKind::AttachmentNotFound`], [`AwsErrorKind::Invalid`] for a larger file.
    pub async fn describe_attachment(&self, attachment_id: &str) -> Result<FileBytes, AwsError> {
        let ask = |client: Client, call: Call| {
            client
                .describe_attachment()
                .attachment_id(attachment_id)
                .customize()
                .config_override(with_files())
                .interceptor(call)
                .send()
        };
        let output = self.ask("DescribeAttachment", Idempotency::Idempotent, ask).await?;
        output
            .attachment
            .and_then(convert::file)
            .ok_or_else(|| unusable("DescribeAttachment", "the answer has no attachment"))
    }

    /// What time it is at AWS, to the second. A cheap read with the client that creates: from AWS's answer the SDK
    /// learns how far this computer's clock is off, so that the next creating call is signed for the right time.
    ///
    /// # Errors
    /// Where AWS does not answer, or refuses the credentials. A refusal for a wrong clock or of this one read is
    /// none: that answer tells the time too.
    pub async fn server_time(&self) -> Result<Millis, AwsError> {
        const OPERATION: &str = "DescribeSeverityLevels";
        let ask = |client: Client, call: Call| {
            client.describe_severity_levels().language(LANGUAGE).customize().interceptor(call).send()
        };
        let (asked, call) = self.ask_and_see(OPERATION, Idempotency::NotIdempotent, ask).await;
        match asked {
            Err(error) if !matches!(error.kind, AwsErrorKind::ClockSkew | AwsErrorKind::AccessDenied) => {
                Err(error)
            }
            Ok(_) | Err(_) => call.date().ok_or_else(|| unusable(OPERATION, "the answer has no date")),
        }
    }
}

fn with_files() -> aws_sdk_support::config::Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .operation_attempt_timeout(ATTEMPT_WITH_FILES)
        .build();
    Config::builder().timeout_config(timeouts)
}

pub(super) fn failed<E>(
    operation: &'static str,
    call: &Call,
) -> impl FnOnce(SdkError<E, HttpResponse>) -> AwsError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    move |error| {
        let error_known = classify(operation, call, &error);
        tracing::debug!(operation, kind = ?error_known.kind, request_id = ?error_known.request_id, "a call failed");
        error_known
    }
}

/// AWS answered, but without what the answer is for: it may well have done what was asked.
fn unusable(operation: &'static str, message: &str) -> AwsError {
    AwsError { operation, kind: AwsErrorKind::AnswerLost, message: message.to_owned(), request_id: None }
}

/// A list that AWS was asked for. AWS gives an empty list where there is nothing; an answer with no list at all is a
/// gateway's, and taken for an empty list it would say that what was sent has not arrived and that all cases are gone.
pub(super) fn listed<T>(operation: &'static str, list: Option<T>) -> Result<T, AwsError> {
    list.ok_or_else(|| AwsError {
        operation,
        kind: AwsErrorKind::NotAws,
        message: "the answer has no list".to_owned(),
        request_id: None,
    })
}

/// Whether this can be the id of a case: `case-` and letters, digits and hyphens. AWS does not document more of its form.
fn is_plausible_case_id(id: &str) -> bool {
    id.len() <= LONGEST_CASE_ID
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
        assert!(!is_plausible_case_id(&format!("case-{}", "1".repeat(LONGEST_CASE_ID))));
    }
}
