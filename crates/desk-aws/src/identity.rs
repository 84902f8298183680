//! The identity behind credentials: STS GetCallerIdentity, which needs no permission and cannot be denied (AWS STS API
//! Reference).

use super::{
    AwsError, AwsTransport, Endpoint,
    call::Call,
    hosts,
    support::{ATTEMPT_TIMEOUT, CONNECT_TIMEOUT, CREDENTIALS_TIMEOUT, READ_ATTEMPTS, to_aws_error},
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::{
    Client, Config,
    config::{BehaviorVersion, IdentityCache, Region, retry::RetryConfig, timeout::TimeoutConfig},
};
use desk_model::{Millis, Partition};

/// The identity of a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The twelve digits of the account.
    pub account_number: String,
    /// The Amazon Resource Name of the user or of the session of a role.
    pub arn: String,
}

/// Asks STS of `partition` for the identity behind `credentials`; also returns the time at AWS. `None` if AWS Support
/// is replaced by a custom or in-process endpoint, which has no STS.
///
/// # Errors
/// Where no credentials can be had, where they are not taken, or where STS does not answer.
pub async fn caller(
    credentials: SharedCredentialsProvider,
    partition: Partition,
    transport: &AwsTransport,
) -> Result<Option<(Caller, Option<Millis>)>, AwsError> {
    match transport.endpoint {
        Endpoint::ByPartition | Endpoint::Emulated { .. } => {}
        Endpoint::Override(_) | Endpoint::InProcess(_) => return Ok(None),
    }
    let call = Call::default();
    let client = Client::from_conf(config(credentials, partition, transport));
    let asked = client.get_caller_identity().customize().interceptor(call.clone());
    let output = asked.send().await.map_err(to_aws_error("GetCallerIdentity", &call))?;
    let caller =
        Caller { account_number: output.account.unwrap_or_default(), arn: output.arn.unwrap_or_default() };
    Ok(Some((caller, call.date())))
}

/// Builds the configuration of an STS client.
pub(super) fn config(
    credentials: SharedCredentialsProvider,
    partition: Partition,
    transport: &AwsTransport,
) -> Config {
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(hosts::region(partition)))
        .credentials_provider(credentials)
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_TIMEOUT).build())
        .retry_config(RetryConfig::standard().with_max_attempts(READ_ATTEMPTS))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(CONNECT_TIMEOUT)
                .operation_attempt_timeout(ATTEMPT_TIMEOUT)
                .build(),
        );
    config.set_http_client(Some(transport.sign_in()));
    config.build()
}
