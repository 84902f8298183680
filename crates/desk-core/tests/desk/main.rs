//! The core through its public interface. All of these tests are one program: each program of tests is linked anew after
//! every change of a crate.

#[path = "../accounts/mod.rs"]
mod accounts;
#[path = "../delivery/mod.rs"]
mod delivery;
mod folder;
#[path = "../mirror/mod.rs"]
mod mirror;
#[path = "../network/mod.rs"]
mod network;
mod vault;

// What the tests of one folder share, by the name they use.
use accounts::{office, portal};
use delivery::{desk, harness};
use mirror::world;
use network::company;
