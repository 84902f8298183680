//! The headless program as a child process: started, commanded, killed.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};

use crate::platform;
use crate::protocol::{Answer, Command};

/// A program that says nothing for so long hangs.
const TIMEOUT: Duration = Duration::from_secs(90);

/// A running headless program. Killed when dropped.
pub(crate) struct Client {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

/// What came of a command that may have been cut off.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reply {
    /// The program answered.
    Answered(Answer),
    /// The program was killed before it answered: the command may have been done or not.
    Killed,
}

impl Client {
    /// Starts the program on a folder and waits until it takes commands.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) async fn start(folder: &Path, endpoint: &str, ahead: i64) -> Result<Self> {
        let mut child = command(folder, endpoint, ahead)?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("the headless program cannot be started")?;
        let input = child.stdin.take().context("its input is piped")?;
        let output = BufReader::new(child.stdout.take().context("its output is piped")?).lines();
        let mut client = Self { child, input, output };
        let first = client.line().await?;
        if first.as_deref() != Some("ready") {
            bail!("the headless program did not start: {first:?}");
        }
        Ok(client)
    }

    /// Starts a second program on a folder that is in use. Returns whether it gave up, as it must.
    ///
    /// # Errors
    /// When it cannot be started at all.
    pub(crate) async fn second_gives_up(folder: &Path, endpoint: &str) -> Result<bool> {
        let mut second = command(folder, endpoint, 0)?
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let status =
            tokio::time::timeout(TIMEOUT, second.wait()).await.context("a second program hangs")??;
        Ok(!status.success())
    }

    /// Sends a command and waits for the answer.
    ///
    /// # Errors
    /// When the program ends or hangs, which it must not.
    pub(crate) async fn ask(&mut self, command: &Command) -> Result<Answer> {
        self.send(command).await?;
        let line = self.line().await?;
        let line = line.with_context(|| format!("the program ended by itself at {command:?}"))?;
        serde_json::from_str(&line).with_context(|| format!("{line} is no answer"))
    }

    /// Sends a command and kills the program after `delay`, unless the answer came before that: then it is killed
    /// right after it.
    ///
    /// # Errors
    /// When the command cannot be sent.
    pub(crate) async fn ask_and_kill(mut self, command: &Command, delay: Duration) -> Result<Reply> {
        self.send(command).await?;
        let answered = tokio::time::timeout(delay, self.output.next_line()).await;
        self.kill().await?;
        Ok(match answered {
            Ok(Ok(Some(line))) => Reply::Answered(serde_json::from_str(&line)?),
            Ok(Ok(None) | Err(_)) | Err(_) => Reply::Killed,
        })
    }

    /// Its process, while it runs.
    pub(crate) fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Kills the program with SIGKILL.
    ///
    /// # Errors
    /// When that fails.
    pub(crate) async fn kill(mut self) -> Result<()> {
        self.child.kill().await.context("the headless program cannot be killed")
    }

    async fn send(&mut self, command: &Command) -> Result<()> {
        let mut text = serde_json::to_string(command)?;
        text.push('\n');
        self.input.write_all(text.as_bytes()).await.context("the program takes no commands")?;
        self.input.flush().await.context("the program takes no commands")
    }

    async fn line(&mut self) -> Result<Option<String>> {
        let line = tokio::time::timeout(TIMEOUT, self.output.next_line());
        line.await.context("the headless program hangs")?.context("its output cannot be read")
    }
}

fn command(folder: &Path, endpoint: &str, ahead: i64) -> Result<tokio::process::Command> {
    let program = std::env::current_exe().context("the program's own path")?;
    let mut command = platform::sturdy(&program);
    command.arg("desk").arg("--data-dir").arg(folder).args(["--endpoint", endpoint]);
    command.arg(format!("--ahead={ahead}"));
    Ok(command)
}
