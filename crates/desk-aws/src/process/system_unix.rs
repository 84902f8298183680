//! Running a program on Linux and macOS.
//!
//! What is started from Finder, the Dock or a desktop's menu has a short PATH that knows nothing of what the user's
//! shell adds to it, such as `/opt/homebrew/bin`. So the login shell is asked for it, once.

use crate::shell_words;
use std::{
    ffi::{OsStr, OsString},
    io::IsTerminal as _,
    os::unix::{ffi::OsStringExt as _, fs::PermissionsExt as _},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::{process::Command, sync::OnceCell};

/// Time limit for the shell, which runs the user's startup files.
const SHELL_TIMEOUT: Duration = Duration::from_secs(5);
/// Delimits the output, since the user's startup files may print too.
const OUTPUT_MARK: &str = "__eco_desk_path__";

/// Splits a command into words as the AWS CLI does.
pub(super) fn split(command: &str) -> Option<Vec<String>> {
    shell_words::split(command)
}

/// Returns the file names to try for a program.
pub(super) fn files_of(program: &Path) -> Vec<PathBuf> {
    vec![program.to_owned()]
}

/// Whether the file is an executable program.
pub(super) fn is_program(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// Does nothing: programs get no console window here.
pub(super) fn without_window(_command: &mut Command) {}

/// Returns the PATH in which programs are looked for: the login shell's, followed by this process's.
pub(super) async fn search_path() -> Option<OsString> {
    static OF_SHELL: OnceCell<OsString> = OnceCell::const_new();
    let given = std::env::var_os("PATH").unwrap_or_default();
    if std::io::stdin().is_terminal() {
        return Some(given);
    }
    // Only a success is cached: a shell that was too slow, as at a busy log-in, is run again.
    let of_shell = OF_SHELL
        .get_or_try_init(|| async {
            let shell = std::env::var_os("SHELL").filter(|shell| Path::new(shell).is_absolute()).ok_or(())?;
            path_of(&shell).await.ok_or(())
        })
        .await;
    match of_shell {
        Ok(of_shell) => join_paths(of_shell, &given),
        Err(()) => Some(given),
    }
}

/// Reads the PATH of a login shell; `None` if that fails.
pub(super) async fn path_of(shell: &OsStr) -> Option<OsString> {
    // The variable is asked for by a program: shells differ in how they write it.
    let ask = format!("echo {OUTPUT_MARK}; /usr/bin/printenv PATH; echo {OUTPUT_MARK}");
    let mut command = Command::new(shell);
    command.args(["-l", "-i", "-c", &ask]);
    command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    // A group of its own, so that an interactive shell does not take over a terminal.
    command.process_group(0);
    let output = tokio::time::timeout(SHELL_TIMEOUT, command.output()).await.ok()?.ok()?;
    let mark = [OUTPUT_MARK.as_bytes(), b"\n"].concat();
    let begin = find(&output.stdout, &mark)? + mark.len();
    let length = find(&output.stdout[begin..], &mark)?;
    let answer = output.stdout[begin..begin + length].trim_ascii();
    (!answer.is_empty()).then(|| OsString::from_vec(answer.to_vec()))
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// Joins the folders of `first` and those of `second` that are not among them.
pub(super) fn join_paths(first: &OsStr, second: &OsStr) -> Option<OsString> {
    let mut folders: Vec<PathBuf> = std::env::split_paths(first).collect();
    let more: Vec<_> = std::env::split_paths(second).filter(|folder| !folders.contains(folder)).collect();
    folders.extend(more);
    std::env::join_paths(folders).ok()
}
