//! The end of the program, in order, whoever asks for it; and at its deadline, whatever hangs.

use crate::{guard::on_main_thread, platform, state::App};
use futures_util::future::join;
use std::{
    future::Future,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};
use tauri::{AppHandle, Manager as _};
use tokio::time::timeout;

/// The longest that the program goes on after it was told to end. What is cut off then is taken up at the next start:
/// the state on disk is the truth.
pub(crate) const DEADLINE: Duration = Duration::from_secs(3);

/// How long the steps of the end may take; together less than [`DEADLINE`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Until the page has saved what is being typed and the workers have come to a safe point.
    pub(crate) safe_point: Duration,
    /// Until the databases are closed.
    pub(crate) closing: Duration,
}

impl Limits {
    pub(crate) const USUAL: Self =
        Self { safe_point: Duration::from_secs(2), closing: Duration::from_millis(500) };
}

/// Ends the program in order, whoever asked.
pub(crate) fn end(handle: AppHandle) {
    cut_off_after(DEADLINE);
    tauri::async_runtime::spawn(async move {
        let leaving = handle.clone();
        if on_main_thread(&handle, "leaving the session", move || stop_answering(&leaving)).is_err() {
            tracing::warn!("a start of the program may be answered by this one, which ends");
        }
        handle.state::<App>().shut_down().await;
        handle.exit(0);
    });
}

/// Ends the process after this time, however far the end has come. Only the first call counts.
pub(crate) fn cut_off_after(deadline: Duration) {
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        let watch = thread::Builder::new().name("deadline".to_owned()).spawn(move || {
            thread::sleep(deadline);
            tracing::warn!("the end took too long and is cut off");
            platform::end_process();
        });
        if watch.is_err() {
            tracing::warn!("the end has no deadline");
        }
    });
}

/// Lets the page save and the workers come to a safe point, side by side, then closes the databases. Each step has its
/// limit, so that one that hangs keeps no other from its time.
pub(crate) async fn wind_up(
    limits: Limits,
    page: impl Future<Output = ()>,
    work: impl Future<Output = ()>,
    close: impl Future<Output = ()>,
) {
    let is_saved = AtomicBool::new(false);
    let saving = async {
        page.await;
        is_saved.store(true, Ordering::Relaxed);
    };
    if timeout(limits.safe_point, join(saving, work)).await.is_err() {
        if !is_saved.load(Ordering::Relaxed) {
            tracing::warn!("the page did not say that it has saved");
        }
        tracing::warn!("some work was cut off; it is taken up again at the next start");
    }
    if timeout(limits.closing, close).await.is_err() {
        tracing::warn!("the databases were not closed in time");
    }
}

/// From now on a start of the program is not told to use this one's window: it would get a window that goes away, and
/// then there would be none. It waits for the data folder instead. To be called on the main thread.
pub(crate) fn stop_answering(handle: &AppHandle) {
    tauri_plugin_single_instance::destroy(handle);
    handle.state::<App>().stop_show_listener();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        cell::RefCell,
        future::pending,
        process::{Command, Stdio},
    };

    const SHORT: Limits =
        Limits { safe_point: Duration::from_millis(50), closing: Duration::from_millis(50) };

    #[tokio::test]
    async fn what_hangs_keeps_nothing_else_from_its_turn() {
        let steps = RefCell::new(Vec::new());
        let step = |name| {
            let steps = &steps;
            async move { steps.borrow_mut().push(name) }
        };
        wind_up(SHORT, pending(), step("work"), step("close")).await;
        wind_up(SHORT, step("page"), pending(), step("close")).await;
        wind_up(SHORT, pending(), pending(), pending()).await;
        assert_eq!(*steps.borrow(), ["work", "close", "page", "close"]);
    }

    #[test]
    fn the_steps_fit_into_the_deadline() {
        let Limits { safe_point, closing } = Limits::USUAL;
        assert!(safe_point + closing < DEADLINE);
    }

    /// Says to the test below that it is to be the program that hangs.
    const HANGS: &str = "ECO_DESK_TEST_HANGS";

    #[test]
    fn a_program_that_hangs_is_ended_at_its_deadline() {
        if std::env::var_os(HANGS).is_some() {
            cut_off_after(Duration::from_millis(50));
            loop {
                thread::park();
            }
        }
        let mut program = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "ending::tests::a_program_that_hangs_is_ended_at_its_deadline"])
            .env(HANGS, "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It ends by its deadline or never.
        program.wait().unwrap();
    }
}
