//! Measures the wall-clock time of each step of a long command, for a table at its end.

use std::time::{Duration, Instant};

use crate::table::{self, Align};

/// The steps so far, in their order, and when the first one began.
#[derive(Debug)]
pub(crate) struct Steps(Vec<Step>, Instant);

impl Default for Steps {
    fn default() -> Self {
        Self(Vec::new(), Instant::now())
    }
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    took: Duration,
    good: bool,
}

impl Steps {
    /// Does a step and notes how long it took and whether it went well.
    pub(crate) fn take<T, E>(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let began = Instant::now();
        let done = work();
        self.note(name, began.elapsed(), done.is_ok());
        done
    }

    /// Notes a step that was timed elsewhere.
    pub(crate) fn note(&mut self, name: &'static str, took: Duration, good: bool) {
        self.0.push(Step { name, took, good });
    }

    /// Whether each step went well.
    pub(crate) fn all_good(&self) -> bool {
        self.0.iter().all(|step| step.good)
    }

    /// All steps and the time that passed, which is less than their sum where some ran side by side.
    pub(crate) fn table(&self) -> String {
        self.table_after(self.1.elapsed())
    }

    fn table_after(&self, passed: Duration) -> String {
        let line = |name: &str, took: Duration, good: bool| {
            let seconds = took.as_secs();
            let mark = if good { "" } else { "FAILED" };
            [name.to_owned(), format!("{}:{:02}", seconds / 60, seconds % 60), mark.to_owned()]
        };
        let mut lines: Vec<_> = self.0.iter().map(|step| line(step.name, step.took, step.good)).collect();
        lines.push(line("all of it", passed, self.all_good()));
        table::markdown([("step", Align::Left), ("min:s", Align::Right), ("", Align::Left)], &lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_stands_in_the_table_with_its_time_and_whether_it_failed() {
        let mut steps = Steps::default();
        assert_eq!(steps.take("lints", || Ok::<_, ()>(7)), Ok(7));
        assert_eq!(steps.take("tests", || Err::<(), _>("red")), Err("red"));
        for (step, seconds) in steps.0.iter_mut().zip([61, 3605]) {
            step.took = Duration::from_secs(seconds);
        }
        assert_eq!(
            steps.table_after(Duration::from_secs(3666)),
            "\
| step      | min:s |        |
|:----------|------:|:-------|
| lints     |  1:01 |        |
| tests     | 60:05 | FAILED |
| all of it | 61:06 | FAILED |"
        );
    }
}
