//! Does ECO's steps when their time has come.

use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::Sim;
use crate::eco::engine::{acts, due, step};
use crate::eco::monitoring;
use crate::error::SimError;

/// How often a running ECO looks whether something is due.
const LOOK: Duration = Duration::from_millis(200);

/// How many steps one advance may take, so that it ends.
const MOST_STEPS: usize = 100_000;

impl Sim {
    /// Does everything that ECO has to do by now, by the sim's clock; gives the number of steps. Steps that follow
    /// from these come due later, counted from now.
    ///
    /// # Errors
    /// A step cannot be kept on disk; it stays due.
    pub fn tick(&self) -> Result<usize, SimError> {
        self.tick_at(self.clock().now())
    }

    fn tick_at(&self, now: Timestamp) -> Result<usize, SimError> {
        let options = &self.0.options;
        let directed = options.direction.now();
        let mut state = self.state();
        let mut done = state.settle(options.patience, now)?;
        for case in due(&state, &directed, now) {
            if let Some(case) = state.by_display(case.as_str()).map(|entry| entry.case.clone()) {
                step(&mut state, case, &directed, now)?;
                done += 1;
            }
        }
        Ok(done + monitoring::tick(&mut state, options, &directed, now)?)
    }

    /// Lets `time` pass at once, and ECO do each step at its own time in between.
    ///
    /// # Errors
    /// A step cannot be kept on disk; the clock then stands at that step's time.
    pub fn advance(&self, time: Duration) -> Result<usize, SimError> {
        let end = crate::clock::after(self.clock().now(), time);
        let mut done = self.tick()?;
        while let Some(next) = self.next_step().filter(|next| *next <= end) {
            if done >= MOST_STEPS {
                break;
            }
            self.clock_on_to(next)?;
            done += self.tick()?;
        }
        self.clock_on_to(end)?;
        Ok(done + self.tick()?)
    }

    /// Puts the clock on, never back: a clock that runs may be past that time already.
    fn clock_on_to(&self, to: Timestamp) -> Result<(), SimError> {
        if self.clock().now() < to { self.set_clock(to) } else { Ok(()) }
    }

    /// When ECO does something next, where anything is planned.
    #[must_use]
    pub fn next_step(&self) -> Option<Timestamp> {
        let directed = self.0.options.direction.now();
        let state = self.read();
        let case = state.due_cases(Timestamp::MAX).filter(|entry| acts(&entry.case, &directed));
        let case = case.filter_map(|entry| entry.case.eco.due()).next();
        case.into_iter().chain(monitoring::next_due(&state, &directed)).min()
    }

    /// Does what has come due since somebody last looked, each step at its own time, as fast as the clock may run. What
    /// came due before that, while nothing ran, is done now. Gives the time up to which it has looked.
    fn catch_up(&self, since: Timestamp) -> Result<Timestamp, SimError> {
        let now = self.clock().now();
        for _ in 0..MOST_STEPS {
            let Some(next) = self.next_step().filter(|next| *next <= now) else { break };
            if self.tick_at(if next > since { next } else { now })? == 0 {
                break;
            }
        }
        self.tick_at(now)?;
        Ok(now)
    }

    /// Does ECO's steps as their times come, until it is cancelled.
    pub async fn run_eco(&self, cancel: CancellationToken) {
        let mut looked = self.clock().now();
        loop {
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            let sim = self.clone();
            match tokio::task::spawn_blocking(move || sim.catch_up(looked)).await {
                Ok(Ok(now)) => looked = now,
                Ok(Err(error)) => tracing::error!(%error, "ECO's steps cannot be kept"),
                Err(error) => tracing::error!(%error, "ECO stumbled"),
            }
        }
    }
}
