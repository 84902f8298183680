//! A companion process that takes commands and answers in lines. Ended when dropped.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};

use super::eventually;

pub(crate) struct Companion {
    child: Child,
    commands: Option<ChildStdin>,
    said: Arc<Mutex<Vec<String>>>,
}

impl Companion {
    /// Starts it and waits until it says READY.
    pub(crate) async fn start(mut command: Command) -> Self {
        let shown = format!("{command:?}");
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.unwrap_or_else(|error| panic!("cannot start {shown}: {error}"));
        let commands = child.stdin.take();
        let output = child.stdout.take().expect("its output is piped");
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                heard.lock().expect("no listener panics").push(line);
            }
        });
        let companion = Self { child, commands, said };
        eventually(&format!("READY from {shown}"), async || {
            companion.said().iter().any(|line| line == "READY").then_some(())
        })
        .await;
        companion
    }

    /// All lines it has said.
    pub(crate) fn said(&self) -> Vec<String> {
        self.said.lock().expect("no listener panics").clone()
    }

    /// Gives it one command.
    pub(crate) fn tell(&self, command: &str) {
        let mut to = self.commands.as_ref().expect("it is only taken when dropped");
        writeln!(to, "{command}").and_then(|()| to.flush()).expect("the companion runs");
    }

    /// Gives it a command and returns the next line it says.
    pub(crate) async fn ask(&self, command: &str) -> String {
        let before = self.said().len();
        self.tell(command);
        eventually(&format!("an answer to {command:?}"), async || self.said().get(before).cloned()).await
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        // It ends with its input, in its own time; what does not is killed.
        drop(self.commands.take());
        for _ in 0..50 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
