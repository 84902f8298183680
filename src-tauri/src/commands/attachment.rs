//! Files: chosen by a native dialog, dropped onto the window, saved from a case.

use crate::{contract::DropTarget, dialogs, state::App};
use desk_core::{
    Problem,
    attachment::{DraftFile, FileId},
    case::CaseKey,
    report::DraftId,
};
use std::sync::PoisonError;

pub(crate) async fn file_choose(app: &App, draft: DraftId) -> Result<Vec<DraftFile>, Problem> {
    let desk = app.desk().await?;
    let chosen = dialogs::choose_files(&app.handle).await?;
    desk.attachments.add(&draft, chosen).await
}

pub(crate) async fn file_remove(app: &App, draft: DraftId, file: FileId) -> Result<(), Problem> {
    app.desk().await?.attachments.remove(&draft, &file).await
}

pub(crate) async fn file_save(
    app: &App,
    case: CaseKey,
    attachment_id: String,
) -> Result<Option<String>, Problem> {
    let desk = app.desk().await?;
    let (account, name) = desk.cases.attachment(&case, &attachment_id).await?;
    let Some(place) = dialogs::choose_place(&app.handle, name).await? else { return Ok(None) };
    let support = desk.accounts.support(&account).await?;
    desk.attachments.fetch(&support, &attachment_id, &place).await?;
    Ok(Some(place.display().to_string()))
}

pub(crate) async fn drop_target(app: &App, target: DropTarget) -> Result<(), Problem> {
    *app.drop_target.lock().unwrap_or_else(PoisonError::into_inner) = target;
    Ok(())
}
