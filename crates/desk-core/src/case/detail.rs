//! What the screen of one case shows beside its row and its correspondence.

use super::{CaseDetail, CaseKey, CaseRow, HandOver, Presence, Rating, correspondence};
use crate::{
    account::{Account, CredentialSource},
    aws::{ServiceRecord, console_url, portal_console_url},
    delivery::{OutboxState, Payload, Request},
    problem::Problem,
    store::StoreError,
    text::single_line,
    time::{DAY, Millis},
};
use rusqlite::{Connection, OptionalExtension as _, types::FromSql};

/// How many days a resolved case can be reopened by a reply (AWS Support user guide).
pub const REOPEN_DAYS: Millis = 14;

/// The codes and contacts of a case, from the mirror or from what was sent.
#[derive(Debug, Default)]
struct Codes {
    service_code: String,
    category_code: String,
    submitted_by: Option<String>,
    cc: Vec<String>,
    status_at: Millis,
}

/// Reads the detail of the case in `row`. Runs on a connection that sees `desk`.
pub(super) fn read(
    sqlite: &Connection,
    row: CaseRow,
    account: Option<&Account>,
    now: Millis,
) -> Result<CaseDetail, StoreError> {
    let key = row.key.clone();
    let codes = match of_mirror(sqlite, &key)? {
        Some(codes) => codes,
        None => of_outbox(sqlite, &key)?.unwrap_or_default(),
    };
    let (service_name, category_name) = names(sqlite, &row, &codes)?;
    let rating: Option<Rating> = json(sqlite, "SELECT rating FROM desk.rating WHERE case_key = ?1", &key)?;
    let hand_over: Option<HandOver> =
        json(sqlite, "SELECT hand_over FROM desk.hand_over WHERE case_key = ?1", &key)?;
    Ok(CaseDetail {
        reopen_until: (row.status.is_resolved() && row.presence != Presence::Archived)
            .then_some(codes.status_at + REOPEN_DAYS * DAY),
        console_url: console(account, &row),
        messages: correspondence::count(sqlite, &key, now)?,
        problem: problem(sqlite, &key)?,
        service_code: codes.service_code,
        service_name,
        category_code: codes.category_code,
        category_name,
        submitted_by: codes.submitted_by,
        cc: codes.cc,
        rating,
        hand_over,
        row,
    })
}

fn of_mirror(sqlite: &Connection, key: &CaseKey) -> Result<Option<Codes>, StoreError> {
    let select =
        "SELECT service_code, category_code, submitted_by, cc, status_at FROM main.incident WHERE key = ?1";
    let mut select = sqlite.prepare_cached(select)?;
    let mut rows = select.query([&key.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Codes {
        service_code: row.get(0)?,
        category_code: row.get(1)?,
        submitted_by: row.get::<_, Option<String>>(2)?.map(|author| single_line(&author)),
        cc: serde_json::from_str::<Vec<String>>(&row.get::<_, String>(3)?)?
            .iter()
            .map(|address| single_line(address))
            .collect(),
        status_at: row.get(4)?,
    }))
}

fn of_outbox(sqlite: &Connection, key: &CaseKey) -> Result<Option<Codes>, StoreError> {
    let select = "SELECT payload FROM desk.outbox WHERE case_key = ?1 AND kind = 'report'";
    let payload: Option<Payload> = json(sqlite, select, key)?;
    Ok(match payload.map(|payload| payload.request) {
        Some(Request::Report(report)) => Some(Codes {
            service_code: report.service_code,
            category_code: report.category_code.unwrap_or_default(),
            cc: report.cc,
            ..Codes::default()
        }),
        Some(Request::Reply(_) | Request::Resolve) | None => None,
    })
}

/// The names of service and category, as AWS gave them when it was last asked.
fn names(
    sqlite: &Connection,
    row: &CaseRow,
    codes: &Codes,
) -> Result<(Option<String>, Option<String>), StoreError> {
    let select = "SELECT value FROM desk.catalogue WHERE account = ?1 AND what = 'services'";
    let services: Option<Vec<ServiceRecord>> = json(sqlite, select, &CaseKey(row.account.0.clone()))?;
    let service = services.unwrap_or_default().into_iter().find(|service| service.code == codes.service_code);
    let Some(service) = service else { return Ok((None, None)) };
    let category = service.categories.into_iter().find(|category| category.code == codes.category_code);
    Ok((Some(service.name), category.map(|category| category.name)))
}

fn console(account: Option<&Account>, row: &CaseRow) -> Option<String> {
    let account = account?;
    let address = || row.display_id.as_deref().map(|number| console_url(account.partition, number));
    match &account.source {
        CredentialSource::Demo => None,
        CredentialSource::Profile { .. } | CredentialSource::AccessKey { .. } => address(),
        CredentialSource::Portal { start_url, account_number, role, .. } => {
            address().map(|address| portal_console_url(start_url, account_number, role, &address))
        }
    }
}

/// Why the first entry of the outbox for a case does not get through.
fn problem(sqlite: &Connection, key: &CaseKey) -> Result<Option<Problem>, StoreError> {
    let select =
        "SELECT state FROM desk.outbox WHERE case_key = ?1 AND done_at IS NULL ORDER BY position LIMIT 1";
    let state: Option<OutboxState> = json(sqlite, select, key)?;
    Ok(match state {
        Some(OutboxState::Waiting { problem, .. } | OutboxState::Stopped { problem }) => Some(problem),
        Some(OutboxState::Queued | OutboxState::Sending { .. } | OutboxState::Checking { .. }) | None => None,
    })
}

fn json<T: serde::de::DeserializeOwned>(
    sqlite: &Connection,
    select: &str,
    key: &CaseKey,
) -> Result<Option<T>, StoreError>
where
    String: FromSql,
{
    let text: Option<String> =
        sqlite.prepare_cached(select)?.query_row([&key.0], |row| row.get(0)).optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}
