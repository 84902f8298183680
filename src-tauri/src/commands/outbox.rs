//! What waits to be sent.

use crate::state::App;
use desk_core::{
    delivery::{OutboxEntry, OutboxId},
    report::DraftId,
};
use desk_model::Problem;

pub(crate) async fn outbox_list(app: &App) -> Result<Vec<OutboxEntry>, Problem> {
    app.desk().await?.outbox.list().await
}

pub(crate) async fn outbox_retry(app: &App, entry: OutboxId) -> Result<(), Problem> {
    app.desk().await?.outbox.retry(&entry).await
}

pub(crate) async fn outbox_send_again(app: &App, entry: OutboxId) -> Result<(), Problem> {
    app.desk().await?.outbox.send_again(&entry).await
}

pub(crate) async fn outbox_edit(app: &App, entry: OutboxId) -> Result<DraftId, Problem> {
    app.desk().await?.outbox.edit(&entry).await
}

pub(crate) async fn outbox_discard(app: &App, entry: OutboxId) -> Result<(), Problem> {
    app.desk().await?.outbox.discard(&entry).await
}
