//! The endpoints of one account's Support API: the main one, and those that stand in for it.
//!
//! AWS Support is a global service: whichever endpoint is used, it is the same cases (AWS Support User Guide, "About the
//! AWS Support API"). So a call that never got through to the main endpoint is made at a standby, and what follows goes
//! there too for a while. A call that creates something goes elsewhere only where AWS certainly has not got it.

use super::{AwsError, AwsErrorKind, FailOver, Support, call::Call, support::failed};
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

/// Whether a call does the same when it is made twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Idempotency {
    /// It only reads, or does no harm twice: it may be repeated.
    Idempotent,
    /// It creates or adds something: it is made once.
    NotIdempotent,
}

/// An endpoint and its clients.
pub(super) struct PooledEndpoint {
    /// Its Region.
    pub(super) region: &'static str,
    /// Repeats by itself what fails in passing.
    pub(super) reads: Client,
    /// Never repeats.
    pub(super) writes: Client,
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
            .map_or(0, |(place, _)| place)
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
        // It is whole whatever panicked while it was held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The Region of the standby in use; `None` while the main endpoint is.
    pub(super) fn standby(&self) -> Option<&'static str> {
        match self.state().current(Instant::now()) {
            0 => None,
            place => Some(self.all[place].region),
        }
    }

    fn uses(&self, place: usize) {
        let known = self.state().standby;
        self.state().all_failed_at = None;
        if known.map(|(place, _)| place) != Some(place) {
            tracing::warn!(region = self.all[place].region, "AWS Support is asked at a standby endpoint");
        }
        self.state().standby = (place > 0).then(|| (place, Instant::now()));
    }
}

impl Support {
    /// The Region of the standby that stands in for the main endpoint just now, where one does.
    #[must_use]
    pub fn standby(&self) -> Option<&'static str> {
        self.endpoints.standby()
    }

    /// Makes a call, at a standby where the endpoint in use does not answer.
    pub(super) async fn ask<O, E, F>(
        &self,
        operation: &'static str,
        idempotency: Idempotency,
        send: impl Fn(Client, Call) -> F,
    ) -> Result<O, AwsError>
    where
        E: std::error::Error + ProvideErrorMetadata + 'static,
        F: Future<Output = Result<O, SdkError<E, HttpResponse>>>,
    {
        self.ask_and_see(operation, idempotency, send).await.0
    }

    /// As [`Support::ask`], with what was seen of the call that the answer is of.
    pub(super) async fn ask_and_see<O, E, F>(
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
        let client = |place: &PooledEndpoint| match idempotency {
            Idempotency::Idempotent => place.reads.clone(),
            Idempotency::NotIdempotent => place.writes.clone(),
        };
        let call = Call::default();
        let asked =
            send(client(&endpoints.all[current]), call.clone()).await.map_err(failed(operation, &call));
        let error = match &asked {
            Err(error) if may_fail_over(error.kind, idempotency) && state.may_try_others(now) => error,
            Ok(_) | Err(_) => return (asked, call),
        };
        tracing::info!(operation, region = endpoints.all[current].region, kind = ?error.kind, "no answer");
        for (index, place) in endpoints.all.iter().enumerate().filter(|(index, _)| *index != current) {
            let call = Call::default();
            // Not repeated: it is tried whether anybody is there.
            let outcome = send(place.writes.clone(), call.clone()).await.map_err(failed(operation, &call));
            match &outcome {
                Ok(_) => {}
                Err(error) if error.kind.properties().is_authoritative => {}
                // Whoever asked has to know that it may have been done there.
                Err(error) if idempotency == Idempotency::NotIdempotent && !error.kind.is_unprocessed() => {
                    return (outcome, call);
                }
                Err(_) => continue,
            }
            endpoints.uses(index);
            return (outcome, call);
        }
        endpoints.state().all_failed_at = (endpoints.all.len() > 1).then_some(now);
        (asked, call)
    }
}

/// Whether the endpoint did not answer, so that another one may.
fn may_fail_over(kind: AwsErrorKind, idempotency: Idempotency) -> bool {
    match kind.properties().fail_over {
        FailOver::Always => true,
        FailOver::IfIdempotent => idempotency == Idempotency::Idempotent,
        FailOver::Never => false,
    }
}

#[cfg(test)]
mod tests;
