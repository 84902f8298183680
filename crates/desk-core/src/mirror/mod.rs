//! What AWS has: the mirror of its cases and their communications in `cases.db`, written by a sync and by delivery.
//!
//! Writes run inside the caller's transaction, so that rows and the events about them are there together or not at all.
//! Everything may be repeated: what is known already changes nothing and tells nothing. Each table's SQL stands in one
//! file; other rooms call its functions or read from its fragments.

mod author;
pub(crate) mod communications;
mod derive;
pub(crate) mod events;
mod facts;
pub(crate) mod former_keys;
mod gap;
pub(crate) mod incident;
mod own;
mod record;
mod same_text;
pub(crate) mod search;
pub(crate) mod sync_state;
mod types;

pub(crate) use author::{is_eco, readable};
pub(crate) use derive::{DERIVATION, derive_anew};
pub(crate) use facts::waiting;
pub use gap::Gap;
pub(crate) use incident::{CreatedCase, put_created, put_gone, put_status};
pub(crate) use record::{Known, Observed, Own, Put, Reach, put_record};
pub use same_text::{carries, is_text, resembles};
pub use types::*;

use desk_model::AccountId;
use desk_store::StoreError;
use rusqlite::{Connection, Transaction};

/// Deletes everything of an account. Its communications and events fall with its cases.
pub(crate) fn forget_account(tx: &Transaction<'_>, account: &AccountId) -> Result<(), StoreError> {
    incident::delete_of(tx, account)?;
    sync_state::delete(tx, account)?;
    search::merge(tx)
}

/// Every account of which the mirror holds anything.
pub(crate) fn accounts(sqlite: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let mut accounts = incident::accounts(sqlite)?;
    accounts.extend(sync_state::accounts(sqlite)?);
    accounts.sort_by(|a, b| a.0.cmp(&b.0));
    accounts.dedup();
    Ok(accounts)
}

#[cfg(test)]
mod tests;
