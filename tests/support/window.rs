//! The native window around the page, by the X server: its title, its state, real drags and keys.

use std::path::Path;
use std::process::Command;

use super::app::App;
use super::by::By;
use super::session::Session;
use super::{eventually, look_for, script};

impl App {
    /// The title in the window's frame; none while no window is seen.
    pub(crate) fn window_title(&self) -> Option<String> {
        let title = said(self.xdotool(&["getwindowname", &self.window()?]));
        Some(title.trim().to_owned())
    }

    /// Whether the app has a window on the screen.
    pub(crate) fn is_window_seen(&self) -> bool {
        self.window().is_some()
    }

    /// Waits until the window is on the screen, or off it.
    pub(crate) async fn wait_window_seen(&self, seen: bool) {
        let what = if seen { "the window" } else { "the window to go" };
        eventually(what, async || (self.is_window_seen() == seen).then_some(())).await;
    }

    /// Waits until all of the window with its frame is on a screen of this size.
    pub(crate) async fn wait_window_within(&self, width: i64, height: i64) {
        let mut last = None;
        let within = look_for(async || {
            let (x, y, w, h) = self.framed()?;
            last = Some((x, y, w, h));
            (x >= 0 && y >= 0 && x + w <= width && y + h <= height).then_some(())
        });
        assert!(within.await.is_some(), "the window with its frame lies at {last:?}");
    }

    /// Moves the window by its frame.
    pub(crate) async fn move_window(&self, x: i64, y: i64) {
        let window = self.window().expect("a window is seen");
        said(self.xdotool(&["windowmove", "--sync", &window, &x.to_string(), &y.to_string()]));
        eventually("the window to move", async || self.framed().filter(|at| at.0 < 0 && at.1 < 0).map(drop))
            .await;
    }

    /// Moves the window to where it wholly lies on the screen, and answers where that is.
    pub(crate) async fn move_window_onto(&self, x: i64, y: i64) -> (i64, i64, i64, i64) {
        let window = self.window().expect("a window is seen");
        said(self.xdotool(&["windowmove", "--sync", &window, &x.to_string(), &y.to_string()]));
        eventually("the window to move", async || self.framed().filter(|at| (at.0 - x).abs() < 50)).await
    }

