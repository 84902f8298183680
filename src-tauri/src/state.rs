//! What the shell holds while it runs: the way to the desk, the way to the web view, and a few switches.

use crate::{contract::Mode, options::Options, ui::Ui};
use desk_core::{Desk, Problem, report::DraftId, settings::Settings};
use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tauri::AppHandle;
use tokio::sync::{Notify, watch};

/// How long an ending program waits for the web view to save what is being typed.
const FLUSH: Duration = Duration::from_secs(1);

type Opening = watch::Receiver<Option<Result<Arc<Desk>, Problem>>>;

/// The shell's state, as every command gets it.
pub(crate) struct App {
    /// Tauri's handle.
    pub(crate) handle: AppHandle,
    /// When the program started.
    pub(crate) started: Instant,
    /// What the program was started with.
    pub(crate) options: Options,
    /// Where the data is.
    pub(crate) data_dir: PathBuf,
    /// The way to the web view.
    pub(crate) ui: Ui,
    /// Where dropped files go; `None` for a new report.
    pub(crate) drop_target: Mutex<Option<DraftId>>,
    /// Told by the web view when all that was typed is saved.
    pub(crate) flushed: Notify,
    close_to_tray: AtomicBool,
    told_about_tray: AtomicBool,
    ended: AtomicBool,
    desk: Opening,
}

impl App {
    pub(crate) fn new(
        handle: AppHandle,
        started: Instant,
        options: Options,
        data_dir: PathBuf,
        desk: Opening,
    ) -> Self {
        let defaults = Settings::default();
        Self {
            handle,
            started,
            options,
            data_dir,
            ui: Ui::default(),
            drop_target: Mutex::default(),
            flushed: Notify::new(),
            close_to_tray: AtomicBool::new(defaults.close_to_tray),
            told_about_tray: AtomicBool::new(true),
            ended: AtomicBool::new(false),
            desk,
        }
    }

    /// The desk, as soon as it is open.
    ///
    /// # Errors
    /// Why it could not be opened: each command then says so, and the window shows it.
    pub(crate) async fn desk(&self) -> Result<Arc<Desk>, Problem> {
        let mut desk = self.desk.clone();
        let opened = desk.wait_for(Option::is_some).await.map_err(|_| not_open())?;
        opened.clone().unwrap_or_else(|| Err(not_open()))
    }

    /// Which world this is.
    pub(crate) fn mode(&self) -> Mode {
        if self.options.demo { Mode::Demo } else { Mode::Real }
    }

    /// Follows the settings that a window event needs at once.
    pub(crate) fn follow(&self, settings: &Settings) {
        self.close_to_tray.store(settings.close_to_tray, Ordering::Relaxed);
        self.told_about_tray.store(settings.told_about_tray, Ordering::Relaxed);
    }

    /// Whether closing the window keeps the program in the tray.
    pub(crate) fn closes_to_tray(&self) -> bool {
        self.close_to_tray.load(Ordering::Relaxed)
    }

    /// Whether the user still has to be told, once, that the program stays in the tray; asking counts as telling.
    pub(crate) fn must_tell_about_tray(&self) -> bool {
        !self.told_about_tray.swap(true, Ordering::Relaxed)
    }

    /// Where dropped files go now.
    pub(crate) fn drop_target(&self) -> Option<DraftId> {
        self.drop_target.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets the web view save what is being typed, brings the desk to a safe point and closes it. Once.
    pub(crate) async fn shut_down(&self) {
        if self.ended.swap(true, Ordering::SeqCst) {
            return;
        }
        self.ui.tell(crate::contract::ShellEvent::Flush);
        let _ = tokio::time::timeout(FLUSH, self.flushed.notified()).await;
        if let Ok(desk) = self.desk().await {
            desk.shut_down().await;
        }
    }

    /// Whether everything is closed, so that the process may end.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

fn not_open() -> Problem {
    Problem::new(
        desk_core::ProblemCode::Internal,
        "ECO Desk could not open its data. Restart it; what you entered is kept.",
    )
}
