//! What the program is started with.

use crate::platform;
use clap::{
    Parser,
    builder::{PathBufValueParser, TypedValueParser as _},
};
use desk_aws::{Backend, CustomEndpoint};
use std::path::PathBuf;

/// The command line of ECO Desk.
#[derive(Debug, Clone, Parser)]
#[command(name = "eco-desk", version, about = "Report incidents to EDI Cloud Operations and follow them")]
pub struct Options {
    /// Start the demo: a pretended ECO inside this program, with its own data. Nothing leaves the computer.
    #[arg(long)]
    pub demo: bool,
    /// Keep the data in this folder of this computer instead of the usual one.
    #[arg(long, value_name = "DIR", value_parser = PathBufValueParser::new().try_map(local_folder))]
    pub data_dir: Option<PathBuf>,
    /// Talk to this address in place of AWS Support, such as a support-sim, with data of its own. A banner says so all
    /// the time. Unencrypted addresses, profiles and sign-ins only towards this computer.
    #[arg(long, value_name = "URL", conflicts_with = "demo", value_parser = CustomEndpoint::parse)]
    pub support_endpoint: Option<CustomEndpoint>,
    /// Ask AWS Support every so many seconds, whatever the settings say.
    #[arg(long, value_name = "SECONDS", hide = true)]
    pub poll_seconds: Option<u64>,
    /// Destroy the window when it has been hidden for so many seconds; it is built anew when it is wanted.
    #[arg(long, value_name = "SECONDS", hide = true)]
    pub release_window_after: Option<u64>,
}

impl Options {
    /// Reads the command line; says what is wrong with it and ends the program.
    #[must_use]
    pub fn from_command_line() -> Self {
        Self::try_parse().unwrap_or_else(|error| {
            if error.use_stderr() {
                platform::show_refusal(&error.to_string());
            }
            error.exit()
        })
    }

    /// What this start talks to. A policy of the company that allows AWS alone belongs here: nothing else in the program
    /// decides it.
    pub(crate) fn backend(&self) -> Backend {
        match (self.demo, &self.support_endpoint) {
            (true, _) => Backend::Demo,
            (false, Some(endpoint)) => Backend::Custom(endpoint.clone()),
            (false, None) => Backend::Aws,
        }
    }
}

/// Takes a folder of this computer. An address of another computer (`\\server\share`) is refused: Windows signs in there
/// unasked, SQLite's locks do not hold there, and its administrators can read the data.
fn local_folder(path: PathBuf) -> Result<PathBuf, String> {
    if path.as_os_str().is_empty() {
        return Err("name a folder".to_owned());
    }
    if is_of_another_computer(&path.to_string_lossy()) {
        return Err("this is the address of another computer; name a folder on a disk of this one".to_owned());
    }
    Ok(path)
}

/// Whether a path has the form of a UNC path, in any of the ways that Windows reads. Paths of devices (`\\?\`, `\\.\`,
/// `\??\`) are of this computer where a drive letter or a volume follows.
fn is_of_another_computer(path: &str) -> bool {
    let path = path.replace('/', "\\");
    let device = [r"\\?\", r"\\.\", r"\??\"].iter().find_map(|prefix| path.strip_prefix(prefix));
    let Some(device) = device else { return path.starts_with(r"\\") };
    let drive = device.as_bytes();
    let is_drive = drive.len() >= 2 && drive[0].is_ascii_alphabetic() && drive[1] == b':';
    !is_drive && !device.to_ascii_lowercase().starts_with("volume{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_folder_is_on_this_computer() {
        for path in [
            r"C:\Users\jane\desk",
            r"C:/Users/jane/desk",
            r"D:",
            r"desk",
            r"..\desk",
            r"\desk",
            r"\\?\C:\Users\jane",
            r"\\.\C:\Users\jane",
            r"\??\C:\Users\jane",
            r"\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\desk",
            "/home/jane/desk",
            "/",
        ] {
            assert_eq!(local_folder(path.into()), Ok(PathBuf::from(path)), "{path}");
        }
        for path in [
            r"\\server\share",
            r"\\server\share\desk",
            r"//server/share",
            r"\/server\share",
            r"/\server/share",
            r"\\?\UNC\server\share",
            r"\\?\unc\server\share",
            r"//?/UNC/server/share",
            r"\\.\UNC\server\share",
            r"\\?\GLOBALROOT\Device\Mup\server\share",
            r"\??\UNC\server\share",
            r"\??\unc\server\share",
            r"/??/Unc/server/share",
            r"\??\GLOBALROOT\Device\Mup\server\share",
            r"\\localhost\c$\desk",
            r"\\",
            "",
        ] {
            assert!(local_folder(path.into()).is_err(), "{path}");
        }
    }

    #[test]
    fn an_endpoint_that_would_get_tokens_unencrypted_is_refused() {
        let read = |arguments: &[&str]| Options::try_parse_from([&["eco-desk"], arguments].concat());
        let local = read(&["--support-endpoint", "http://127.0.0.1:4599/"]).unwrap();
        assert_eq!(local.support_endpoint.unwrap().as_str(), "http://127.0.0.1:4599");
        let refused = read(&["--support-endpoint", "http://support.example.com"]).unwrap_err().to_string();
        assert!(refused.contains("Use https"), "{refused}");
        assert!(read(&["--support-endpoint", "http://127.0.0.1:1", "--demo"]).is_err());
    }
}
