//! Starts ECO Desk.

// A console window beside the program would puzzle users of Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

/// Wipes whatever is freed: a secret on its way from the window to the keyring or into a signature passes through buffers
/// of Tauri, serde and the SDK that nobody else wipes.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    eco_desk::run(eco_desk::Options::from_command_line())
}
