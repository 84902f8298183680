//! Linux and macOS: permission bits, whatever the umask says.

use std::{
    fs::{DirBuilder, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;
/// The bits that are compared; the kind of file is among the others.
const BITS: u32 = 0o7777;

/// Makes a folder, and its parents, where it is missing, and takes the rights of others to it.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    match DirBuilder::new().mode(FOLDER).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    match set_mode(path, FOLDER) {
        // A folder of somebody else's that one may write into: said by the caller, by what is in it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        outcome => outcome,
    }
}

/// Opens a file for writing, made with the user's rights alone where it is missing.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(FILE).open(path)
}

/// Takes the rights of others to a file.
pub(crate) fn restrict_file(path: &Path) -> io::Result<()> {
    set_mode(path, FILE)
}

/// Brings the names in a folder to the disk.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Says by whom a folder can be read besides its user, where it is so.
pub(super) fn exposure(path: &Path) -> Option<String> {
    let mode = path.metadata().ok()?.permissions().mode();
    (mode & 0o077 != 0).then(|| {
        format!(
            "ECO Desk's data folder {} is open to other users of this computer, and its permissions could not be changed. Choose a folder that is yours alone, with --data-dir.",
            path.display()
        )
    })
}

fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    if std::fs::metadata(path)?.permissions().mode() & BITS == mode {
        return Ok(());
    }
    std::fs::set_permissions(path, Permissions::from_mode(mode))
}
