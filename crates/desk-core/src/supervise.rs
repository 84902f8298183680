//! Supervisor of the tasks that run as long as the program: one that panics is logged and started again, since nobody
//! would miss it before it is needed.

use futures_util::FutureExt as _;
use std::{future::Future, panic::AssertUnwindSafe, time::Duration};

/// The pause before the first restart; each that follows soon doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Runs the task that `begin` makes until it comes to its end; after a panic it is begun anew.
pub(crate) async fn supervised<F>(task: &'static str, mut begin: impl FnMut() -> F)
where
    F: Future<Output = ()>,
{
    let mut pause = FIRST_PAUSE;
    loop {
        let begun = tokio::time::Instant::now();
        let run = async {
            hook::begin(task);
            begin().await;
        };
        if AssertUnwindSafe(run).catch_unwind().await.is_ok() {
            return;
        }
        tracing::error!(operation = task, "a task panicked and is started again");
        // One that ran well for long begins anew at once.
        if begun.elapsed() > LONGEST_PAUSE {
            pause = FIRST_PAUSE;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg_attr(test, path = "supervise/hook_of_tests.rs")]
mod hook;

#[cfg(test)]
mod tests;
