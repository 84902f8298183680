//! The settings.

use crate::state::App;
use desk_core::settings::Settings;
use desk_model::Problem;

pub(crate) async fn settings_get(app: &App) -> Result<Settings, Problem> {
    Ok(app.desk().await?.settings.get().await?)
}

pub(crate) async fn settings_save(app: &App, settings: Settings) -> Result<Settings, Problem> {
    app.desk().await?.settings.save(settings).await
}
