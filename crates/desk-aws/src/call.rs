//! What is seen of one call while the SDK makes it: whether its request went out, and the time at AWS.

use super::instant;
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{
                BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
                BeforeTransmitInterceptorContextRef,
            },
        },
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::config_bag::ConfigBag;
use desk_model::Millis;
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicI32, Ordering},
};

/// Given to the SDK with each call; clones share what they saw.
#[derive(Debug, Clone, Default)]
pub(super) struct Call(Arc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    /// Attempts that were handed to the HTTP client and are not held back there.
    handed_over: AtomicI32,
    date: OnceLock<Millis>,
}

impl Call {
    /// Whether a request was handed to the HTTP client. Where it was not, AWS cannot have processed anything.
    pub(super) fn was_handed_over(&self) -> bool {
        self.0.handed_over.load(Ordering::SeqCst) > 0
    }

    /// Notes that an attempt has not left yet: it waits for its turn.
    pub(super) fn hold_back(&self) {
        self.0.handed_over.fetch_sub(1, Ordering::SeqCst);
    }

    /// Notes that an attempt leaves.
    pub(super) fn hand_over(&self) {
        self.0.handed_over.fetch_add(1, Ordering::SeqCst);
    }

    /// The Date header of the first answer.
    pub(super) fn date(&self) -> Option<Millis> {
        self.0.date.get().copied()
    }
}

impl Intercept for Call {
    fn name(&self) -> &'static str {
        "Call"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.hand_over();
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().add_extension(self.clone());
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(date) = context.response().headers().get("date").and_then(instant::parse_http_date) {
            // A second answer (after a retry) tells nothing more.
            let _ = self.0.date.set(date);
        }
        Ok(())
    }
}
