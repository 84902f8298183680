//! Native file dialogs. They are made on the main thread with the window as their parent, and awaited elsewhere.

use crate::{guard::on_main_thread, window};
use desk_model::{Problem, ProblemCode};
use rfd::{AsyncFileDialog, FileHandle};
use std::{future::Future, path::PathBuf};
use tauri::{AppHandle, Manager as _};
use tokio::sync::oneshot;

/// Lets the user choose files; none where they cancel.
pub(crate) async fn choose_files(handle: &AppHandle) -> Result<Vec<PathBuf>, Problem> {
    let chosen = on_main(handle, |dialog| dialog.set_title("Choose files for ECO").pick_files())
        .await?
        .unwrap_or_default();
    Ok(chosen.iter().map(|file| file.path().to_owned()).collect())
}

/// Lets the user choose files with certificates; none where they cancel.
pub(crate) async fn choose_certificates(handle: &AppHandle) -> Result<Vec<PathBuf>, Problem> {
    let make = |dialog: AsyncFileDialog| {
        dialog
            .set_title("Choose a CA certificate")
            .add_filter("Certificates", &["pem", "crt", "cer", "der"])
            .add_filter("All files", &["*"])
            .pick_files()
    };
    let chosen = on_main(handle, make).await?.unwrap_or_default();
    Ok(chosen.iter().map(|file| file.path().to_owned()).collect())
}

/// Lets the user choose the file in which AWS's console handed out an access key; `None` where they cancel.
pub(crate) async fn choose_key_file(handle: &AppHandle) -> Result<Option<PathBuf>, Problem> {
    let chosen: Option<FileHandle> = on_main(handle, |dialog| {
        dialog
            .set_title("Choose the file of the access key")
            .add_filter("Access keys (*.csv)", &["csv"])
            .add_filter("All files", &["*"])
            .pick_file()
    })
    .await?;
    Ok(chosen.map(|file| file.path().to_owned()))
}

/// Lets the user choose where to save a file; `None` where they cancel.
pub(crate) async fn choose_place(handle: &AppHandle, name: String) -> Result<Option<PathBuf>, Problem> {
    let chosen: Option<FileHandle> =
        on_main(handle, move |dialog| dialog.set_title("Save file").set_file_name(name).save_file()).await?;
    Ok(chosen.map(|file| file.path().to_owned()))
}

async fn on_main<T, F>(
    handle: &AppHandle,
    make: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
) -> Result<T, Problem>
where
    F: Future<Output = T> + Send + 'static,
{
    let (made, dialog) = oneshot::channel();
    let with_window = handle.clone();
    on_main_thread(handle, "opening a file dialog", move || {
        let mut dialog = AsyncFileDialog::new();
        if let Some(window) = with_window.get_webview_window(window::MAIN) {
            dialog = dialog.set_parent(&window);
        }
        let _ = made.send(make(dialog));
    })
    .map_err(|error| not_opened(&error))?;
    let dialog = dialog.await.map_err(|error| not_opened(&error))?;
    Ok(dialog.await)
}

fn not_opened(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        ProblemCode::Internal,
        format!("The file dialog did not open ({error}). Drop the files onto the window instead."),
    )
}