    /// Gives the window's content this size, and waits until the page has it.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let window = eventually("a window to resize", async || self.window()).await;
        said(self.xdotool(&["windowsize", &window, &width.to_string(), &height.to_string()]));
        self.wait(&format!("a page {width} wide"), async || {
            let inner = self.script("return Math.round(innerWidth * devicePixelRatio)", vec![]).await;
            (inner.as_u64() == Some(u64::from(width))).then_some(())
        })
        .await;
    }

    /// Waits until the window lies exactly there.
    pub(crate) async fn wait_window_at(&self, place: (i64, i64, i64, i64)) {
        let mut last = None;
        let there = look_for(async || {
            last = self.framed();
            (last == Some(place)).then_some(())
        });
        assert!(there.await.is_some(), "the window lies at {last:?} and not at {place:?}");
    }

    /// Where the window lies with the frame that the window manager draws: x, y, width, height.
    fn framed(&self) -> Option<(i64, i64, i64, i64)> {
        let window = self.window()?;
        // xdotool's own geometry is off by the frame.
        let mut facts = self.session.command("xwininfo");
        facts.args(["-id", &window]);
        let facts = said(facts);
        let fact = |name: &str| {
            facts.lines().find_map(|line| line.trim().strip_prefix(name)?.trim().parse::<i64>().ok())
        };
        let (x, y) = (fact("Absolute upper-left X:")?, fact("Absolute upper-left Y:")?);
        let (width, height) = (fact("Width:")?, fact("Height:")?);
        let mut extents = self.session.command("xprop");
        extents.args(["-id", &window, "_NET_FRAME_EXTENTS"]);
        let extents = said(extents);
        let sides: Vec<i64> =
            extents.split_once('=')?.1.split(',').filter_map(|side| side.trim().parse().ok()).collect();
        let &[left, right, top, bottom] = sides.as_slice() else { return None };
        Some((x - left, y - top, width + left + right, height + top + bottom))
    }

    /// Closes the window by its frame, as the cross in it does.
    pub(crate) async fn close_window(&self) {
        let window = eventually("a window to close", async || self.window()).await;
        // windowclose would cut the app's connection; the frame's cross asks it.
        let asked = self.xdotool(&["windowactivate", "--sync", &window, "key", "--clearmodifiers", "alt+F4"]);
        said(asked);
    }

    /// Answers the system's file dialog of this title as a person does who types a path into it.
    pub(crate) async fn answer_dialog(&self, title: &str, path: &Path) {
        let dialog = eventually("the file dialog", async || {
            let found = said(self.xdotool(&["search", "--onlyvisible", "--name", title]));
            found.lines().next().map(str::to_owned)
        })
        .await;
        let path = path.to_str().expect("the test's own path is ASCII");
        let is_open = || !said(self.xdotool(&["search", "--onlyvisible", "--name", title])).trim().is_empty();
        // Nothing tells from outside what stands in the dialog, and keys that come while it is still being drawn are
        // lost: so all of it is typed anew until the dialog takes it.
        eventually("the file dialog to close", async || {
            said(self.xdotool(&["windowactivate", "--sync", &dialog, "sleep", "0.3", "key", "ctrl+l"]));
            said(self.xdotool(&["sleep", "0.3", "key", "ctrl+a", "type", "--delay", "15", path]));
            // The first Return may only take what the dialog offers to complete.
            for _ in 0..2 {
                tokio::time::sleep(std::time::Duration::from_millis(700)).await;
                if is_open() {
                    said(self.xdotool(&["key", "Return"]));
                }
                for _ in 0..10 {
                    if !is_open() {
                        return Some(());
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                }
            }
            None
        })
        .await;
    }

    /// Drags files from another program's window onto an element, with the real mouse pointer.
    pub(crate) async fn drop_files(&self, onto: impl Into<By>, files: &[&Path]) {
        self.drag(onto, files, self.session.command(script("drag.sh"))).await;
    }

    /// The same from a program that deletes the files as soon as the drop is answered.
    pub(crate) async fn drop_passing_files(&self, onto: impl Into<By>, files: &[&Path]) {
        let mut drag = self.session.command(script("drag.sh"));
        drag.env("DELETE_DROPPED", "1");
        self.drag(onto, files, drag).await;
    }

    async fn drag(&self, onto: impl Into<By>, files: &[&Path], mut drag: Command) {
        let (x, y) = self.centre_of(onto).await;
        drag.args(files).env("APP_PID", self.pid().to_string());
        drag.env("DROP_X", x.to_string()).env("DROP_Y", y.to_string());
        let done = tokio::task::spawn_blocking(move || drag.output()).await.expect("a drag does not panic");
        let done = done.expect("drag.sh can be started");
        assert!(done.status.success(), "no drag took place: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// The largest window on the screen that is the app's. The toolkit keeps tiny ones of its own there, which
    /// nobody sees.
    fn window(&self) -> Option<String> {
        let pid = self.pid().to_string();
        let found = self.xdotool(&["search", "--onlyvisible", "--pid", &pid]).output().ok()?;
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        let areas = found.lines().map(|window| (self.area_of(window), window));
        areas.filter(|(area, _)| *area > 100 * 100).max().map(|(_, window)| window.to_owned())
    }

    fn area_of(&self, window: &str) -> u64 {
        let shell = said(self.xdotool(&["getwindowgeometry", "--shell", window]));
        let side = |name: &str| shell.lines().find_map(|line| line.strip_prefix(name)?.parse::<u64>().ok());
        side("WIDTH=").unwrap_or_default() * side("HEIGHT=").unwrap_or_default()
    }

    fn xdotool(&self, args: &[&str]) -> Command {
        let mut command = self.session.command("xdotool");
        command.args(args);
        command
    }
}

impl Session {
    /// Waits for a window with this in its title, whosever it is; answers the whole title.
    pub(crate) async fn window_named(&self, part: &str) -> String {
        eventually(&format!("a window named {part:?}"), async || {
            let mut search = self.command("xdotool");
            search.args(["search", "--onlyvisible", "--name", part, "getwindowname"]);
            said(search).lines().next().map(str::to_owned)
        })
        .await
    }
}

/// What a program that must succeed writes.
fn said(mut command: Command) -> String {
    let done = command.output().expect("xdotool can be started");
    String::from_utf8_lossy(&done.stdout).into_owned()
}
