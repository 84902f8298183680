//! Wine, in a prefix of its own with a home of its own, so that neither the user's Windows programs nor the user's
//! files are in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::{process, stamp};

/// Debian puts neither into the PATH.
const WINE: &str = "/usr/lib/wine/wine64";
const SERVER: &str = "/usr/lib/wine/wineserver64";

const STAND_IN: &str = include_str!("scripts/bcryptprimitives.c");

/// A prefix that is ready. Its server, and all that still runs in it, ends when this is dropped.
pub(super) struct Wine {
    prefix: PathBuf,
    home: PathBuf,
}

impl Wine {
    /// Makes the prefix below `folder`, with what Wine lacks.
    ///
    /// # Errors
    /// When Wine does not start or the missing library cannot be compiled.
    pub(super) fn prepared(folder: &Path) -> Result<Self> {
        let wine = Self { prefix: folder.join("wine"), home: folder.join("home") };
        let library = wine.prefix.join("drive_c/windows/system32/bcryptprimitives.dll");
        let version = process::output(Command::new(WINE).arg("--version"))?;
        let digest = format!("{} {STAND_IN}", version.trim());
        // A server that a killed run left would refuse the one that is to last.
        wine.end();
        stamp::unless_done("wine", &digest, library.exists(), || wine.make(folder, &library))?;
        wine.serve()?;
        Ok(wine)
    }

    /// Lets the programs that `command` starts run in the prefix.
    pub(super) fn inside(&self, command: &mut Command) {
        command
            .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", WINE)
            .env("WINEPREFIX", &self.prefix)
            .env("HOME", &self.home)
            .env("WINEARCH", "win64")
            .env("WINEDEBUG", "-all")
            // Neither .NET nor a browser, which Wine would offer to download, nor entries in a desktop's menus.
            .env("WINEDLLOVERRIDES", "mscoree=;mshtml=;winemenubuilder.exe=")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
    }

    /// Ends the prefix's server, and all that still runs in it.
    pub(super) fn end(&self) {
        let mut server = process::program(SERVER);
        server.arg("--kill");
        self.inside(&mut server);
        // It says no where nothing runs any more.
        let _ = process::output(&mut server);
    }

    /// Starts the prefix's server for good. By itself it comes and goes with the programs, and one that starts just
    /// when it goes dies of it.
    fn serve(&self) -> Result<()> {
        let mut server = process::program(SERVER);
        server.arg("--persistent").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.inside(&mut server);
        process::run(&mut server)
    }

    fn make(&self, folder: &Path, library: &Path) -> Result<()> {
        for made in [&self.prefix, &self.home] {
            if made.exists() {
                fs::remove_dir_all(made).with_context(|| format!("cannot remove {}", made.display()))?;
            }
            fs::create_dir_all(made).with_context(|| format!("cannot make {}", made.display()))?;
        }
        let mut boot = process::program("timeout");
        boot.args(["300", WINE, "wineboot", "--init"]);
        self.inside(&mut boot);
        process::run(&mut boot)?;
        // The server that this started writes the registry before it goes, seconds later. While it runs, the one that
        // is to last is refused.
        let mut server = process::program("timeout");
        server.args(["60", SERVER, "--wait"]);
        self.inside(&mut server);
        process::run(&mut server)?;
        let source = folder.join("bcryptprimitives.c");
        fs::write(&source, STAND_IN).with_context(|| format!("cannot write {}", source.display()))?;
        let mut compiler = process::program("x86_64-w64-mingw32-gcc");
        compiler.args(["-O2", "-shared", "-s", "-o"]).arg(library).arg(&source).arg("-ladvapi32");
        process::run(&mut compiler)
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        self.end();
    }
}
