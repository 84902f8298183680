//! Processes and their ports, as Linux tells of them. Shared with the tests of support-sim.
//!
//! A port that was free a moment ago may be another program's by the time ours listens, so who listens is looked up.
#![allow(dead_code, reason = "each test program uses a part of this")]

use std::net::TcpListener;
use std::path::Path;

/// A loopback port that nobody uses now.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    listener.local_addr().expect("it is bound").port()
}

/// Who listens at a port, as seen from a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listener {
    Nobody,
    /// The process, or one that it has started.
    Family,
    Stranger,
}

/// Who listens at the port: the process `pid` with what it has started, or another.
pub(crate) fn listener_at(port: u16, pid: u32) -> Listener {
    // In this order: who has the socket now is among the processes afterwards.
    let sockets = sockets_at(port);
    let family = [vec![pid], descendants(pid)].concat();
    if sockets.is_empty() {
        Listener::Nobody
    } else if have_one_of(&family, &sockets) {
        Listener::Family
    } else {
        Listener::Stranger
    }
}

/// What sockets that listen at the port are called in `/proc/<pid>/fd`.
fn sockets_at(port: u16) -> Vec<String> {
    ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .flat_map(|table| listeners(&std::fs::read_to_string(table).unwrap_or_default(), port))
        .map(|inode| format!("socket:[{inode}]"))
        .collect()
}

fn have_one_of(family: &[u32], sockets: &[String]) -> bool {
    family.iter().any(|pid| {
        let open = std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
        let mut links = open.filter_map(|entry| std::fs::read_link(entry.path()).ok());
        links.any(|link| sockets.iter().any(|socket| link == Path::new(socket)))
    })
}

/// The inodes of the sockets that listen at the port, in a table of `/proc/net`.
fn listeners(table: &str, port: u16) -> Vec<String> {
    const LISTEN: &str = "0A";
    let place = format!(":{port:04X}");
    let rows = table.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.filter(|row| row.len() > 9 && row[1].ends_with(&place) && row[3] == LISTEN)
        .map(|row| row[9].to_owned())
        .collect()
}

/// Processes below one, nearest first.
pub(crate) fn descendants(pid: u32) -> Vec<u32> {
    let listed = std::fs::read_dir("/proc").expect("Linux has /proc");
    let all: Vec<(u32, u32)> = listed
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|child| Some((child, state_and_parent(child)?.1)))
        .collect();
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(&member) = family.get(next) {
        family.extend(all.iter().filter(|(_, parent)| *parent == member).map(|(child, _)| *child));
        next += 1;
    }
    family.split_off(1)
}

/// State and parent of a process.
pub(crate) fn state_and_parent(pid: u32) -> Option<(String, u32)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
}

#[test]
fn only_the_process_that_listens_is_found() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    let port = listener.local_addr().expect("it is bound").port();
    assert_eq!(listener_at(port, std::process::id()), Listener::Family);
    let mut other = std::process::Command::new("sleep").arg("60").spawn().expect("it starts");
    assert_eq!(listener_at(port, other.id()), Listener::Stranger);
    other.kill().and_then(|()| other.wait()).expect("our own child");
    drop(listener);
    // A process that another test starts shares the socket from its fork to its exec.
    let is_free = || listener_at(port, std::process::id()) == Listener::Nobody;
    let waits = std::iter::repeat_with(|| std::thread::sleep(std::time::Duration::from_millis(10)));
    assert!(is_free() || waits.take(6_000).any(|()| is_free()), "nobody listens any more");
}
