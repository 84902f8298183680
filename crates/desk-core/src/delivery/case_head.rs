//! Account and subject of a case, whether AWS knows it or its report still waits in the outbox.

use super::entries;
use crate::mirror::incident;
use desk_model::{AccountId, CaseKey};
use desk_store::{Database, StoreError};

/// What a reply has to know of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaseHead {
    pub(crate) account: AccountId,
    pub(crate) subject: String,
}

/// The case `key`, from the mirror, else from its report in the outbox.
pub(crate) async fn case_head(cases: &Database, key: &CaseKey) -> Result<Option<CaseHead>, StoreError> {
    let key = key.clone();
    cases
        .read(move |sqlite| {
            if let Some(known) = incident::head(sqlite, &key)? {
                return Ok(Some(CaseHead { account: known.account, subject: known.subject }));
            }
            let reported = entries::report_head(sqlite, &key)?;
            Ok(reported.map(|(account, subject)| CaseHead { account, subject }))
        })
        .await
}
