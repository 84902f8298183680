//! A private display, D-Bus, keyring and home for whatever opens windows (tests/support/session.sh).

use std::process::Command;

use crate::{platform, process, workspace};

/// Set by session.sh for all that runs inside it.
const MARK: &str = "ECO_DESK_SESSION";

/// Whether a private session is needed and not there yet: only Linux has it, and only from outside.
pub(crate) fn is_missing() -> bool {
    platform::HAS_PRIVATE_SESSIONS && std::env::var_os(MARK).is_none()
}

/// The same command inside a private session where that is needed, else the command itself.
pub(crate) fn inside(command: Command) -> Command {
    if !is_missing() {
        return command;
    }
    let mut wrapped = process::program(workspace::root().join("tests/support/session.sh"));
    wrapped.arg(command.get_program()).args(command.get_args());
    if let Some(dir) = command.get_current_dir() {
        wrapped.current_dir(dir);
    }
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(key, value),
            None => wrapped.env_remove(key),
        };
    }
    wrapped
}
