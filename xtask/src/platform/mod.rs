//! What differs between the systems that the project is built on, behind one interface: a file for each system,
//! the same names in all.
//!
//! The rule: nothing else in xtask asks which system it runs on (the house rules refuse it).

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(target_os = "macos", path = "macos.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;

pub(crate) use system::{
    HAS_PRIVATE_SESSIONS, SCRIPT_SUFFIX, SIGNING_KEYS, cross_packages, has_display, in_venv, system_packages,
};
