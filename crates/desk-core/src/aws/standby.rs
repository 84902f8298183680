//! The endpoints of one account's Support API: the main one, and those that stand in for it.
//!
//! AWS Support is a global service: whichever endpoint is used, it is the same cases (AWS Support User Guide, "About the
//! AWS Support API"). So a call that never got through to the main endpoint is made at a standby, and what follows goes
//! there too for a while. A call that creates something goes elsewhere only where AWS certainly has not got it.

use super::{AwsError, AwsErrorKind, Support, call::Call, support::failed};
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
const STAY: Duration = Duration::from_secs(10 * 60);
/// How long no standby is tried after all of them were tried in vain: it is the network then.
const IN_VAIN: Duration = Duration::from_secs(60);

/// How a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As often as it takes: it only reads, or does no harm twice.
    Repeated,
    /// Once.
    Once,
}

/// An endpoint with the clients for it.
pub(super) struct Place {
    /// Its Region.
    pub(super) region: &'static str,
    /// Repeats by itself what fails in passing.
    pub(super) reads: Client,
    /// Never repeats.
    pub(super) writes: Client,
}

/// The endpoints, the main one first.
pub(super) struct Places {
    all: Vec<Place>,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// The standby in use, and since when.
    standby: Option<(usize, Instant)>,
    in_vain: Option<Instant>,
}

impl State {
    fn current(self, now: Instant) -> usize {
        self.standby.filter(|(_, since)| now.duration_since(*since) < STAY).map_or(0, |(place, _)| place)
    }

    /// Whether it makes sense to go on to the other endpoints.
    fn may_try_others(self, now: Instant) -> bool {
        self.in_vain.is_none_or(|since| now.duration_since(since) >= IN_VAIN)
    }
}

impl Places {
    pub(super) fn new(all: Vec<Place>) -> Self {
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
        self.state().in_vain = None;
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
        self.places.standby()
    }

    /// Makes a call, at a standby where the endpoint in use does not answer.
    pub(super) async fn ask<O, E, F>(
        &self,
        operation: &'static str,
        manner: Manner,
        send: impl Fn(Client, Call) -> F,
    ) -> Result<O, AwsError>
    where
        E: std::error::Error + ProvideErrorMetadata + 'static,
        F: Future<Output = Result<O, SdkError<E, HttpResponse>>>,
    {
        self.ask_and_see(operation, manner, send).await.0
    }

    /// As [`Support::ask`], with what was seen of the call that the answer is of.
    pub(super) async fn ask_and_see<O, E, F>(
        &self,
        operation: &'static str,
        manner: Manner,
        send: impl Fn(Client, Call) -> F,
    ) -> (Result<O, AwsError>, Call)
    where
        E: std::error::Error + ProvideErrorMetadata + 'static,
        F: Future<Output = Result<O, SdkError<E, HttpResponse>>>,
    {
        let places = &self.places;
        let state = *places.state();
        let now = Instant::now();
        let current = state.current(now);
        let client = |place: &Place| match manner {
            Manner::Repeated => place.reads.clone(),
            Manner::Once => place.writes.clone(),
        };
        let call = Call::default();
        let asked = send(client(&places.all[current]), call.clone()).await.map_err(failed(operation, &call));
        let error = match &asked {
            Err(error) if is_of_the_place(error.kind, manner) && state.may_try_others(now) => error,
            Ok(_) | Err(_) => return (asked, call),
        };
        tracing::info!(operation, region = places.all[current].region, kind = ?error.kind, "no answer");
        for (index, place) in places.all.iter().enumerate().filter(|(index, _)| *index != current) {
            let call = Call::default();
            // Not repeated: it is tried whether anybody is there.
            let outcome = send(place.writes.clone(), call.clone()).await.map_err(failed(operation, &call));
            match &outcome {
                Ok(_) => {}
                Err(error) if answers(error.kind) => {}
                // Whoever asked has to know that it may have been done there.
                Err(error) if manner == Manner::Once && !error.kind.is_unprocessed() => {
                    return (outcome, call);
                }
                Err(_) => continue,
            }
            places.uses(index);
            return (outcome, call);
        }
        places.state().in_vain = (places.all.len() > 1).then_some(now);
        (asked, call)
    }
}

/// Whether the endpoint did not answer, so that another one may.
fn is_of_the_place(kind: AwsErrorKind, manner: Manner) -> bool {
    match kind {
        AwsErrorKind::Unreachable => true,
        // Nobody knows whether it was done; it does no harm to be asked again.
        AwsErrorKind::AnswerLost | AwsErrorKind::Service => manner == Manner::Repeated,
        AwsErrorKind::TlsRefused
        | AwsErrorKind::ProxyRefused
        | AwsErrorKind::NotAws
        | AwsErrorKind::NoCredentials
        | AwsErrorKind::NoKeyring
        | AwsErrorKind::NotAssigned
        | AwsErrorKind::CodeNeeded
        | AwsErrorKind::WrongCredentials
        | AwsErrorKind::Expired
        | AwsErrorKind::AccessDenied
        | AwsErrorKind::PlanMissing
        | AwsErrorKind::ClockSkew
        | AwsErrorKind::Throttled
        | AwsErrorKind::CaseQuota
        | AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetGone
        | AwsErrorKind::SetFull
        | AwsErrorKind::Invalid => false,
    }
}

/// Whether a refusal of a standby is AWS Support's word on what was asked. Whoever may not use this Region (a company
/// can forbid it) is told of the main endpoint.
fn answers(kind: AwsErrorKind) -> bool {
    match kind {
        AwsErrorKind::CaseQuota
        | AwsErrorKind::CaseNotFound
        | AwsErrorKind::AttachmentNotFound
        | AwsErrorKind::SetGone
        | AwsErrorKind::SetFull
        | AwsErrorKind::PlanMissing
        | AwsErrorKind::Throttled
        | AwsErrorKind::Invalid => true,
        AwsErrorKind::Unreachable
        | AwsErrorKind::TlsRefused
        | AwsErrorKind::ProxyRefused
        | AwsErrorKind::NotAws
        | AwsErrorKind::AnswerLost
        | AwsErrorKind::Service
        | AwsErrorKind::NoCredentials
        | AwsErrorKind::NoKeyring
        | AwsErrorKind::NotAssigned
        | AwsErrorKind::CodeNeeded
        | AwsErrorKind::WrongCredentials
        | AwsErrorKind::Expired
        | AwsErrorKind::AccessDenied
        | AwsErrorKind::ClockSkew => false,
    }
}

#[cfg(test)]
mod tests;
