//! Following AWS.

use crate::state::App;
use desk_core::sync::SyncStatus;
use desk_model::Problem;

pub(crate) async fn sync_now(app: &App) -> Result<(), Problem> {
    app.desk().await?.sync.wake_all();
    Ok(())
}

pub(crate) async fn sync_status(app: &App) -> Result<Vec<SyncStatus>, Problem> {
    Ok(app.desk().await?.sync.status().await?)
}
