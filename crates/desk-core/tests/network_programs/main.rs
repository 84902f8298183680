//! Through a real proxy and a real TLS server: see [`job`]. They are Debian's, so this runs on Linux only; what does
//! not need them is tested everywhere, in `tests/network`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "the other tests of the network use the rest")]
#[path = "../network/company.rs"]
mod company;
mod job;
#[path = "../../../../tests/support/process.rs"]
mod process;
mod programs;
