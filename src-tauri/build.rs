//! Embeds the UI and gives every declared command a permission of its own.

// Declared once, read here for the names alone.
include!("src/contract/declaration.rs");

macro_rules! names {
    ($($room:ident :: $name:ident ( $($argument:ident : $type:ty),* ) -> $answer:ty $(, stale_on [$($stale:tt)*])?;)*) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}
with_commands!(names);

/// The file dialogs need version 6 of this library, which Windows gives only to programs that ask for it. Tauri asks
/// for it in the app; without this the tests would not start (STATUS_ENTRYPOINT_NOT_FOUND).
const COMMON_CONTROLS: &str = "/MANIFESTDEPENDENCY:type='win32' name='Microsoft.Windows.Common-Controls' \
    version='6.0.0.0' processorArchitecture='*' publicKeyToken='6595b64144ccf1df' language='*'";

fn main() {
    // Tauri refuses to embed a folder that is not there; `cargo xtask` builds the UI into it first.
    if let Err(error) = std::fs::create_dir_all("ui/dist") {
        println!("cargo::error=ui/dist cannot be made: {error}");
    }
    println!("cargo::rerun-if-changed=ui/dist");
    println!("cargo::rerun-if-changed=src-tauri/src/contract/declaration.rs");
    if [("CARGO_CFG_TARGET_OS", "windows"), ("CARGO_CFG_TARGET_ENV", "msvc")]
        .iter()
        .all(|(name, value)| std::env::var(name).is_ok_and(|found| found == *value))
    {
        println!("cargo::rustc-link-arg={COMMON_CONTROLS}");
    }
    let attributes =
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
