//! A file on its way to or from a case: opened once, checked, copied into staging, sent as part of an attachment set.

mod attachments;
#[cfg_attr(unix, path = "folder_unix.rs")]
#[cfg_attr(windows, path = "folder_windows.rs")]
mod folder;
mod held;
#[cfg_attr(target_os = "linux", path = "origin_linux.rs")]
#[cfg_attr(target_os = "macos", path = "origin_macos.rs")]
#[cfg_attr(windows, path = "origin_windows.rs")]
mod origin;
mod programs;
mod saving;
mod shortcut;
mod staging;
mod types;

pub use crate::draft::{DraftFile, FileId, FileState};
pub(crate) use crate::file_name::name_to_save;
pub use crate::opened_file::OpenedFile;
pub use attachments::Attachments;
pub(crate) use programs::runs_when_opened;
pub(crate) use staging::digests_in;
pub use types::*;
