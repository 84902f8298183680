//! What the data gets without being asked: backups, and a look through all of it.

use desk_model::Clock;
use desk_store::Store;
use std::time::Duration;

/// How often it is looked whether a backup is due.
const BACKUPS: Duration = Duration::from_secs(10 * 60);
/// When after the start everything is looked through for the first time: what the user waits for comes before.
const FIRST_CHECK: Duration = Duration::from_secs(2 * 60);
/// Between two looks.
const CHECKS: Duration = Duration::from_secs(24 * 3600);

/// Makes backups as they are due.
pub(super) async fn back_up(store: &Store, clock: &Clock) {
    loop {
        match store.back_up(clock.now()).await {
            Ok(true) => tracing::info!("a backup was made"),
            Ok(false) => {}
            Err(error) => tracing::warn!(cause = error.cause(), "no backup could be made"),
        }
        tokio::time::sleep(BACKUPS).await;
    }
}

/// Looks through both databases again and again, and tells what is damaged.
pub(super) async fn check(store: &Store, tell: &impl Fn(String)) {
    tokio::time::sleep(FIRST_CHECK).await;
    loop {
        match store.check().await {
            Ok(damaged) => {
                for name in damaged {
                    tracing::error!(kind = name, "a database is damaged");
                    tell(notice(name));
                }
            }
            Err(error) => {
                tracing::warn!(cause = error.cause(), "the databases could not be looked through");
            }
        }
        tokio::time::sleep(CHECKS).await;
    }
}

fn notice(name: &str) -> String {
    format!(
        "{name} in ECO Desk's data folder is damaged. Quit ECO Desk and start it again: it then saves all of it that can be read, and says what was lost. Have the disk checked."
    )
}
