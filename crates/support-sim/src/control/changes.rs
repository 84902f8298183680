//! Server-sent events that tell pages to reload because something has changed. They do not say what, so that a page
//! that missed one need not catch up.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::sim::Sim;

/// Minimum interval between two events.
const PAUSE: Duration = Duration::from_millis(150);

pub(super) async fn stream(
    State(sim): State<Sim>,
    Extension(stop): Extension<CancellationToken>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let first = (sim.changes(), true);
    let events = unfold(first, move |(mut changes, first): (watch::Receiver<u64>, bool)| {
        let stop = stop.clone();
        async move {
            if !first {
                tokio::select! {
                    () = stop.cancelled() => return None,
                    changed = changes.changed() => changed.ok()?,
                }
                tokio::time::sleep(PAUSE).await;
            }
            let revision = *changes.borrow_and_update();
            let event = Event::default().event("change").data(revision.to_string());
            Some((Ok(event), (changes, false)))
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
