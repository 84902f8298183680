//! Carries what changes in the desk to the web view, the tray and the notifications.

use crate::{contract::ShellEvent, notifications, state::App, tray};
use desk_core::{Change, Desk, notify::Alarm, time::Clock};
use std::{collections::HashSet, sync::Arc, time::Duration};
use tauri::{AppHandle, Manager as _};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Changes come in bursts; the UI hears of those within this time at once.
const BURST: Duration = Duration::from_millis(40);

/// How often it is looked for unsent High incidents.
const ALARMS: Duration = Duration::from_secs(15);

/// Follows the desk until the program ends.
pub(crate) fn follow(handle: AppHandle, desk: Arc<Desk>) {
    let changes = desk.changes.listen();
    tauri::async_runtime::spawn(sound_alarms(handle.clone(), desk.clone()));
    tauri::async_runtime::spawn(async move {
        // What came while the program was not running is told now.
        tell_people(&handle, &desk).await;
        carry(&handle, &desk, changes).await;
    });
}

/// Looks again and again whether a High incident still waits to be sent.
async fn sound_alarms(handle: AppHandle, desk: Arc<Desk>) {
    let mut alarm = Alarm::default();
    loop {
        tokio::time::sleep(ALARMS).await;
        let Ok(outbox) = desk.outbox.list().await else { continue };
        for notification in alarm.due(&outbox, Clock::System.now()) {
            notifications::show(&handle, &notification);
        }
    }
}

async fn carry(handle: &AppHandle, desk: &Desk, mut changes: Receiver<Change>) {
    loop {
        let mut burst = HashSet::new();
        // Everything is out of date for a listener that fell behind: an empty list says so.
        let mut missed = false;
        match changes.recv().await {
            Ok(change) => drop(burst.insert(change)),
            Err(RecvError::Lagged(_)) => missed = true,
            Err(RecvError::Closed) => return,
        }
        tokio::time::sleep(BURST).await;
        loop {
            match changes.try_recv() {
                Ok(change) => drop(burst.insert(change)),
                Err(tokio::sync::broadcast::error::TryRecvError::Lagged(_)) => missed = true,
                Err(_) => break,
            }
        }
        let concerns_people = missed
            || burst.iter().any(|change| matches!(change, Change::Cases | Change::Outbox | Change::Settings));
        if missed || burst.contains(&Change::Settings) {
            follow_settings(handle, desk).await;
        }
        let changes = if missed { Vec::new() } else { burst.into_iter().collect() };
        handle.state::<App>().ui.tell(ShellEvent::Changed { changes });
        if concerns_people {
            tell_people(handle, desk).await;
        }
    }
}

async fn follow_settings(handle: &AppHandle, desk: &Desk) {
    match desk.settings.get().await {
        Ok(settings) => handle.state::<App>().follow(&settings),
        Err(error) => tracing::warn!("the settings cannot be read: {error}"),
    }
}

/// Shows the notifications that are due and brings the tray up to date.
async fn tell_people(handle: &AppHandle, desk: &Desk) {
    match desk.notifier.due().await {
        Ok(due) => {
            for notification in &due.notifications {
                notifications::show(handle, notification);
            }
            if let Err(problem) = desk.notifier.shown(&due).await {
                tracing::warn!("notifications may be shown again: {problem}");
            }
        }
        Err(problem) => tracing::warn!("notifications cannot be read: {problem}"),
    }
    if let Err(problem) = tray::refresh(handle, desk).await {
        tracing::warn!("the tray is out of date: {problem}");
    }
}
