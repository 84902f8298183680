//! Failover between the endpoints of the Support API: the main one and its standbys.
//!
//! AWS Support is a global service: whichever endpoint is used, it is the same cases (AWS Support User Guide, "About
//! the AWS Support API"). So a call that never got through to the main endpoint is made at a standby, and what follows
//! goes there too for a while. A call that creates something goes elsewhere only where AWS certainly has not got it.

use super::{AwsError, AwsErrorKind, FailOver, Support, call::Call, support::to_aws_error};
use aws_sdk_support::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a standby is used before the main endpoint is tried again.
const FAILOVER_TTL: Duration = Duration::from_secs(10 * 60);
/// How long no standby is tried after all of them were tried in vain: it is the network then.
const RETRY_COOLDOWN: Duration = Duration::from_secs(60);

/// Whether a call may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Idempotency {
    /// The call only reads, or has the same effect when it is repeated.
    Idempotent,
    /// The call creates or adds something and must not be repeated.
    NotIdempotent,
}

/// An endpoint with its clients.
pub(super) struct PooledEndpoint {
    /// Its Region.
    pub(super) region: &'static str,
    /// A client that retries transient failures by itself.
    pub(super) retrying: Client,
    /// A client that makes one attempt.
    pub(super) single_attempt: Client,
}

/// The endpoints of one account, the main one first, and which of them is in use.
pub(super) struct EndpointPool {
    all: Vec<PooledEndpoint>,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// The standby in use, and since when.
    standby: Option<(usize, Instant)>,
    all_failed_at: Option<Instant>,
}

impl State {
    fn current(self, now: Instant) -> usize {
        self.standby
            .filter(|(_, since)| now.duration_since(*since) < FAILOVER_TTL)
            .map_or(0, |(index, _)| index)
    }

    /// Whether it makes sense to go on to the other endpoints.
    fn may_try_others(self, now: Instant) -> bool {
        self.all_failed_at.is_none_or(|since| now.duration_since(since) >= RETRY_COOLDOWN)
    }
}

impl EndpointPool {
    pub(super) fn new(all: Vec<PooledEndpoint>) -> Self {
        Self { all, state: Mutex::default() }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // A panic while it was locked cannot leave it inconsistent.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the Region of the standby in use; `None` while the main endpoint is.
    pub(super) fn standby(&self) -> Option<&'static str> {
        match self.state().current(Instant::now()) {
            0 => None,
            index => Some(self.all[index].region),
        }
    }

    fn select(&self, index: usize) {
        let known = self.state().standby;
        self.state().all_failed_at = None;
        if known.map(|(known, _)| known) != Some(index) {
            tracing::warn!(region = self.all[index].region, "AWS Support is asked at a standby endpoint");
        }
        self.state().standby = (index > 0).then(|| (index, Instant::now()));
    }
}

impl Support {
    /// Returns the Region of the standby that is in use, if the main endpoint is not.
    #[must_use]
    pub fn standby(&self) -> Option<&'static str> {
        self.endpoints.standby()
    }

    /// Makes a call, and repeats it at a standby if the current endpoint does not respond and a repetition is safe.
    pub(super) async fn send_call<O, E, F>(
        &self,
        operation: &'static str,
        idempotency: Idempotency,
        send: impl Fn(Client, Call) -> F,
    ) -> Result<O, AwsError>
    where
        E: std::error::Error + ProvideErrorMetadata + 'static,
        F: Future<Output = Result<O, SdkError<E, HttpResponse>>>,
    {
        self.call_observed(operation, idempotency, send).await.0
    }

    /// Like [`Support::send_call`], and also returns the observer of the call that the result belongs to.
    pub(super) async fn call_observed<O, E, F>(
        &self,
        operation: &'static str,
        idempotency: Idempotency,
        send: impl Fn(Client, Call) -> F,
    ) -> (Result<O, AwsError>, Call)
    where
        E: std::error::Error + ProvideErrorMetadata + 'static,
        F: Future<Output = Result<O, SdkError<E, HttpResponse>>>,
    {
        let endpoints = &self.endpoints;
        let state = *endpoints.state();
        let now = Instant::now();
        let current = state.current(now);
        let client = |endpoint: &PooledEndpoint| match idempotency {
            Idempotency::Idempotent => endpoint.retrying.clone(),
            Idempotency::NotIdempotent => endpoint.single_attempt.clone(),
        };
        let call = Call::default();
        let outcome =
            send(client(&endpoints.all[current]), call.clone()).await.map_err(to_aws_error(operation, &call));
        let error = match &outcome {
            Err(error) if may_fail_over(error.kind, idempotency) && state.may_try_others(now) => error,
            Ok(_) | Err(_) => return (outcome, call),
        };
        tracing::info!(operation, region = endpoints.all[current].region, kind = ?error.kind, "no answer");
        for (index, endpoint) in endpoints.all.iter().enumerate().filter(|(index, _)| *index != current) {
            let call = Call::default();
            // One attempt is enough to find out whether the endpoint responds.
            let outcome = send(endpoint.single_attempt.clone(), call.clone())
                .await
                .map_err(to_aws_error(operation, &call));
            match &outcome {
                Ok(_) => {}
                Err(error) if error.kind.properties().is_authoritative => {}
                // The caller has to know that AWS may have processed it.
                Err(error) if idempotency == Idempotency::NotIdempotent && !error.kind.is_unprocessed() => {
                    return (outcome, call);
                }
                Err(_) => continue,
            }
            endpoints.select(index);
            return (outcome, call);
        }
        endpoints.state().all_failed_at = (endpoints.all.len() > 1).then_some(now);
        (outcome, call)
    }
}

/// Whether the failure allows another endpoint to be tried.
fn may_fail_over(kind: AwsErrorKind, idempotency: Idempotency) -> bool {
    match kind.properties().fail_over {
        FailOver::Always => true,
        FailOver::IfIdempotent => idempotency == Idempotency::Idempotent,
        FailOver::Never => false,
    }
}

#[cfg(test)]
mod tests;
