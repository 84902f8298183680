//! The tray: whether something is unread, the last updates, and the ways into the program.

use crate::{
    contract::{Mode, ShellEvent},
    ending,
    guard::{guarded, on_main_thread},
    platform::{self, TRAY, TrayClick},
    state::App,
    window,
};
use desk_core::{
    Desk,
    delivery::OutboxEntry,
    notify::{Event, EventKind},
    settings::Settings,
};
use desk_model::{CaseKey, Problem, ProblemCode, text::single_line};
use std::sync::Mutex;
use tauri::{
    AppHandle, Manager as _,
    menu::{CheckMenuItemBuilder, IsMenuItem, Menu, MenuBuilder, MenuItemBuilder},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

const ID: &str = "eco-desk";
const OPEN: &str = "open";
const REPORT: &str = "report";
const OUTBOX: &str = "outbox";
const PAUSE: &str = "pause";
const QUIT: &str = "quit";
/// A menu item of a case carries its key behind this.
const CASE: &str = "case:";

/// Updates that the menu lists.
const UPDATES: u32 = 5;
/// A menu grows as wide as its longest line.
const LINE: usize = 60;

/// What the tray shows; it is drawn anew only when this differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    unread: u32,
    /// High reports that do not get through to ECO.
    alarms: u32,
    updates: Vec<(CaseKey, String)>,
    paused: bool,
}

/// What the tray showed last.
#[derive(Default)]
struct Last(Mutex<Option<Shown>>);

/// Puts the tray up.
pub(crate) fn build(handle: &AppHandle, mode: Mode) -> tauri::Result<()> {
    handle.manage(Last::default());
    platform::name_program(window::title(mode));
    TrayIconBuilder::with_id(ID)
        .icon(platform::tray_icon(false))
        .icon_as_template(TRAY.icon_is_template)
        .tooltip(window::title(mode))
        .menu(&menu(handle, mode, &Shown::default())?)
        .show_menu_on_left_click(TRAY.click == TrayClick::OpensMenu)
        .on_menu_event(|handle, event| {
            guarded("a choice in the tray's menu", || chosen(handle, event.id().as_ref()));
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left, button_state: MouseButtonState::Up, ..
            } = event
                && TRAY.click == TrayClick::ShowsWindow
            {
                guarded("a click on the tray", || window::show(tray.app_handle()));
            }
        })
        .build(handle)?;
    Ok(())
}

/// Brings the tray up to date.
pub(crate) async fn refresh(handle: &AppHandle, desk: &Desk) -> Result<(), Problem> {
    let shown = Shown {
        unread: desk.cases.counts().await?.unread,
        alarms: alarms(&desk.outbox.list().await?),
        updates: desk
            .notifier
            .recent(UPDATES)
            .await?
            .into_iter()
            .map(|event| (event.case.clone(), line(&event)))
            .collect(),
        paused: desk.settings.get().await?.notifications_paused,
    };
    let drawn = handle.clone();
    // Menus and icons are the main thread's.
    on_main_thread(handle, "drawing the tray", move || {
        if draw(&drawn, shown).is_err() {
            tracing::warn!("the tray is not drawn");
        }
    })
    .map_err(|error| Problem::new(ProblemCode::Internal, error.to_string()))
}

fn draw(handle: &AppHandle, shown: Shown) -> tauri::Result<()> {
    let Some(tray) = handle.tray_by_id(ID) else { return Ok(()) };
    let last = handle.state::<Last>();
    let mut last = last.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if last.as_ref() == Some(&shown) {
        return Ok(());
    }
    let mode = handle.state::<App>().mode();
    tray.set_menu(Some(menu(handle, mode, &shown)?))?;
    tray.set_icon_with_as_template(
        Some(platform::tray_icon(shown.unread > 0 || shown.alarms > 0)),
        TRAY.icon_is_template,
    )?;
    tray.set_tooltip(Some(format!("{}: {}", window::title(mode), headline(&shown))))?;
    *last = Some(shown);
    Ok(())
}

