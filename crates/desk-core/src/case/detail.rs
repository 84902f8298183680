//! What the screen of one case shows beside its row and its correspondence.

use super::{CaseDetail, CaseRow, Presence, correspondence};
use crate::{
    account::{Account, CredentialSource},
    delivery::{entries, rating},
    mirror::incident,
    report::{Catalogue, hand_over},
};
use desk_aws::{console_url, portal_console_url};
use desk_model::{CaseKey, DAY, Millis, text::single_line};
use desk_store::StoreError;
use rusqlite::Connection;

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
    let (rating, hand_over) = (rating::get(sqlite, &key)?, hand_over::get(sqlite, &key)?);
    Ok(CaseDetail {
        reopen_until: (row.status.is_resolved() && row.presence != Presence::Archived)
            .then_some(codes.status_at + REOPEN_DAYS * DAY),
        console_url: console(account, &row),
        messages: correspondence::count(sqlite, &key, now)?,
        problem: entries::problem_of(sqlite, &key)?,
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
    let Some(head) = incident::head(sqlite, key)? else { return Ok(None) };
    let cc: Vec<String> = serde_json::from_str(&head.cc)?;
    Ok(Some(Codes {
        service_code: head.service_code,
        category_code: head.category_code,
        submitted_by: head.submitted_by.map(|author| single_line(&author)),
        cc: cc.iter().map(|address| single_line(address)).collect(),
        status_at: head.status_at,
    }))
}

fn of_outbox(sqlite: &Connection, key: &CaseKey) -> Result<Option<Codes>, StoreError> {
    Ok(entries::report_request_of(sqlite, key)?.map(|report| Codes {
        service_code: report.service_code,
        category_code: report.category_code.unwrap_or_default(),
        cc: report.cc,
        ..Codes::default()
    }))
}

/// The names of service and category, as AWS gave them when it was last asked.
fn names(
    sqlite: &Connection,
    row: &CaseRow,
    codes: &Codes,
) -> Result<(Option<String>, Option<String>), StoreError> {
    let services = Catalogue::read(sqlite, &row.account)?.services;
    let service = services.into_iter().find(|service| service.code == codes.service_code);
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
