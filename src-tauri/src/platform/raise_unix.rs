//! A program that is refused the data folder asks the one that has it to show its window, through a socket in that
//! folder: this works where the two share no session bus, and nobody but the folder's user can reach it.

use crate::window;
use std::{
    fs::Permissions,
    io,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
};
use tauri::{AppHandle, async_runtime::JoinHandle};

fn socket(data_dir: &Path) -> PathBuf {
    data_dir.join("show.sock")
}

/// Guard: listens for other programs that ask for the window, until dropped. Only for the program that holds the
/// folder's lock.
#[derive(Debug)]
pub(crate) struct ShowListener {
    /// None where nobody can ask.
    _listener: Option<Listener>,
}

impl ShowListener {
    /// Shows the window whenever it is asked for.
    pub(crate) fn start(handle: &AppHandle, data_dir: &Path) -> Self {
        let handle = handle.clone();
        match Listener::start(socket(data_dir), move || window::show(&handle)) {
            Ok(listener) => Self { _listener: Some(listener) },
            Err(error) => {
                // Some paths are too long for a socket: a second program is then refused without the window coming up.
                tracing::warn!(kind = ?error.kind(), "other programs cannot ask for the window");
                Self { _listener: None }
            }
        }
    }
}

#[derive(Debug)]
struct Listener {
    path: PathBuf,
    /// Which file it is: another program may have made one of this name since.
    file: (u64, u64),
    task: JoinHandle<()>,
}

impl Listener {
    fn start(path: PathBuf, on_asked: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        // One of a program that was killed: the lock says that there is no other.
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        listener.set_nonblocking(true)?;
        let file = file_at(&path)?;
        let task = tauri::async_runtime::spawn(async move {
            let accepted = async {
                let listener = tokio::net::UnixListener::from_std(listener)?;
                loop {
                    listener.accept().await?;
                    on_asked();
                }
            };
            let ended: io::Result<()> = accepted.await;
            if let Err(error) = ended {
                tracing::warn!(kind = ?error.kind(), "other programs can no longer ask for the window");
            }
        });
        Ok(Self { path, file, task })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
        if file_at(&self.path).is_ok_and(|file| file == self.file)
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::warn!(kind = ?error.kind(), "other programs may still ask for the window");
        }
    }
}

fn file_at(path: &Path) -> io::Result<(u64, u64)> {
    path.symlink_metadata().map(|found| (found.dev(), found.ino()))
}

/// Asks the program that has the folder open to show its window; answers whether it was there to be asked.
pub(crate) fn ask_for_window(data_dir: &Path) -> bool {
    UnixStream::connect(socket(data_dir)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test(flavor = "multi_thread")]
    async fn the_newest_listener_alone_is_asked_and_what_an_old_one_leaves_is_not_taken_from_it() {
        let folder = tempfile::tempdir().unwrap();
        let (asked, heard) = mpsc::channel();
        let start = |number: u32| {
            let asked = asked.clone();
            Listener::start(socket(folder.path()), move || asked.send(number).unwrap()).unwrap()
        };
        let first = start(1);
        let second = start(2);
        drop(first);
        assert!(ask_for_window(folder.path()));
        assert_eq!(heard.recv().unwrap(), 2);
        drop(second);
        assert!(!ask_for_window(folder.path()), "nobody is there any more");
        assert!(!socket(folder.path()).exists());
        drop(asked);
        assert!(heard.recv().is_err(), "no task is left that could be asked");
    }
}
