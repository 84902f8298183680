//! Who the credentials belong to: STS GetCallerIdentity, which needs no permission and cannot be denied (AWS STS API
//! Reference).

use super::{
    AwsError, AwsTransport, Endpoint,
    call::Call,
    hosts,
    support::{ATTEMPT, CONNECT, CREDENTIALS, READ_ATTEMPTS, failed},
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::{
    Client, Config,
    config::{BehaviorVersion, IdentityCache, Region, retry::RetryConfig, timeout::TimeoutConfig},
};
use desk_model::{Millis, Partition};

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The twelve digits of the account.
    pub account_number: String,
    /// The Amazon Resource Name of the user or of the session of a role.
    pub arn: String,
}

/// Asks whom `credentials` belong to, at the STS of `partition`; with it comes the time at AWS. `None` where only
/// AWS Support is replaced by something else: there is nobody to ask then.
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
    let output = asked.send().await.map_err(failed("GetCallerIdentity", &call))?;
    let caller =
        Caller { account_number: output.account.unwrap_or_default(), arn: output.arn.unwrap_or_default() };
    Ok(Some((caller, call.date())))
}

/// How STS of a partition is asked.
pub(super) fn config(
    credentials: SharedCredentialsProvider,
    partition: Partition,
    transport: &AwsTransport,
) -> Config {
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(hosts::region(partition)))
        .credentials_provider(credentials)
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS).build())
        .retry_config(RetryConfig::standard().with_max_attempts(READ_ATTEMPTS))
        .timeout_config(
            TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT).build(),
        );
    config.set_http_client(Some(transport.sign_in()));
    config.build()
}
