//! The one window: opened, kept within reach, brought to the front again, and released while it is hidden.
//!
//! The program goes on without a window: what wants one ([`show`]) gets the one that is there, or a new one at the same
//! place of the screen and of the page.

use crate::{
    contract::Mode,
    guard::{guarded, on_main_thread},
    links,
    placement::{Rect, place},
    platform,
    state::App,
    zoom,
};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tauri::{
    AppHandle, LogicalSize, Manager as _, PhysicalPosition, PhysicalSize, Runtime, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
    plugin::TauriPlugin,
    webview::{NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_window_state::{AppHandleExt as _, StateFlags};
use tokio::sync::{Mutex, Notify};

/// The main window's label, as the capability names it.
pub(crate) const MAIN: &str = "main";

/// The size of a window that has none saved, in logical pixels.
const SIZE: LogicalSize<f64> = LogicalSize::new(1280.0, 832.0);
/// The smallest size at which all of the page has its place, in logical pixels.
const SMALLEST: LogicalSize<f64> = LogicalSize::new(760.0, 560.0);

/// A frame that the desktop has not drawn yet: the height of its title bar, in logical pixels.
const TITLE_BAR: f64 = 40.0;

/// What is kept of a window for the next one.
const KEPT: StateFlags = StateFlags::POSITION.union(StateFlags::SIZE).union(StateFlags::MAXIMIZED);

/// How long a page that is to go may take to save what was typed, and the window to go.
const LONGEST_RELEASE: Duration = Duration::from_secs(10);

/// Whether there is a window, and who opens or destroys one just now.
#[derive(Default)]
pub(crate) struct WindowState {
    /// Held by whoever opens, shows or destroys the window.
    turn: Mutex<()>,
    /// The window was destroyed although the program goes on.
    released: AtomicBool,
    /// The place in the page where the last window was.
    place: std::sync::Mutex<Option<String>>,
    /// How large the page is drawn, in percent, once that was changed.
    pub(crate) zoom: std::sync::Mutex<Option<u16>>,
    /// Told when the window is brought to the front.
    shown: Notify,
    /// Told when the window is gone.
    destroyed: Notify,
}

impl WindowState {
    /// Whether there is no window because it was released.
    pub(crate) fn is_released(&self) -> bool {
        self.released.load(Ordering::Relaxed)
    }

    /// The window is gone.
    pub(crate) fn is_destroyed(&self) {
        self.destroyed.notify_waiters();
    }
}

/// Remembers where the window was and how large; not whether it was hidden: a start always shows it.
pub(crate) fn state_plugin<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::new().with_state_flags(KEPT).build()
}

/// What the window's frame says.
pub(crate) fn title(mode: Mode) -> &'static str {
    match mode {
        Mode::Real => "ECO Desk",
        Mode::Demo => "ECO Desk (DEMO)",
    }
}

/// Opens the main window, where it was last time. `place` is where in the page it begins, elsewhere than at the list.
///
/// Windows cannot make one from inside an event's handler: to be called at the start or beside the main thread.
pub(crate) fn open(handle: &AppHandle, place: Option<&str>) -> tauri::Result<()> {
    let app = handle.state::<App>();
    let url =
        place.map_or_else(WebviewUrl::default, |place| WebviewUrl::App(format!("index.html#{place}").into()));
    let (navigating, opening, loading) = (handle.clone(), handle.clone(), handle.clone());
    let mode = app.mode();
    let window = WebviewWindowBuilder::new(handle, MAIN, url)
        .title(title(mode))
        .inner_size(SIZE.width, SIZE.height)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .on_navigation(move |url| links::may_show(&navigating, url))
        .on_new_window(move |url, _features| {
            links::refuse(&opening, &url);
            NewWindowResponse::Deny
        })
        .on_page_load(move |_webview, load| {
            if load.event() == PageLoadEvent::Started {
                loading.state::<App>().page_gone();
            }
        })
        // The page says which incident is shown, and how many are unread.
        .on_document_title_changed(move |window, told| {
            // Before the page is drawn it has the title of its file.
            if told.ends_with(title(mode)) && window.set_title(&told).is_err() {
                tracing::warn!("the window's title does not change");
            }
        })
        // The page has nothing to download; a link's context menu would fetch what it leads to.
        .on_download(|_webview, _event| false)
        .build()?;
    app.window.released.store(false, Ordering::Relaxed);
    keep_within_reach(&window);
    if zoom::apply_kept(&window, &app.data_dir).is_err() {
        tracing::warn!("the page is drawn at its usual size");
    }
    platform::draw_plainly(&window)
}

/// Brings the window to the front, wherever it is; where there is none, opens one.
pub(crate) fn show(handle: &AppHandle) {
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let app = handle.state::<App>();
        let _turn = app.window.turn.lock().await;
        app.window.shown.notify_waiters();
        if handle.get_webview_window(MAIN).is_none() && !open_again(&handle).await {
            return;
        }
        let shown = handle.clone();
        // Windows are the main thread's.
        if on_main_thread(&handle, "showing the window", move || bring_to_front(&shown)).is_err() {
            tracing::warn!("the window does not come up");
        }
    });
}

