//! [`Call`]: an SDK interceptor that observes one call: whether its request was sent, and the date of the response.

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

/// Observer of one call, given to the SDK as an interceptor; clones share their state.
#[derive(Debug, Clone, Default)]
pub(super) struct Call(Arc<CallState>);

#[derive(Debug, Default)]
struct CallState {
    /// The number of attempts that were handed to the HTTP client and do not wait for the rate limit.
    handed_over: AtomicI32,
    date: OnceLock<Millis>,
}

impl Call {
    /// Whether a request was handed to the HTTP client. If not, AWS cannot have processed anything.
    pub(super) fn was_handed_over(&self) -> bool {
        self.0.handed_over.load(Ordering::SeqCst) > 0
    }

    /// Records that an attempt waits for the rate limit and has not been sent.
    pub(super) fn hold_back(&self) {
        self.0.handed_over.fetch_sub(1, Ordering::SeqCst);
    }

    /// Records that an attempt is sent.
    pub(super) fn hand_over(&self) {
        self.0.handed_over.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns the `Date` header of the first response.
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
            // The response to a retry adds nothing.
            let _ = self.0.date.set(date);
        }
        Ok(())
    }
}
