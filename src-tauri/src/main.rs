//! Starts ECO Desk.

// A console window beside the program would puzzle users of Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    eco_desk::run(eco_desk::Options::from_command_line())
}
