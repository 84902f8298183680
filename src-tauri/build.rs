//! Embeds the UI and gives every declared command a permission of its own.

// Declared once, read here for the names alone.
include!("src/contract/declaration.rs");

macro_rules! names {
    ($($room:ident :: $name:ident ( $($argument:ident : $type:ty),* ) -> $answer:ty;)*) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}
with_commands!(names);

fn main() {
    // Tauri refuses to embed a folder that is not there; `cargo xtask` builds the UI into it first.
    if let Err(error) = std::fs::create_dir_all("ui/dist") {
        println!("cargo::error=ui/dist cannot be made: {error}");
    }
    println!("cargo::rerun-if-changed=ui/dist");
    println!("cargo::rerun-if-changed=src-tauri/src/contract/declaration.rs");
    let attributes =
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
