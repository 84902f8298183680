//! Debian's own Rust, which builds the standard library of the other system from its sources.
//!
//! rustup's programs, its settings and the folders of the normal build are kept out of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, workspace};

const CARGO: &str = "/usr/bin/cargo";
/// Started by its path: cargo would look into its own folder first and find rustup's.
const CLIPPY: &str = "/usr/bin/cargo-clippy";

/// Environment variables of rustup, cargo or the user that select a compiler or its options, and are cleared.
const CLEARED_VARIABLES: [&str; 12] = [
    "RUSTUP_TOOLCHAIN",
    "RUSTC_WRAPPER",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTFLAGS",
    "RUSTDOCFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_RUSTC",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_RUSTC_WRAPPER",
    "LD_LIBRARY_PATH",
    "TAURI_DRIVER",
];

/// A platform as rustc calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Triple {
    /// Windows with mingw's libraries, which Linux can link.
    WindowsGnu,
    /// Windows with Microsoft's libraries, as shipped.
    WindowsMsvc,
    /// macOS on Apple silicon.
    Macos,
}

impl Triple {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::WindowsGnu => "x86_64-pc-windows-gnu",
            Self::WindowsMsvc => "x86_64-pc-windows-msvc",
            Self::Macos => "aarch64-apple-darwin",
        }
    }

    /// Whether there is a C compiler for it here.
    fn has_c_compiler(self) -> bool {
        match self {
            Self::WindowsGnu => true,
            Self::WindowsMsvc | Self::Macos => false,
        }
    }
}

/// The compiler, ready to be used.
pub(super) struct Toolchain {
    folder: PathBuf,
}

impl Toolchain {
    /// Writes what stands in for C compilers.
    ///
    /// # Errors
    /// When target/cross cannot be written.
    pub(super) fn prepared() -> Result<Self> {
        let folder = workspace::target().join("cross");
        let stand_ins = folder.join("stand-in");
        fs::create_dir_all(&stand_ins).with_context(|| format!("cannot make {}", stand_ins.display()))?;
        for (name, script) in [("cc", include_str!("scripts/cc.sh")), ("ar", include_str!("scripts/ar.sh"))] {
            let path = stand_ins.join(name);
            fs::write(&path, script).with_context(|| format!("cannot write {}", path.display()))?;
            // Rust's own call for this is Unix' alone, and xtask compiles everywhere.
            process::output(Command::new("chmod").arg("+x").arg(&path))?;
        }
        Ok(Self { folder })
    }

    /// Where everything of this lies.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Type-checks the whole workspace.
    pub(super) fn check(&self, triple: Triple) -> Command {
        let mut command = self.cargo("check", triple);
        command.args(["--workspace", "--all-targets"]);
        command
    }

    /// Compiles the whole workspace as far as a check does, and lints it.
    pub(super) fn clippy(&self, triple: Triple) -> Command {
        let mut command = self.started_as(CLIPPY, "clippy", triple);
        command.args(["--workspace", "--all-targets", "--", "-D", "warnings"]);
        command
    }

    /// Cargo's test command, without what is to be tested.
    pub(super) fn test(&self, triple: Triple) -> Command {
        self.cargo("test", triple)
    }

    fn cargo(&self, command: &str, triple: Triple) -> Command {
        self.started_as(CARGO, command, triple)
    }

    fn started_as(&self, program: &str, subcommand: &str, triple: Triple) -> Command {
        let mut command = process::program(program);
        for name in CLEARED_VARIABLES {
            command.env_remove(name);
        }
        command
            .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
            .env("CARGO", CARGO)
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTDOC", "/usr/bin/rustdoc")
            .env("CARGO_HOME", workspace::cargo_home())
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            // Lets a stable compiler build the standard library.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_unwind,panic_abort")
            // Neither is read here, and both fill the disk.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            // aws-lc's assembly for Windows comes assembled.
            .env("AWS_LC_SYS_PREBUILT_NASM", "1");
        if !triple.has_c_compiler() {
            let stand_ins = self.folder.join("stand-in");
            let suffix = triple.name().replace('-', "_");
            command
                .env(format!("CC_{suffix}"), stand_ins.join("cc"))
                .env(format!("CXX_{suffix}"), stand_ins.join("cc"))
                .env(format!("AR_{suffix}"), stand_ins.join("ar"))
                // Apple's tools would be asked where their headers are; any folder will do.
                .env("SDKROOT", &stand_ins);
        }
        command.args([subcommand, "--locked", "--target", triple.name()]);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    fn toolchain() -> Toolchain {
        Toolchain { folder: PathBuf::from("/x/cross") }
    }

    fn variable<'a>(command: &'a Command, name: &str) -> Option<&'a OsStr> {
        command.get_envs().find(|(key, _)| *key == name).and_then(|(_, value)| value)
    }

    #[test]
    fn the_whole_workspace_is_linted_with_warnings_denied() {
        let command = toolchain().clippy(Triple::WindowsGnu);
        assert_eq!(
            process::command_line(&command),
            "cargo-clippy clippy --locked --target x86_64-pc-windows-gnu --workspace --all-targets -- -D warnings"
        );
        assert_eq!(variable(&command, "CC_x86_64_pc_windows_gnu"), None, "mingw's own compiler is used");
    }

    #[test]
    fn a_system_without_a_c_compiler_gets_the_stand_in() {
        let command = toolchain().check(Triple::Macos);
        assert_eq!(
            process::command_line(&command),
            "cargo check --locked --target aarch64-apple-darwin --workspace --all-targets"
        );
        assert_eq!(variable(&command, "CC_aarch64_apple_darwin"), Some(OsStr::new("/x/cross/stand-in/cc")));
    }

    #[test]
    fn nothing_of_rustup_or_of_the_normal_build_gets_in() {
        let command = toolchain().check(Triple::WindowsMsvc);
        assert_eq!(variable(&command, "PATH"), Some(OsStr::new("/usr/bin:/bin:/usr/sbin:/sbin")));
        assert_eq!(variable(&command, "CARGO_TARGET_DIR"), Some(OsStr::new("/x/cross/target")));
        for name in CLEARED_VARIABLES {
            assert!(command.get_envs().any(|(key, value)| key == name && value.is_none()), "{name}");
        }
    }
}
