//! Files: chosen by a native dialog, dropped onto the window, saved from a case.

use crate::{
    contract::{DropMount, DropTarget},
    dialogs,
    file_opening::FileOpening,
    state::App,
};
use desk_core::{
    attachment::{DraftFile, FileId},
    report::DraftId,
};
use desk_model::{CaseKey, Problem, ProblemCode};

pub(crate) async fn file_choose(app: &App, draft: DraftId) -> Result<Vec<DraftFile>, Problem> {
    let desk = app.desk().await?;
    let chosen = dialogs::choose_files(&app.handle).await?;
    // The same rules as for a drop. A person may well choose a link; told so, they choose what it leads to.
    let opened = tokio::task::spawn_blocking(|| FileOpening::of_dropped(chosen, None).finish()).await;
    let opened = opened.map_err(|_| {
        Problem::new(ProblemCode::Internal, "The chosen files could not be opened. Choose them again.")
    })?;
    desk.attachments.add(&draft, opened).await
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

pub(crate) async fn drop_mount(app: &App, mount: DropMount, target: DropTarget) -> Result<(), Problem> {
    app.drop_targets.mount(mount, target);
    Ok(())
}

pub(crate) async fn drop_unmount(app: &App, mount: DropMount) -> Result<(), Problem> {
    app.drop_targets.unmount(mount);
    Ok(())
}
