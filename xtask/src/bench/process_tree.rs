//! The tree of a process and its descendants, from Linux's /proc. Zombies do not count.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context, Result};

/// Lists the process and its descendants.
///
/// # Errors
/// When /proc cannot be listed.
pub(super) fn of(pid: u32) -> Result<Vec<u32>> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").context("cannot list /proc")? {
        let Some(child) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        if let Some(parent) = parent_of(child) {
            children.entry(parent).or_default().push(child);
        }
    }
    let mut process_tree = vec![pid];
    let mut next = 0;
    while let Some(member) = process_tree.get(next) {
        process_tree.extend(children.remove(member).unwrap_or_default());
        next += 1;
    }
    Ok(process_tree)
}

/// Whether the process exists and is no zombie.
pub(super) fn is_alive(pid: u32) -> bool {
    parent_of(pid).is_some()
}

/// The parent of a process that is alive.
fn parent_of(pid: u32) -> Option<u32> {
    parent_in(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// From `/proc/PID/stat`: number, name in brackets (which may hold anything), state, parent.
fn parent_in(stat: &str) -> Option<u32> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if fields.next()? == "Z" {
        return None;
    }
    fields.next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_hide_the_parent() {
        assert_eq!(parent_in("42 (web (x) 7) S 41 42 42 0 -1"), Some(41));
        assert_eq!(parent_in("42 (web) Z 41 42 42 0 -1"), None);
    }

    #[cfg(all(test, target_os = "linux"))]
    #[test]
    fn a_child_belongs_to_the_tree_while_it_lives() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().expect("sleep is everywhere");
        let process_tree = of(std::process::id());
        child.kill().expect("it runs");
        child.wait().expect("it was started here");
        assert!(process_tree.expect("/proc is there").contains(&child.id()));
        assert!(!is_alive(child.id()));
    }
}
