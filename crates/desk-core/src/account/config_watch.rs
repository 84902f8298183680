//! Notices when the AWS config files change: accounts of profiles then start over with what the files say now.
//!
//! Editors and the AWS CLI write a file anew and put it in the old one's place, and a home may lie on a network drive:
//! looking at both files every few seconds sees all of that and costs nothing.

use super::{
    ConfigFiles, Connection, ConnectionChecker, CredentialSource, clients::Clients, credentials::Snapshot,
    store::AccountStore,
};
use desk_model::{AccountId, Change, Changes, Problem};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// The pause between two looks at the files.
const POLL_INTERVAL: Duration = Duration::from_secs(3);

/// Watches the AWS config files.
#[derive(Debug)]
pub(super) struct ConfigWatch {
    files: ConfigFiles,
    /// How the files were found when the program started.
    first: Snapshot,
    store: AccountStore,
    clients: Clients,
    checker: Arc<ConnectionChecker>,
    changes: Changes,
}

impl ConfigWatch {
    pub(super) fn new(
        files: ConfigFiles,
        store: AccountStore,
        clients: Clients,
        checker: Arc<ConnectionChecker>,
        changes: Changes,
    ) -> Self {
        let first = Snapshot::of(&files);
        Self { files, first, store, clients, checker, changes }
    }

    /// Watches until `cancel`; calls `mended` with each account that works again because of a change.
    pub(super) async fn run(&self, cancel: CancellationToken, mended: impl Fn(&AccountId)) {
        // A change between the start of the program and now counts too.
        let mut known = self.first;
        loop {
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(POLL_INTERVAL) => {}
            }
            let files = self.files.clone();
            let Ok(now) = tokio::task::spawn_blocking(move || Snapshot::of(&files)).await else { continue };
            if now == known {
                continue;
            }
            known = now;
            tracing::info!("the AWS config files have changed");
            if let Err(problem) = self.start_over(&mended).await {
                tracing::warn!(code = ?problem.code, "the changed AWS config files could not be followed");
            }
        }
    }

    async fn start_over(&self, mended: impl Fn(&AccountId)) -> Result<(), Problem> {
        self.changes.tell(Change::Accounts);
        for account in self.store.list().await? {
            match account.source {
                CredentialSource::Profile { .. } => {}
                CredentialSource::Demo
                | CredentialSource::AccessKey { .. }
                | CredentialSource::Portal { .. } => continue,
            }
            self.clients.discard(&account.id);
            let failed = matches!(account.connection, Connection::Failed { .. });
            if failed
                && matches!(self.checker.check(&account.id).await?.connection, Connection::Connected { .. })
            {
                mended(&account.id);
            }
        }
        Ok(())
    }
}
