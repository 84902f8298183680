//! Cases and their correspondence.

use crate::{links, state::App};
use desk_core::case::{CaseCounts, CaseDetail, CasePage, CaseQuery, Correspondence, Rating};
use desk_model::{CaseKey, Problem, ProblemCode};

pub(crate) async fn case_list(app: &App, query: CaseQuery) -> Result<CasePage, Problem> {
    app.desk().await?.cases.list(query).await
}

pub(crate) async fn case_counts(app: &App) -> Result<CaseCounts, Problem> {
    app.desk().await?.cases.counts().await
}

pub(crate) async fn case_get(app: &App, case: CaseKey) -> Result<CaseDetail, Problem> {
    app.desk().await?.cases.get(&case).await
}

pub(crate) async fn case_correspondence(
    app: &App,
    case: CaseKey,
    recent: u32,
) -> Result<Correspondence, Problem> {
    app.desk().await?.cases.correspondence(&case, recent).await
}

pub(crate) async fn case_seen(app: &App, case: CaseKey) -> Result<(), Problem> {
    app.desk().await?.cases.seen(&case).await
}

pub(crate) async fn case_mark(app: &App, cases: Vec<CaseKey>, unread: bool) -> Result<(), Problem> {
    app.desk().await?.cases.mark(&cases, unread).await
}

pub(crate) async fn case_resolve(app: &App, case: CaseKey, rating: Option<Rating>) -> Result<(), Problem> {
    app.desk().await?.outbox.resolve(&case, rating).await
}

pub(crate) async fn case_rate(app: &App, case: CaseKey, rating: Rating) -> Result<(), Problem> {
    app.desk().await?.cases.rate(&case, rating).await
}

pub(crate) async fn case_open_console(app: &App, case: CaseKey) -> Result<(), Problem> {
    let detail = app.desk().await?.cases.get(&case).await?;
    let Some(url) = detail.console_url else {
        return Err(Problem::new(
            ProblemCode::NotFound,
            "This incident has no page in Support Center yet. Try again when it has its number.",
        ));
    };
    // The address is made in the core, of what AWS has told.
    links::open(&url, true).map(drop)
}

pub(crate) async fn case_hand_over_done(app: &App, case: CaseKey) -> Result<(), Problem> {
    app.desk().await?.cases.hand_over_done(&case).await
}