fn menu(handle: &AppHandle, mode: Mode, shown: &Shown) -> tauri::Result<Menu<tauri::Wry>> {
    let item = |id: &str, text: &str| MenuItemBuilder::with_id(id, text).build(handle);
    let open = item(OPEN, &format!("Open {}", window::title(mode)))?;
    let headline = MenuItemBuilder::with_id("headline", headline(shown)).enabled(false).build(handle)?;
    let alarm = item(OUTBOX, &alarm_text(shown.alarms))?;
    let updates = shown
        .updates
        .iter()
        // `&` marks the letter that a menu is worked with; doubled, it stands for itself.
        .map(|(case, text)| item(&format!("{CASE}{case}"), &text.replace('&', "&&")))
        .collect::<tauri::Result<Vec<_>>>()?;
    let report = item(REPORT, "Report an incident")?;
    let pause =
        CheckMenuItemBuilder::with_id(PAUSE, "Pause notifications").checked(shown.paused).build(handle)?;
    let quit = item(QUIT, "Quit")?;
    let mut builder = MenuBuilder::new(handle).item(&open).item(&headline);
    if shown.alarms > 0 {
        builder = builder.item(&alarm);
    }
    if !updates.is_empty() {
        builder = builder.separator();
        for update in &updates {
            builder = builder.item(update as &dyn IsMenuItem<_>);
        }
    }
    builder.separator().item(&report).item(&pause).separator().item(&quit).build()
}

fn chosen(handle: &AppHandle, entry: &str) {
    let app = handle.state::<App>();
    match entry {
        OPEN => window::show(handle),
        OUTBOX => {
            app.ui.tell(ShellEvent::OpenOutbox);
            window::show(handle);
        }
        REPORT => {
            app.ui.tell(ShellEvent::OpenReport);
            window::show(handle);
        }
        PAUSE => drop(tauri::async_runtime::spawn(toggle_pause(handle.clone()))),
        QUIT => ending::end(handle.clone()),
        other => {
            if let Some(case) = other.strip_prefix(CASE) {
                app.ui.tell(ShellEvent::OpenCase { case: CaseKey(case.to_owned()) });
                window::show(handle);
            }
        }
    }
}

async fn toggle_pause(handle: AppHandle) {
    let toggled = async {
        let desk = handle.state::<App>().desk().await?;
        let settings = desk.settings.get().await?;
        let paused = !settings.notifications_paused;
        desk.settings.save(Settings { notifications_paused: paused, ..settings }).await
    };
    if let Err(problem) = toggled.await {
        tracing::warn!(code = ?problem.code, "notifications stay as they are");
    }
}

fn alarms(outbox: &[OutboxEntry]) -> u32 {
    let alarms = outbox.iter().filter(|entry| entry.is_alarm());
    u32::try_from(alarms.count()).unwrap_or(u32::MAX)
}

fn headline(shown: &Shown) -> String {
    match shown.unread {
        0 => "Nothing unread".to_owned(),
        1 => "1 unread incident".to_owned(),
        unread => format!("{unread} unread incidents"),
    }
}

fn alarm_text(alarms: u32) -> String {
    match alarms {
        1 => "NOT YET WITH ECO: 1 in the outbox".to_owned(),
        alarms => format!("NOT YET WITH ECO: {alarms} in the outbox"),
    }
}

fn line(event: &Event) -> String {
    let what = match &event.event {
        EventKind::CaseOpened { by_eco: true } => "ECO opened",
        EventKind::CaseOpened { by_eco: false } => "New",
        EventKind::Message { by_eco: true, .. } => "ECO replied",
        EventKind::Message { by_eco: false, .. } => "Reply",
        EventKind::Status { .. } => "Status",
        EventKind::Reclassified { .. } => "Reclassified",
    };
    let text = single_line(&format!("{what}: {}", event.subject));
    if text.chars().count() <= LINE { text } else { text.chars().take(LINE - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::AccountId;

    fn event(event: EventKind, subject: &str) -> Event {
        Event {
            id: 1,
            at: 0,
            account: AccountId("a".into()),
            case: CaseKey("c".into()),
            subject: subject.into(),
            event,
        }
    }

    #[test]
    fn a_long_subject_does_not_make_the_menu_as_wide_as_the_screen() {
        let text = line(&event(EventKind::CaseOpened { by_eco: true }, &"ø".repeat(300)));
        assert_eq!(text.chars().count(), LINE);
        assert!(text.starts_with("ECO opened: ø") && text.ends_with('…'));
    }

    #[test]
    fn a_subject_cannot_break_the_menu() {
        let text = line(&event(
            EventKind::CaseOpened { by_eco: false },
            "down\0 since\r\n\u{202E}gpj.exe\u{202C} & co",
        ));
        assert_eq!(text, "New: down since gpj.exe & co");
    }

    #[test]
    fn the_headline_counts() {
        let texts = [0, 1, 7].map(|unread| headline(&Shown { unread, ..Shown::default() }));
        assert_eq!(texts, ["Nothing unread", "1 unread incident", "7 unread incidents"]);
    }
}