/// Opens a window after the last one was released.
async fn open_again(handle: &AppHandle) -> bool {
    let opening = handle.clone();
    let opened = tokio::task::spawn_blocking(move || {
        let place = opening.state::<App>().window.place.lock().ok().and_then(|mut place| place.take());
        guarded("opening the window", || open(&opening, place.as_deref()))
    });
    let is_open = matches!(opened.await, Ok(Some(Ok(()))));
    if !is_open {
        tracing::error!("the window cannot be opened again");
    }
    is_open
}

fn bring_to_front(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(MAIN) else { return };
    for result in [window.unminimize(), window.show(), window.set_focus()] {
        if result.is_err() {
            tracing::warn!("the window does not come to the front");
        }
    }
    keep_within_reach(&window);
}

/// Destroys the window when it has been hidden for this time, unless it is brought to the front before.
pub(crate) fn release_after(handle: &AppHandle, hidden: Duration) {
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let app = handle.state::<App>();
        let shown = app.window.shown.notified();
        if tokio::time::timeout(hidden, shown).await.is_err() && !release(&handle).await {
            tracing::info!("the hidden window stays");
        }
    });
}

/// Destroys the hidden window with its page, whose processes hold most of the program's memory; answers whether it is
/// gone. A page that has not saved everything that was typed, or does not answer, stays. Its place is kept for the next.
pub(crate) async fn release(handle: &AppHandle) -> bool {
    let app = handle.state::<App>();
    let _turn = app.window.turn.lock().await;
    let Some(window) = handle.get_webview_window(MAIN) else { return true };
    if !matches!(tokio::time::timeout(LONGEST_RELEASE, app.flush_page()).await, Ok(true)) {
        return false;
    }
    if app.has_ended() || window.is_visible().unwrap_or(true) {
        return false;
    }
    if handle.save_window_state(KEPT).is_err() {
        tracing::warn!("the window's place is not kept");
    }
    if let Ok(mut place) = app.window.place.lock() {
        *place = window.url().ok().and_then(|url| url.fragment().map(str::to_owned));
    }
    let destroyed = app.window.destroyed.notified();
    tokio::pin!(destroyed);
    destroyed.as_mut().enable();
    // Before the last window is gone, which would end the program.
    app.window.released.store(true, Ordering::Relaxed);
    if window.destroy().is_err() {
        app.window.released.store(false, Ordering::Relaxed);
        return false;
    }
    tokio::time::timeout(LONGEST_RELEASE, destroyed).await.is_ok()
}

/// Looks at the window's place once more: the desktop has put it, with its frame, where it was told to only after the
/// window was made.
pub(crate) fn has_painted(handle: &AppHandle) {
    let shown = handle.clone();
    let looked = on_main_thread(handle, "placing the window", move || {
        if let Some(window) = shown.get_webview_window(MAIN) {
            keep_within_reach(&window);
        }
    });
    if looked.is_err() {
        tracing::warn!("whether the window can be reached is not known");
    }
}

/// Moves the window, and makes it smaller, so far that its title bar and its foot can be reached: a screen may be gone
/// since it was last shown.
fn keep_within_reach(window: &WebviewWindow) {
    if try_keep_within_reach(window).is_err() {
        tracing::warn!("whether the window can be reached is not known");
    }
}

fn try_keep_within_reach(window: &WebviewWindow) -> tauri::Result<()> {
    // The desktop itself keeps these on a screen.
    if window.is_maximized()? || window.is_fullscreen()? || window.is_minimized()? {
        return Ok(());
    }
    let screens: Vec<Rect> = window
        .available_monitors()?
        .iter()
        .map(|monitor| {
            let area = monitor.work_area();
            Rect { x: area.position.x, y: area.position.y, width: area.size.width, height: area.size.height }
        })
        .collect();
    let (at, outer, inner) = (window.outer_position()?, window.outer_size()?, window.inner_size()?);
    let (frame_width, mut frame_height) =
        (outer.width.saturating_sub(inner.width), outer.height.saturating_sub(inner.height));
    let scale = window.scale_factor()?;
    if frame_height == 0 {
        frame_height = LogicalSize::new(0.0, TITLE_BAR).to_physical::<u32>(scale).height;
    }
    let now = Rect {
        x: at.x,
        y: at.y,
        width: inner.width.saturating_add(frame_width),
        height: inner.height.saturating_add(frame_height),
    };
    let placed = place(now, &screens);
    if placed == now {
        return Ok(());
    }
    tracing::info!("the window was out of reach and is moved");
    let size = PhysicalSize::new(
        placed.width - frame_width.min(placed.width),
        placed.height - frame_height.min(placed.height),
    );
    // A screen may be smaller than the smallest size; a window that is too small scrolls.
    let smallest: PhysicalSize<u32> = SMALLEST.to_physical(scale);
    window.set_min_size(Some(PhysicalSize::new(
        smallest.width.min(size.width),
        smallest.height.min(size.height),
    )))?;
    window.set_size(size)?;
    window.set_position(PhysicalPosition::new(placed.x, placed.y))
}
