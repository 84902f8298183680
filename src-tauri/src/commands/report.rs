//! Drafts of reports and replies.

use crate::state::App;
use desk_core::{
    report::{
        ContactOptions, Draft, DraftContent, DraftId, DraftSaved, ReadContacts, ReportForm, ReportPreview,
        Service, read_contacts,
    },
    suggest::Suggestions,
};
use desk_model::{AccountId, CaseKey, Problem};

pub(crate) async fn draft_begin(app: &App) -> Result<Draft, Problem> {
    app.desk().await?.reports.begin().await
}

pub(crate) async fn draft_get(app: &App, draft: DraftId) -> Result<Draft, Problem> {
    app.desk().await?.reports.get(&draft).await
}

pub(crate) async fn draft_list(app: &App) -> Result<Vec<Draft>, Problem> {
    app.desk().await?.reports.list().await
}

pub(crate) async fn draft_save(
    app: &App,
    draft: DraftId,
    content: DraftContent,
) -> Result<DraftSaved, Problem> {
    app.desk().await?.reports.save(&draft, content).await
}

pub(crate) async fn draft_discard(app: &App, draft: DraftId) -> Result<(), Problem> {
    app.desk().await?.reports.discard(&draft).await
}

pub(crate) async fn draft_close(app: &App, draft: DraftId) -> Result<bool, Problem> {
    app.desk().await?.reports.close(&draft).await
}

/// Needs no desk: it only reads the text.
pub(crate) async fn contacts_read(_app: &App, text: String) -> Result<ReadContacts, Problem> {
    Ok(read_contacts(&text))
}

pub(crate) async fn reply_draft(app: &App, case: CaseKey) -> Result<Draft, Problem> {
    app.desk().await?.reports.reply_draft(&case).await
}

pub(crate) async fn report_form(app: &App, account: AccountId) -> Result<ReportForm, Problem> {
    app.desk().await?.reports.form(&account).await
}

pub(crate) async fn contact_options(
    app: &App,
    account: AccountId,
    service: Service,
    category_code: Option<String>,
) -> Result<ContactOptions, Problem> {
    app.desk().await?.reports.contact_options(&account, service, category_code).await
}

pub(crate) async fn report_preview(app: &App, draft: DraftId) -> Result<ReportPreview, Problem> {
    app.desk().await?.reports.preview(&draft).await
}

pub(crate) async fn report_suggestions(app: &App, draft: DraftId) -> Result<Suggestions, Problem> {
    app.desk().await?.suggest.suggest(&draft).await
}

pub(crate) async fn draft_submit(app: &App, draft: DraftId) -> Result<CaseKey, Problem> {
    let desk = app.desk().await?;
    let case = desk.reports.submit(&draft).await?;
    desk.outbox.wake();
    Ok(case)
}
