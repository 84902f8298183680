//! Keeps this program, in whose memory secrets are, out of Windows Error Reporting, whose dumps hold memory.
//!
//! It is what WerAddExcludedApplication does for the user's own programs (Microsoft, "WER Settings"); the function itself
//! cannot be called without unsafe code.

use winreg::{RegKey, enums::HKEY_CURRENT_USER};

const EXCLUDED: &str = r"Software\Microsoft\Windows\Windows Error Reporting\ExcludedApplications";

/// Makes sure that no dump of this process is made for a report.
pub(crate) fn keep_memory_out_of_dumps() {
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(std::path::Path::file_name);
    if let (Some(name), Ok((excluded, _))) = (name, RegKey::predef(HKEY_CURRENT_USER).create_subkey(EXCLUDED))
    {
        let _ = excluded.set_value(name, &1_u32);
    }
}
