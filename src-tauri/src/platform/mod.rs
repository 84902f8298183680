//! What differs between operating systems, behind one interface: a file for each system, the same names in all.
//!
//! The rule: nothing else in the shell asks which system it runs on. So each difference is compiled by a check of
//! its own system and is found in one place.

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(target_os = "macos", path = "macos.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;

#[cfg_attr(unix, path = "signals_unix.rs")]
#[cfg_attr(windows, path = "signals_windows.rs")]
mod signals;

#[cfg_attr(target_os = "linux", path = "dumps_linux.rs")]
#[cfg_attr(target_os = "macos", path = "dumps_macos.rs")]
#[cfg_attr(windows, path = "dumps_windows.rs")]
mod dumps;

#[cfg_attr(unix, path = "raise_unix.rs")]
#[cfg_attr(windows, path = "raise_windows.rs")]
mod raise;

pub(crate) use dumps::keep_memory_out_of_dumps;
pub(crate) use raise::{ShowListener, ask_for_window};
pub(crate) use signals::{end_process, on_signals};
pub(crate) use system::{
    MENU_BAR, OPENS_HELD_FILES, OWN_PAGES, TRAY, draw_plainly, name_program, notification_body, on_event,
    show_refusal, shows_trays, tray_icon,
};

/// How a tray behaves where this program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TrayHabits {
    /// Whether the icon is a mask that the system colours.
    pub(crate) icon_is_template: bool,
    /// What a left click does.
    pub(crate) click: TrayClick,
}

/// What a left click on the tray icon does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "each system has one of the two")]
pub(crate) enum TrayClick {
    /// It brings up the window; the menu has the right button.
    ShowsWindow,
    /// It opens the menu.
    OpensMenu,
}
