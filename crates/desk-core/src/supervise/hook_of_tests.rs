//! Panics that a test has asked for, and a count of how often each task began, both of this thread.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

thread_local! {
    static PANICS: RefCell<HashSet<&'static str>> = RefCell::default();
    static BEGUN: RefCell<HashMap<&'static str, u32>> = RefCell::default();
}

/// Lets the next beginning of a task panic.
pub(super) fn panic_once(task: &'static str) {
    PANICS.with_borrow_mut(|panics| panics.insert(task));
}

/// How often a task began.
pub(super) fn begun(task: &'static str) -> u32 {
    BEGUN.with_borrow(|begun| begun.get(task).copied().unwrap_or(0))
}

/// Called as a task begins.
pub(super) fn begin(task: &'static str) {
    BEGUN.with_borrow_mut(|begun| *begun.entry(task).or_default() += 1);
    let panics = PANICS.with_borrow_mut(|panics| panics.remove(task));
    assert!(!panics, "asked for by a test");
}
