//! The program itself: its state, its line to the page, links, the clipboard, the demo, the end.

use crate::{
    contract::{AppState, AskedLink, Mode, PaintStage, ShellListener, ZoomStep},
    ending, links,
    state::App,
    window, zoom,
};
use desk_core::log::crash;
use desk_model::{Problem, ProblemCode};
use tauri::Manager as _;
use tauri_plugin_clipboard_manager::ClipboardExt as _;

pub(crate) async fn app_state(app: &App) -> Result<AppState, Problem> {
    // The page asks this first, and again when the user tries again: where the desk does not open, it shows why.
    let desk = app.desk_or_reopened().await?;
    Ok(AppState {
        mode: app.mode(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        platform: std::env::consts::OS.to_owned(),
        endpoint_override: app.options.support_endpoint.as_ref().map(ToString::to_string),
        data_dir: app.data_dir.display().to_string(),
        notices: desk.notices(),
        rescue: desk.rescue().await.unwrap_or_default(),
        has_crashed: crash::last(&app.data_dir.join("logs")).is_some(),
        disk_problem: desk.disk_problem(),
        is_measured: is_measured(),
    })
}

pub(crate) async fn app_listen(app: &App, listener: ShellListener) -> Result<(), Problem> {
    app.ui.listen(listener);
    Ok(())
}

pub(crate) async fn app_painted(app: &App, stage: PaintStage) -> Result<(), Problem> {
    let line = match stage {
        PaintStage::FirstSight => {
            window::has_painted(&app.handle);
            "first-paint-ms"
        }
        PaintStage::Whole => {
            app.painted.notify_one();
            window::has_painted(&app.handle);
            "whole-screen-ms"
        }
    };
    // `cargo xtask bench` waits for these lines.
    #[allow(clippy::print_stdout, reason = "the benchmark reads it; nobody else sets the variable")]
    if is_measured() {
        println!("{line} {}", app.started.elapsed().as_millis());
    }
    Ok(())
}

/// Whether a benchmark started the program.
fn is_measured() -> bool {
    std::env::var_os("ECO_DESK_MEASURE").is_some()
}

pub(crate) async fn app_measured(_app: &App, change: String, milliseconds: f64) -> Result<(), Problem> {
    #[allow(clippy::print_stdout, reason = "the benchmark reads it; nobody else sets the variable")]
    if is_measured() {
        println!("key {change} {milliseconds:.2}");
    }
    Ok(())
}

pub(crate) async fn app_flushed(app: &App, everything: bool) -> Result<(), Problem> {
    app.page_flushed(everything);
    Ok(())
}

pub(crate) async fn app_zoom(app: &App, step: ZoomStep) -> Result<u16, Problem> {
    zoom::change(app, step).map_err(|error| {
        Problem::new(ProblemCode::Internal, format!("The window cannot be drawn at another size ({error})."))
    })
}

pub(crate) async fn clipboard_copy(app: &App, text: String) -> Result<(), Problem> {
    app.handle.clipboard().write_text(text).map_err(|error| {
        Problem::new(
            ProblemCode::Internal,
            format!("The clipboard did not take it ({error}). Mark the text and copy it by hand."),
        )
    })
}

pub(crate) async fn link_open(
    _app: &App,
    address: String,
    confirmed: bool,
) -> Result<Option<AskedLink>, Problem> {
    links::open(&address, confirmed)
}

pub(crate) async fn demo_restart(app: &App) -> Result<(), Problem> {
    let not_started = |error: &dyn std::fmt::Display| {
        Problem::new(
            ProblemCode::Internal,
            format!("ECO Desk could not be started anew ({error}). Quit it and start it by hand."),
        )
    };
    let program = tauri::process::current_binary(&app.handle.env()).map_err(|error| not_started(&error))?;
    let mut command = std::process::Command::new(program);
    match app.mode() {
        Mode::Real => drop(command.arg("--demo")),
        Mode::Demo => {}
    }
    if let Some(folder) = &app.options.data_dir {
        command.arg("--data-dir").arg(folder);
    }
    command.spawn().map_err(|error| not_started(&error))?;
    ending::end(app.handle.clone());
    Ok(())
}
