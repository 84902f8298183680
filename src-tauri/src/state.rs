//! What the shell holds while it runs: the way to the desk, the way to the web view, and a few switches.

use crate::{
    contract::{Mode, ShellEvent},
    drop_target::DropTargets,
    ending::{self, Limits},
    file_opening::FileOpening,
    options::Options,
    platform::ShowListener,
    ui::Ui,
    window::WindowState,
};
use desk_core::{Desk, settings::Settings};
use desk_model::Problem;
use std::{
    future::Future,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};
use tauri::AppHandle;
use tokio::sync::{Notify, OnceCell, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How often the page has answered that what was typed is saved, and its last answer.
#[derive(Debug, Clone, Copy, Default)]
struct Flushed {
    answers: u64,
    everything: bool,
}

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
    /// Whether there is a window.
    pub(crate) window: WindowState,
    /// Where dropped files go.
    pub(crate) drop_targets: DropTargets,
    /// Files that are held over the window, opened already.
    pub(crate) held_files: Mutex<Option<FileOpening>>,
    /// Told when the desk that could not be opened is to be opened once more.
    pub(crate) reopen: Notify,
    /// Told by the web view when its first screen is there.
    pub(crate) painted: Notify,
    /// Told when the page has saved what was typed, with whether all of it is on disk.
    flushed: watch::Sender<Flushed>,
    /// Other programs ask for the window through it, while this one has the data folder.
    show_listener: Mutex<Option<ShowListener>>,
    close_to_tray: AtomicBool,
    told_about_tray: AtomicBool,
    ended: OnceCell<()>,
    /// Whether the program starts itself anew after its end.
    restarts: AtomicBool,
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
            window: WindowState::default(),
            drop_targets: DropTargets::default(),
            held_files: Mutex::default(),
            reopen: Notify::new(),
            painted: Notify::new(),
            flushed: watch::Sender::default(),
            show_listener: Mutex::default(),
            close_to_tray: AtomicBool::new(defaults.close_to_tray),
            told_about_tray: AtomicBool::new(true),
            ended: OnceCell::new(),
            restarts: AtomicBool::new(false),
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

    /// Has other programs ask for the window from now on. To be called while this one holds the data folder's lock.
    pub(crate) fn start_show_listener(&self) {
        let listener = ShowListener::start(&self.handle, &self.data_dir);
        *self.show_listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(listener);
    }

    /// No other program can ask for the window any more.
    pub(crate) fn stop_show_listener(&self) {
        self.show_listener.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Lets go of all that belonged to a page: its window is gone, or loads it anew.
    pub(crate) fn page_gone(&self) {
        self.ui.hang_up();
        self.drop_targets.page_gone();
        self.held_files.lock().unwrap_or_else(PoisonError::into_inner).take();
        // Whoever waits for it to save waits in vain.
        self.page_flushed(false);
    }

    /// The page has saved what was typed: all of it, or not everything.
    pub(crate) fn page_flushed(&self, everything: bool) {
        self.flushed.send_modify(|flushed| {
            flushed.answers += 1;
            flushed.everything = everything;
        });
    }

    /// Lets the page save what is being typed; answers whether all of it is on disk. Without a page there is nothing to
    /// save. A page that hangs is waited for forever.
    pub(crate) async fn flush_page(&self) -> bool {
        let mut flushed = self.flushed.subscribe();
        let before = flushed.borrow_and_update().answers;
        if !self.ui.tell(ShellEvent::Flush) {
            return true;
        }
        let answered = flushed.wait_for(|flushed| flushed.answers > before).await;
        answered.is_ok_and(|flushed| flushed.everything)
    }

    /// Lets the web view save what is being typed, brings the desk to a safe point and closes it. Whoever asks a
    /// second time waits for the first.
    pub(crate) async fn shut_down(&self) {
        let page = async {
            self.flush_page().await;
        };
        self.ended.get_or_init(|| self.close(page)).await;
    }

    /// The same for a system that does not wait: without the web view, which is gone already.
    pub(crate) async fn shut_down_at_once(&self) {
        self.ended.get_or_init(|| self.close(std::future::ready(()))).await;
    }

    async fn close(&self, page: impl Future<Output = ()>) {
        self.cancel.cancel();
        self.tasks.close();
        // A desk that is still opening has nothing to bring to a safe point.
        let desk = self.desk.borrow().clone().and_then(Result::ok);
        let work = async {
            if let Some(desk) = &desk {
                desk.stop_work().await;
            }
            self.tasks.wait().await;
        };
        let close = async {
            if let Some(desk) = &desk {
                desk.close().await;
            }
        };
        ending::wind_up(Limits::USUAL, page, work, close).await;
    }

    /// Has the program start itself anew once it has ended.
    pub(crate) fn restart_at_the_end(&self) {
        self.restarts.store(true, Ordering::Relaxed);
    }

    /// Whether it does.
    pub(crate) fn restarts(&self) -> bool {
        self.restarts.load(Ordering::Relaxed)
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
