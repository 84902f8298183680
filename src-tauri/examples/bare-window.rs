//! A Tauri window with nothing in it but one line of text, built from the app's versions and features: the
//! yardstick of `cargo xtask bench start memory open-case typing`.
//!
//! With ECO_DESK_MEASURE=1 it prints `first-paint-ms N` once its text has been painted, as the app does for its
//! first row, and `key NAME N` after each key, as the app does too. The page says so by its title: a command would need
//! the app's permissions.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::time::Instant;

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let started = Instant::now();
    let measured = std::env::var_os("ECO_DESK_MEASURE").is_some();
    tauri::Builder::default()
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "bare", WebviewUrl::default())
                .title("Bare window")
                .inner_size(1280.0, 832.0)
                .on_document_title_changed(move |_window, title| {
                    if measured {
                        report(started, &title);
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!("src-tauri/examples/bare-window/tauri.conf.json"))
        .expect("a window can be opened");
}

/// Hands the page's measurement on: that its text is painted, or how long a key took (`key move 3.41 17`).
#[allow(clippy::print_stdout, reason = "the bench reads these lines")]
fn report(started: Instant, title: &str) {
    if title == "painted" {
        println!("first-paint-ms {}", started.elapsed().as_millis());
    } else if title.starts_with("key ") {
        println!("{title}");
    }
}
