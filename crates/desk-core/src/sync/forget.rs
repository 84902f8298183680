//! Forgetting an account: what hangs on it and on its cases, in both files.
//!
//! Within a file a foreign key lets it fall. What a foreign key cannot reach is declared here: what `desk.db` keeps of a
//! case by its key alone (the case is a row of the other file), and what of an account has no foreign key.

use super::Sync;
use crate::{
    case::marks,
    delivery::{entries, hand_over, links, rating},
    draft::rows as drafts,
    mirror::{self, incident},
};
use desk_model::{AccountId, CaseKey, Change, Problem};
use desk_store::StoreError;
use rusqlite::Transaction;

/// Deletes from `desk.db` what one room keeps of a case.
type Forget = fn(&Transaction<'_>, &CaseKey) -> Result<(), StoreError>;

/// What `desk.db` keeps of a case by its key. A mirror that is made anew lets none of it fall.
const HANGS_ON_A_CASE: [Forget; 4] = [marks::forget, rating::forget, hand_over::forget, drafts::forget_reply];

/// Deletes from `desk.db` what hangs on an account without a foreign key, before its own row goes. Answers `false`, and
/// deletes nothing, where something still has to be sent with it.
pub(crate) fn delete_dependents(tx: &Transaction<'_>, account: &AccountId) -> Result<bool, StoreError> {
    if entries::has_undelivered(tx, account)? {
        return Ok(false);
    }
    forget_cases(tx, &entries::cases_of(tx, account)?)?;
    forget_cases(tx, &links::cases_of(tx, account)?)?;
    entries::forget_account(tx, account)?;
    drafts::without_account(tx, account)?;
    Ok(true)
}

fn forget_cases(tx: &Transaction<'_>, cases: &[CaseKey]) -> Result<(), StoreError> {
    for case in cases {
        for forget in HANGS_ON_A_CASE {
            forget(tx, case)?;
        }
    }
    Ok(())
}

impl Sync {
    /// Deletes what this computer knows of the cases of an account that is no longer connected.
    ///
    /// # Errors
    /// Where a database cannot be written.
    pub async fn forget(&self, account: &AccountId) -> Result<(), Problem> {
        let store = &self.0.store;
        let followed = self.followed(account);
        let _alone = followed.polling.lock().await;
        let forgotten = account.clone();
        let cases = store.cases.read(move |sqlite| incident::keys_of(sqlite, &forgotten)).await?;
        // The mirror last: it alone knows these keys, and a program that is killed in between has to find them again.
        store.desk.write(move |tx| forget_cases(tx, &cases)).await?;
        let forgotten = account.clone();
        store.cases.write(move |tx| mirror::forget_account(tx, &forgotten)).await?;
        self.unfollow(account);
        self.0.changes.tell(Change::Cases);
        Ok(())
    }

    /// Forgets the cases of accounts that were removed when the program ended before it had done so.
    pub(super) async fn forget_strangers(&self) -> Result<(), Problem> {
        let known: Vec<AccountId> =
            self.0.accounts.list().await?.into_iter().map(|account| account.id).collect();
        let mirrored = self.0.store.cases.read(mirror::accounts).await?;
        for stranger in mirrored.into_iter().filter(|account| !known.contains(account)) {
            self.forget(&stranger).await?;
        }
        Ok(())
    }
}
