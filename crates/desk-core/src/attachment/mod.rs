//! A file on its way to or from a case: checked, copied into staging, sent as part of an attachment set.

mod attachments;
#[cfg_attr(unix, path = "folder_unix.rs")]
#[cfg_attr(windows, path = "folder_windows.rs")]
mod folder;
mod name;
mod staging;
mod types;

pub use attachments::Attachments;
pub(crate) use name::name_to_save;
pub(crate) use staging::Staged;
pub use types::*;
