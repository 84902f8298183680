//! A Tauri window with nothing in it but one line of text, built from the app's versions and features: the
//! yardstick of `cargo xtask bench start memory`.
//!
//! With ECO_DESK_MEASURE=1 it prints `first-paint-ms N` once its text has been painted, as the app does for its
//! first row. The page says so by its title: a command would need the app's permissions.
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
                    if measured && title == "painted" {
                        report(started);
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!("src-tauri/examples/bare-window/tauri.conf.json"))
        .expect("a window can be opened");
}

#[allow(clippy::print_stdout, reason = "the bench reads this line")]
fn report(started: Instant) {
    println!("first-paint-ms {}", started.elapsed().as_millis());
}
