use super::{hook, supervised};
use crate::{Desk, DeskOptions, account::ConfigFiles, delivery::Backoff, sync::SyncPace};
use desk_aws::Endpoint;
use desk_model::Clock;
use std::time::Duration;

/// Every task that runs as long as the program.
const TASKS: [&str; 6] = ["delivery", "sync", "config files", "disk", "backups", "checks"];

async fn until(is_so: impl Fn() -> bool) {
    let waited = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), waited).await.expect("it does not come to be so");
}

#[tokio::test]
async fn each_task_that_panics_is_started_again() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::open(DeskOptions {
        data_dir: dir.path().to_owned(),
        clock: Clock::System,
        endpoint: Endpoint::ByPartition,
        config: ConfigFiles {
            config: dir.path().join("config"),
            credentials: dir.path().join("credentials"),
        },
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    })
    .await
    .unwrap();
    for task in TASKS {
        hook::panic_once(task);
    }
    desk.start();
    for task in TASKS {
        until(|| hook::begun(task) == 2).await;
    }
    desk.shut_down().await;
}

#[tokio::test]
async fn a_task_that_ends_is_not_started_again() {
    supervised("ending", || async {}).await;
    assert_eq!(hook::begun("ending"), 1);
}
