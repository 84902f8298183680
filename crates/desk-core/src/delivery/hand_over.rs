//! Calls and chats that the user still has to start: the table `hand_over`, whose rows go when it is done or dismissed.

use crate::draft::{ContactMethod, PhoneContact};
use desk_model::CaseKey;
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A call or chat that the user still has to start in Support Center.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandOver {
    /// Phone or Chat.
    pub method: ContactMethod,
    /// What to enter there for a call.
    pub phone: PhoneContact,
}

/// The open call or chat of a case. Runs on a connection that sees `desk.db`.
pub(crate) fn get(desk: &Connection, case: &CaseKey) -> Result<Option<HandOver>, StoreError> {
    let select = "SELECT hand_over FROM hand_over WHERE case_key = ?1";
    let json: Option<String> =
        desk.prepare_cached(select)?.query_row([&case.0], |row| row.get(0)).optional()?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// Keeps the open call or chat of a case.
pub(crate) fn put(desk: &Transaction<'_>, case: &CaseKey, hand_over: &HandOver) -> Result<(), StoreError> {
    let insert = "INSERT OR REPLACE INTO hand_over (case_key, hand_over) VALUES (?1, ?2)";
    desk.execute(insert, [&case.0, &serde_json::to_string(hand_over)?])?;
    Ok(())
}

/// Deletes the open call or chat of a case.
pub(crate) fn forget(desk: &Transaction<'_>, case: &CaseKey) -> Result<(), StoreError> {
    desk.prepare_cached("DELETE FROM hand_over WHERE case_key = ?1")?.execute([&case.0])?;
    Ok(())
}
