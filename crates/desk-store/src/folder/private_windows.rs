//! Windows: access control lists. A folder of the user's profile is the user's alone (and the administrators'); files
//! take over the list of their folder, so the folder's is looked at where it lies elsewhere.

use super::sddl;
use std::{
    fs::{File, OpenOptions},
    io,
    os::windows::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// `CREATE_NO_WINDOW`: no console flashes up.
const NO_WINDOW: u32 = 0x0800_0000;

/// Creates a folder, and its parents, if it is missing.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

/// Opens a file for writing; creates it if it is missing.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Does nothing: a file inherits its folder's access control list.
#[allow(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(crate) fn restrict_file(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Does nothing: Windows' file systems write a directory entry with the file.
#[allow(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(crate) fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Returns a warning where a folder outside the user's profile can be read by others than the user and administrators.
///
/// It is a warning and no error: a person who has an incident to report must be able to.
pub(super) fn exposure_warning(path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let profile = std::env::var_os("USERPROFILE").map(PathBuf::from)?;
    if is_below(&path, &profile) {
        return None;
    }
    let display_path = path.display();
    let who = match access_list(&path) {
        Ok(list) => sddl::readers(&list)?,
        Err(error) => {
            tracing::warn!(kind = ?error.kind(), "the access list of the data folder is not known");
            return Some(format!(
                "ECO Desk's data folder {display_path} lies outside your user profile, and who may read it could not be found out ({error}). Keep it in your profile, or check its properties under Security."
            ));
        }
    };
    Some(format!(
        "ECO Desk's data folder {display_path} lies outside your user profile and can be read by {who}. Keep it in your profile, or take their rights: icacls \"{display_path}\" /inheritance:r /grant:r \"%USERNAME%:(OI)(CI)F\""
    ))
}

/// Whether `path` is `folder` or lies in it; names are compared without regard to case.
fn is_below(path: &Path, folder: &Path) -> bool {
    let lower = |path: &Path| PathBuf::from(path.to_string_lossy().to_lowercase());
    lower(path).starts_with(lower(folder))
}

/// The folder's access control list in the security descriptor definition language, as icacls saves it: the same in
/// all languages of Windows.
fn access_list(path: &Path) -> io::Result<String> {
    let saved = tempfile::NamedTempFile::new()?.into_temp_path();
    let system = std::env::var_os("SystemRoot").map_or_else(|| PathBuf::from(r"C:\Windows"), PathBuf::from);
    let status = Command::new(system.join(r"System32\icacls.exe"))
        .arg(path)
        .arg("/save")
        .arg(&saved)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .creation_flags(NO_WINDOW)
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("icacls ended with {status}")));
    }
    let bytes = std::fs::read(&saved)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16_lossy(&units);
    // The name of the folder, then its list.
    text.lines()
        .map(|line| line.trim_start_matches('\u{feff}').trim())
        .find(|line| line.starts_with("D:"))
        .map(str::to_owned)
        .ok_or_else(|| io::Error::other("icacls has saved no list"))
}
