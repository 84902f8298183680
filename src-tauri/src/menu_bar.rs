//! The menu bar that macOS has at the top of the screen. Without its Edit menu, copying and pasting by keyboard would
//! not reach the page there. The other systems have none.

use crate::{
    contract::{MenuEntry, Mode, ShellEvent, ZoomStep},
    ending,
    guard::guarded,
    state::App,
    window, zoom,
};
use tauri::{
    AppHandle, Manager as _, Runtime,
    menu::{AboutMetadata, Menu, MenuBuilder, MenuItem, MenuItemBuilder, SubmenuBuilder},
};

/// Before the names of the entries: the tray's menu has names of its own.
const BAR: &str = "bar:";
const SETTINGS: &str = "bar:settings";
const PALETTE: &str = "bar:palette";
const KEYS: &str = "bar:keys";
const SYNC: &str = "bar:sync";
const LARGER: &str = "bar:larger";
const SMALLER: &str = "bar:smaller";
const USUAL: &str = "bar:usual";
const QUIT: &str = "bar:quit";

/// What a choice leads to.
#[derive(Debug, PartialEq, Eq)]
enum Choice {
    /// The page does it.
    Page(MenuEntry),
    Zoom(ZoomStep),
    Quit,
}

fn choice(id: &str) -> Option<Choice> {
    Some(match id {
        SETTINGS => Choice::Page(MenuEntry::Settings),
        PALETTE => Choice::Page(MenuEntry::Palette),
        KEYS => Choice::Page(MenuEntry::Keys),
        SYNC => Choice::Page(MenuEntry::Sync),
        LARGER => Choice::Zoom(ZoomStep::Larger),
        SMALLER => Choice::Zoom(ZoomStep::Smaller),
        USUAL => Choice::Zoom(ZoomStep::Usual),
        QUIT => Choice::Quit,
        _ => return None,
    })
}

/// Puts the menu bar up.
pub(crate) fn build(handle: &AppHandle, mode: Mode) -> tauri::Result<()> {
    handle.set_menu(menu(handle, window::title(mode))?)?;
    handle.on_menu_event(|handle, event| {
        if event.id().as_ref().starts_with(BAR) {
            guarded("a choice in the menu bar", || chosen(handle, event.id().as_ref()));
        }
    });
    Ok(())
}

fn chosen(handle: &AppHandle, id: &str) {
    let app = handle.state::<App>();
    match choice(id) {
        Some(Choice::Page(entry)) => {
            window::show(handle);
            app.ui.tell(ShellEvent::MenuChosen { entry });
        }
        Some(Choice::Zoom(step)) => zoom(&app, step),
        // In order: what was typed is saved first, which the system's own entry would not wait for.
        Some(Choice::Quit) => ending::end(handle.clone()),
        None => {}
    }
}

fn zoom(app: &App, step: ZoomStep) {
    if zoom::change(app, step).is_err() {
        tracing::warn!("the window does not take the zoom");
    }
}

fn menu<R: Runtime>(handle: &AppHandle<R>, program: &str) -> tauri::Result<Menu<R>> {
    let item = |id: &str, text: &str, keys: &str| -> tauri::Result<MenuItem<R>> {
        let builder = MenuItemBuilder::with_id(id, text);
        if keys.is_empty() { builder.build(handle) } else { builder.accelerator(keys).build(handle) }
    };
    let about =
        AboutMetadata { version: Some(env!("CARGO_PKG_VERSION").to_owned()), ..AboutMetadata::default() };
    let own = SubmenuBuilder::new(handle, program)
        .about(Some(about))
        .separator()
        .item(&item(SETTINGS, "Settings…", "Cmd+,")?)
        .separator()
        .services()
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .item(&item(QUIT, &format!("Quit {program}"), "Cmd+Q")?)
        .build()?;
    let edit = SubmenuBuilder::new(handle, "Edit")
        .undo()
        .redo()
        .separator()
        .cut()
        .copy()
        .paste()
        .select_all()
        .build()?;
    let view = SubmenuBuilder::new(handle, "View")
        .item(&item(PALETTE, "Find or Do Anything", "Cmd+K")?)
        .item(&item(SYNC, "Sync Now", "Cmd+R")?)
        .separator()
        .item(&item(USUAL, "Actual Size", "Cmd+0")?)
        .item(&item(LARGER, "Zoom In", "Cmd+=")?)
        .item(&item(SMALLER, "Zoom Out", "Cmd+-")?)
        .separator()
        .fullscreen()
        .build()?;
    let windows =
        SubmenuBuilder::new(handle, "Window").minimize().maximize().separator().close_window().build()?;
    let help = SubmenuBuilder::new(handle, "Help").item(&item(KEYS, "All Keys", "")?).build()?;
    MenuBuilder::new(handle).items(&[&own, &edit, &view, &windows, &help]).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_bar_leads_somewhere_and_none_of_the_tray_does() {
        for id in [SETTINGS, PALETTE, KEYS, SYNC, LARGER, SMALLER, USUAL, QUIT] {
            assert!(id.starts_with(BAR), "{id}");
            assert!(choice(id).is_some(), "{id}");
        }
        assert_eq!(choice("quit"), None, "the tray's");
        assert_eq!(choice(LARGER), Some(Choice::Zoom(ZoomStep::Larger)));
        assert_eq!(choice(SETTINGS), Some(Choice::Page(MenuEntry::Settings)));
    }
}
