//! The one window: opened, kept within reach, and brought to the front again.

use crate::{
    contract::Mode,
    guard::on_main_thread,
    links,
    placement::{Rect, place},
    platform,
};
use tauri::{
    AppHandle, LogicalSize, Manager as _, PhysicalPosition, PhysicalSize, Runtime, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, plugin::TauriPlugin, webview::NewWindowResponse,
};
use tauri_plugin_window_state::StateFlags;

/// The main window's label, as the capability names it.
pub(crate) const MAIN: &str = "main";

/// The size of a window that has none saved, in logical pixels.
const SIZE: LogicalSize<f64> = LogicalSize::new(1280.0, 832.0);
/// The smallest size at which all of the page has its place, in logical pixels.
const SMALLEST: LogicalSize<f64> = LogicalSize::new(760.0, 560.0);

/// A frame that the desktop has not drawn yet: the height of its title bar, in logical pixels.
const TITLE_BAR: f64 = 40.0;

/// Remembers where the window was and how large; not whether it was hidden: a start always shows it.
pub(crate) fn state_plugin<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
        .build()
}

/// What the window's frame says.
pub(crate) fn title(mode: Mode) -> &'static str {
    match mode {
        Mode::Real => "ECO Desk",
        Mode::Demo => "ECO Desk (DEMO)",
    }
}

/// Opens the main window, where it was last time.
pub(crate) fn open(handle: &AppHandle, mode: Mode) -> tauri::Result<()> {
    let (navigating, opening) = (handle.clone(), handle.clone());
    let window = WebviewWindowBuilder::new(handle, MAIN, WebviewUrl::default())
        .title(title(mode))
        .inner_size(SIZE.width, SIZE.height)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .on_navigation(move |url| links::may_show(&navigating, url))
        .on_new_window(move |url, _features| {
            links::refuse(&opening, &url);
            NewWindowResponse::Deny
        })
        // The page has nothing to download; a link's context menu would fetch what it leads to.
        .on_download(|_webview, _event| false)
        .build()?;
    keep_within_reach(&window);
    platform::draw_plainly(&window)
}

/// Brings the window to the front, wherever it is.
pub(crate) fn show(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(MAIN) else { return };
    for result in [window.unminimize(), window.show(), window.set_focus()] {
        if result.is_err() {
            tracing::warn!("the window does not come to the front");
        }
    }
    keep_within_reach(&window);
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
