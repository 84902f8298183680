//! The control API and the pages for people: everything about a running sim that is not the Support API itself.
//!
//! `/_eco/` is the operator's page, `/_eco/api/...` what it and any script works with, `/support/...` a stand-in for
//! Support Center. docs/CONTROL.md has the table. It is JSON in both directions; what is wrong is said as
//! `{"error": {"code", "message"}}`. Only this computer gets in, and no page of a stranger's (see `guard`).

mod account;
mod calls;
mod cases;
mod changes;
mod clock;
mod contacts;
mod direction;
mod faults;
mod guard;
mod json;
mod monitoring;
mod pages;
mod shapes;
mod state;

use axum::Router;
use axum::extract::OriginalUri;
use axum::routing::{delete, get, post, put};
use http::StatusCode;
use tokio_util::sync::CancellationToken;

use crate::eco;
use crate::error::SimError;
use crate::sim::Sim;
use json::ControlError;

/// Everything below `/_eco` and `/support`, to be merged into the door's own routes.
///
/// Streams of changes end when `stop` is cancelled, so that a server can shut down.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(sim: &Sim, stop: &CancellationToken) -> Router<S> {
    let api = Router::new()
        .route("/", get(state::index))
        .route("/state", get(state::show))
        .route("/changes", get(changes::stream))
        .route("/cases", get(cases::list).post(cases::open))
        .route("/cases/{id}", get(cases::show))
        .route("/cases/{id}/reply", post(cases::reply))
        .route("/cases/{id}/ask", post(cases::ask))
        .route("/cases/{id}/resolve", post(cases::resolve))
        .route("/cases/{id}/status", put(cases::set_status))
        .route("/cases/{id}/service", put(cases::reclassify))
        .route("/cases/{id}/severity", put(cases::set_severity))
        .route("/cases/{id}/story", post(direction::play).delete(direction::stop))
        .route("/cases/{id}/story/now", post(direction::hurry))
        .route("/attachments/{id}", get(cases::attachment))
        .route("/scenario", get(direction::show).patch(direction::change))
        .route("/monitoring", get(monitoring::list).post(monitoring::raise))
        .route("/monitoring/{id}", put(monitoring::settle))
        .route("/contacts", get(contacts::list))
        .route("/contacts/{id}/take", post(contacts::take))
        .route("/contacts/{id}/lines", post(contacts::say_as_eco))
        .route("/contacts/{id}/end", post(contacts::end_by_eco))
        .route("/clock", get(clock::show).put(clock::set))
        .route("/clock/step", post(clock::step))
        .route("/tick", post(clock::tick))
        .route("/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/faults/{id}", delete(faults::remove))
        .route("/account", get(account::show).patch(account::change))
        .route("/account/customers", post(account::admit))
        .route("/account/customers/{id}", delete(account::revoke))
        .route("/calls", get(calls::list).delete(calls::clear))
        .route("/reset", post(state::reset))
        .fallback(nothing_there)
        .method_not_allowed_fallback(not_so);
    let customer = Router::new()
        .route("/cases/{id}", get(contacts::customer_case))
        .route("/cases/{id}/contacts", post(contacts::begin))
        .route("/contacts/{id}/lines", post(contacts::say_as_customer))
        .route("/contacts/{id}/end", post(contacts::end_by_customer))
        .route("/changes", get(changes::stream))
        .fallback(nothing_there)
        .method_not_allowed_fallback(not_so);
    Router::new()
        .nest("/_eco/api", api)
        .nest("/support/api", customer)
        .merge(pages::routes())
        .layer(axum::extract::DefaultBodyLimit::max(json::BODY_LIMIT))
        .layer(axum::Extension(stop.clone()))
        .layer(axum::middleware::from_fn(guard::watch))
        .with_state(sim.clone())
}

impl Sim {
    /// Forgets all cases, files, faults and calls, on disk too. The account, its callers, its quotas and the clock stay
    /// as they are; ECO begins anew.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn reset(&self) -> Result<(), SimError> {
        self.faults().clear();
        self.clear_calls();
        let now = self.clock().now();
        let mut state = self.state();
        state.forget()?;
        eco::plan_schedules(&mut state, &self.0.options, now)
    }
}

async fn nothing_there(OriginalUri(uri): OriginalUri) -> ControlError {
    ControlError::new(
        StatusCode::NOT_FOUND,
        "NotFound",
        format!("there is nothing at {}; GET /_eco/api lists what there is", uri.path()),
    )
}

async fn not_so(method: http::Method, OriginalUri(uri): OriginalUri) -> ControlError {
    ControlError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "MethodNotAllowed",
        format!("{method} cannot be done at {}; GET /_eco/api lists what can", uri.path()),
    )
}
