//! What lies on the disk: what was rescued of it, its backups, and what a bug report needs.

use crate::{ending, state::App};
use desk_core::{
    desk::BackupEntry,
    log::crash::{self, LogReport},
};
use desk_model::{Problem, ProblemCode};

pub(crate) async fn rescue_dismiss(app: &App) -> Result<(), Problem> {
    app.desk().await?.dismiss_rescue().await
}

pub(crate) async fn backup_list(app: &App) -> Result<Vec<BackupEntry>, Problem> {
    app.desk().await?.backups().await
}

pub(crate) async fn backup_restore(app: &App, name: String) -> Result<(), Problem> {
    app.desk().await?.restore_at_next_start(name).await?;
    app.restart_at_the_end();
    ending::end(app.handle.clone());
    Ok(())
}

pub(crate) async fn data_folder_open(app: &App) -> Result<(), Problem> {
    tauri_plugin_opener::open_path(&app.data_dir, None::<&str>).map_err(|_| {
        tracing::warn!("no file manager came up");
        let message = format!("No file manager came up. Open the folder {} by hand.", app.data_dir.display());
        Problem::new(ProblemCode::Internal, message)
    })
}

pub(crate) async fn log_report(app: &App) -> Result<LogReport, Problem> {
    Ok(LogReport::read(&app.data_dir.join("logs")))
}

pub(crate) async fn crash_dismiss(app: &App) -> Result<(), Problem> {
    crash::dismiss(&app.data_dir.join("logs"));
    Ok(())
}
