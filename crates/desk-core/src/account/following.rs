//! Notices when the AWS config files change: accounts of profiles then start over with what the files say now.
//!
//! Editors and the AWS CLI write a file anew and put it in the old one's place, and a home may lie on a network drive:
//! looking at both files every few seconds sees all of that and costs nothing.

use super::{Accounts, ConfigFiles, Connection, CredentialSource};
use desk_model::{AccountId, Change, Problem};
use std::{path::Path, time::Duration, time::SystemTime};
use tokio_util::sync::CancellationToken;

/// The pause between two looks.
const PAUSE: Duration = Duration::from_secs(3);

/// What tells one state of a file from another.
type Mark = Option<(SystemTime, u64)>;
/// The state of both files.
pub(super) type Marks = [Mark; 2];

impl Accounts {
    /// Follows the config files until `cancel`; calls `mended` with each account that works again because of a change.
    pub(crate) async fn follow_files(&self, cancel: CancellationToken, mended: impl Fn(&AccountId)) {
        // A change between the start of the program and now counts too.
        let mut known = self.0.first_marks;
        loop {
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
            let files = self.0.config.clone();
            let Ok(now) = tokio::task::spawn_blocking(move || marks(&files)).await else { continue };
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
        self.0.changes.tell(Change::Accounts);
        for account in self.list().await? {
            match account.source {
                CredentialSource::Profile { .. } => {}
                CredentialSource::Demo
                | CredentialSource::AccessKey { .. }
                | CredentialSource::Portal { .. } => continue,
            }
            self.clients().remove(&account.id);
            let failed = matches!(account.connection, Connection::Failed { .. });
            if failed && matches!(self.check(&account.id).await?.connection, Connection::Connected { .. }) {
                mended(&account.id);
            }
        }
        Ok(())
    }
}

/// How the files are found now.
pub(super) fn marks(files: &ConfigFiles) -> Marks {
    [mark(&files.config), mark(&files.credentials)]
}

fn mark(path: &Path) -> Mark {
    let found = std::fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len()))
}
