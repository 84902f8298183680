//! What the shell holds while it runs: the way to the desk, the way to the web view, and a few switches.

use crate::{
    contract::{Mode, ShellEvent},
    drop_target::DropTargets,
    file_opening::FileOpening,
    options::Options,
    ui::Ui,
};
use desk_core::{Desk, settings::Settings};
use desk_model::Problem;
use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tauri::AppHandle;
use tokio::sync::{Notify, OnceCell, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long an ending program waits for the web view to save what is being typed.
const FLUSH: Duration = Duration::from_secs(5);

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
    /// Where dropped files go.
    pub(crate) drop_targets: DropTargets,
    /// Files that are held over the window, opened already.
    pub(crate) held_files: Mutex<Option<FileOpening>>,
    /// Told when the desk that could not be opened is to be opened once more.
    pub(crate) reopen: Notify,
    /// Told by the web view when its first screen is there.
    pub(crate) painted: Notify,
    /// Told by the web view when all that was typed is saved.
    pub(crate) flushed: Notify,
    close_to_tray: AtomicBool,
    told_about_tray: AtomicBool,
    ended: OnceCell<()>,
    /// Cancelled at the end; what runs beside the desk stops by it.
    pub(crate) cancel: CancellationToken,
    /// What runs beside the desk: the demo's ECO, the followers of its changes.
    pub(crate) tasks: TaskTracker,
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
            drop_targets: DropTargets::default(),
            held_files: Mutex::default(),
            reopen: Notify::new(),
            painted: Notify::new(),
            flushed: Notify::new(),
            close_to_tray: AtomicBool::new(defaults.close_to_tray),
            told_about_tray: AtomicBool::new(true),
            ended: OnceCell::new(),
            cancel: CancellationToken::new(),
            tasks: TaskTracker::new(),
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

    /// The desk; where it could not be opened, that is tried once more.
    ///
    /// # Errors
    /// Why it cannot be opened now.
    pub(crate) async fn desk_or_reopened(&self) -> Result<Arc<Desk>, Problem> {
        let mut desk = self.desk.clone();
        let failed = desk.wait_for(Option::is_some).await.is_ok_and(|opened| matches!(*opened, Some(Err(_))));
        if failed {
            self.reopen.notify_one();
            // First that it is being opened, then how that went.
            desk.changed().await.map_err(|_| not_open())?;
        }
        self.desk().await
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

    /// Lets the web view save what is being typed, brings the desk to a safe point and closes it. Whoever asks a
    /// second time waits for the first.
    pub(crate) async fn shut_down(&self) {
        let ending = async {
            self.ui.tell(ShellEvent::Flush);
            let _ = tokio::time::timeout(FLUSH, self.flushed.notified()).await;
            self.close().await;
        };
        self.ended.get_or_init(|| ending).await;
    }

    /// The same for a system that does not wait: without the web view, which is gone already.
    pub(crate) async fn shut_down_at_once(&self) {
        self.ended.get_or_init(|| self.close()).await;
    }

    async fn close(&self) {
        self.cancel.cancel();
        // A desk that is still opening has nothing to bring to a safe point.
        let desk = self.desk.borrow().clone();
        if let Some(Ok(desk)) = desk {
            desk.shut_down().await;
        }
        self.tasks.close();
        let _ = tokio::time::timeout(FLUSH, self.tasks.wait()).await;
    }

    /// Whether everything is closed, so that the process may end.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.initialized()
    }
}

fn not_open() -> Problem {
    Problem::new(
        desk_model::ProblemCode::Internal,
        "ECO Desk could not open its data. Restart it; what you entered is kept.",
    )
}
