//! Carries what changes in the desk to the web view, the tray and the notifications.

use crate::{contract::ShellEvent, notifications, state::App, tray};
use desk_core::{
    Desk,
    notify::{Alarm, UnlistedAlarm},
};
use desk_model::{Change, Clock};
use futures_util::FutureExt as _;
use std::{
    collections::HashSet,
    future::Future,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tauri::{AppHandle, Manager as _};
use tokio::sync::broadcast::{
    Receiver,
    error::{RecvError, TryRecvError},
};

/// Changes come in bursts; the UI hears of those within this time at once.
const BURST: Duration = Duration::from_millis(40);

/// How often it is looked for unsent High incidents.
const ALARMS: Duration = Duration::from_secs(15);

/// Between a follower's panic and its next start.
const AGAIN: Duration = Duration::from_secs(1);

/// Follows the desk until the program ends. Call it before anybody reads from the desk: what changes after that is
/// carried.
pub(crate) fn follow(handle: &AppHandle, desk: &Arc<Desk>) {
    let (carried, sounded) = (handle.clone(), handle.clone());
    let (news, alarms) = (desk.clone(), desk.clone());
    let first = Mutex::new(Some(desk.changes.listen()));
    supervised(handle, move || {
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let changes = first.unwrap_or_else(|| {
            // After a panic: whatever was told meanwhile went by.
            carried.state::<App>().ui.tell(ShellEvent::Changed { changes: Vec::new() });
            news.changes.listen()
        });
        carry(carried.clone(), news.clone(), changes)
    });
    supervised(handle, move || sound_alarms(sounded.clone(), alarms.clone()));
}

/// Runs a follower until the program ends; one that panics is started again, since nobody would miss it before it
/// is needed.
fn supervised<F>(handle: &AppHandle, follower: impl Fn() -> F + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    let app = handle.state::<App>();
    let cancel = app.cancel.clone();
    app.tasks.spawn(async move {
        loop {
            tokio::select! {
                () = cancel.cancelled() => return,
                ended = AssertUnwindSafe(follower()).catch_unwind() => match ended {
                    Ok(()) => return,
                    Err(_) => tracing::error!("a follower panicked and is started again"),
                },
            }
            tokio::time::sleep(AGAIN).await;
        }
    });
}

/// Looks again and again whether a High incident still waits to be sent, and whether AWS lists what was sent.
async fn sound_alarms(handle: AppHandle, desk: Arc<Desk>) {
    let (mut alarm, mut unlisted) = (Alarm::default(), UnlistedAlarm::default());
    loop {
        tokio::time::sleep(ALARMS).await;
        match desk.outbox.list().await {
            Ok(outbox) => {
                for (entry, notification) in alarm.due(&outbox, Clock::System.now()) {
                    if !notifications::show(&handle, &notification).await {
                        alarm.not_shown(&entry);
                    }
                }
            }
            Err(problem) => tracing::warn!(code = ?problem.code, "the outbox cannot be read"),
        }
        match desk.cases.unlisted().await {
            Ok(messages) => {
                for (message, notification) in unlisted.due(&messages) {
                    if !notifications::show(&handle, &notification).await {
                        unlisted.not_shown(&message);
                    }
                }
            }
            Err(problem) => tracing::warn!(code = ?problem.code, "what AWS does not list cannot be read"),
        }
    }
}

async fn carry(handle: AppHandle, desk: Arc<Desk>, mut changes: Receiver<Change>) {
    // What came while the program was not running is told now.
    tell_people(&handle, &desk).await;
    while let Some(burst) = next(&mut changes).await {
        if burst.concerns(|change| matches!(change, Change::Settings)) {
            follow_settings(&handle, &desk).await;
        }
        let concerns_people =
            burst.concerns(|change| matches!(change, Change::Cases | Change::Outbox | Change::Settings));
        handle.state::<App>().ui.tell(ShellEvent::Changed { changes: burst.into_changes() });
        if concerns_people {
            tell_people(&handle, &desk).await;
        }
    }
}

/// What changed within a moment.
#[derive(Default)]
struct Burst {
    changes: HashSet<Change>,
    /// Some were missed: everything may have changed.
    missed: bool,
}

impl Burst {
    fn concerns(&self, is_it: impl Fn(&Change) -> bool) -> bool {
        self.missed || self.changes.iter().any(is_it)
    }

    /// The changes for the UI, to which an empty list means everything.
    fn into_changes(self) -> Vec<Change> {
        if self.missed { Vec::new() } else { self.changes.into_iter().collect() }
    }
}

/// Waits for a change and gathers those that come with it; `None` at the end.
async fn next(changes: &mut Receiver<Change>) -> Option<Burst> {
    let mut burst = Burst::default();
    match changes.recv().await {
        Ok(change) => drop(burst.changes.insert(change)),
        Err(RecvError::Lagged(_)) => burst.missed = true,
        Err(RecvError::Closed) => return None,
    }
    tokio::time::sleep(BURST).await;
    loop {
        match changes.try_recv() {
            Ok(change) => drop(burst.changes.insert(change)),
            Err(TryRecvError::Lagged(_)) => burst.missed = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(burst),
        }
    }
}

async fn follow_settings(handle: &AppHandle, desk: &Desk) {
    match desk.settings.get().await {
        Ok(settings) => handle.state::<App>().follow(&settings),
        Err(error) => tracing::warn!(cause = error.cause(), "the settings cannot be read"),
    }
}

/// Shows the notifications that are due and brings the tray up to date.
async fn tell_people(handle: &AppHandle, desk: &Desk) {
    if let Err(problem) = notify(handle, desk).await {
        tracing::warn!(code = ?problem.code, "notifications come later or again");
    }
    if let Err(problem) = tray::refresh(handle, desk).await {
        tracing::warn!(code = ?problem.code, "the tray is out of date");
    }
}

/// Hands over all that is due; what the system does not take stays due.
async fn notify(handle: &AppHandle, desk: &Desk) -> Result<(), desk_model::Problem> {
    loop {
        let due = desk.notifier.due().await?;
        if due.is_nothing() {
            return Ok(());
        }
        for notification in &due.notifications {
            if !notifications::show(handle, notification).await {
                return Ok(());
            }
        }
        desk.notifier.shown(&due).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::Changes;

    #[tokio::test]
    async fn changes_of_a_moment_are_told_at_once_and_once() {
        let changes = Changes::default();
        let mut listener = changes.listen();
        for _ in 0..3 {
            changes.tell(Change::Cases);
            changes.tell(Change::Outbox);
        }
        let burst = next(&mut listener).await.unwrap();
        assert_eq!(burst.into_changes().len(), 2);
    }

    #[tokio::test]
    async fn whoever_falls_behind_hears_that_everything_may_have_changed() {
        let changes = Changes::default();
        let mut listener = changes.listen();
        for _ in 0..2_000 {
            changes.tell(Change::Drafts);
        }
        let burst = next(&mut listener).await.unwrap();
        assert!(burst.concerns(|change| matches!(change, Change::Settings)));
        assert_eq!(burst.into_changes(), []);
    }
}
