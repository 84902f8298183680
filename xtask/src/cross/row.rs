//! The result table of the checks and tests for other systems.

use std::time::Duration;

use super::tested::Counts;
use super::toolchain::Triple;
use crate::table::{self, Align};

/// How thoroughly a platform was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CheckLevel {
    /// Type-checked: nothing was generated, and C code was not looked at.
    TypeChecked,
    /// Type-checked and linted, warnings denied.
    Linted,
    /// Compiled and linked to programs.
    Linked,
    /// Programs were run.
    Run,
}

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Without an error.
    Passed,
    /// With an error.
    Failed,
    /// A test program, by its own count.
    Tested(Counts),
    /// A test program that gave no count: it died, or was ended for taking too long.
    Died,
    /// Not started, because it is for other systems; the reason.
    LeftOut(&'static str),
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The platform.
    pub(super) triple: Triple,
    /// What was checked or run.
    pub(super) what: String,
    /// How thoroughly.
    pub(super) way: CheckLevel,
    /// The result.
    pub(super) outcome: Outcome,
    /// How long it took.
    pub(super) took: Duration,
}

impl Row {
    /// Whether a run with this row may be green.
    pub(super) fn is_good(&self) -> bool {
        match self.outcome {
            Outcome::Passed | Outcome::LeftOut(_) => true,
            Outcome::Tested(counts) => counts.failed == 0,
            Outcome::Failed | Outcome::Died => false,
        }
    }

    fn cells(&self) -> [String; 5] {
        let way = match self.way {
            CheckLevel::TypeChecked => "type-checked",
            CheckLevel::Linted => "checked and linted",
            CheckLevel::Linked => "compiled and linked",
            CheckLevel::Run => "run under Wine",
        };
        let outcome = match self.outcome {
            Outcome::Passed => "no error".to_owned(),
            Outcome::Failed => "FAILED".to_owned(),
            Outcome::Tested(Counts { passed, failed: 0, .. }) => format!("{passed} passed"),
            Outcome::Tested(Counts { passed, failed, .. }) => format!("{failed} FAILED, {passed} passed"),
            Outcome::Died => "DIED".to_owned(),
            Outcome::LeftOut(why) => format!("left out: {why}"),
        };
        let took = match self.outcome {
            Outcome::LeftOut(_) => String::new(),
            Outcome::Passed | Outcome::Failed | Outcome::Tested(_) | Outcome::Died => {
                format!("{:.1} s", self.took.as_secs_f64())
            }
        };
        [self.triple.name().to_owned(), self.what.clone(), way.to_owned(), outcome, took]
    }
}

/// All rows as one table; under test programs stands their sum.
pub(super) fn table(rows: &[Row]) -> String {
    let mut lines: Vec<[String; 5]> = rows.iter().map(Row::cells).collect();
    let tested: Vec<&Row> = rows.iter().filter(|row| row.way == CheckLevel::Run).collect();
    if let Some(first) = tested.first() {
        let all = tested.iter().fold(Counts::default(), |sum, row| match row.outcome {
            Outcome::Tested(counts) => sum + counts,
            Outcome::Died | Outcome::Failed => sum + Counts { failed: 1, ..Counts::default() },
            Outcome::Passed | Outcome::LeftOut(_) => sum,
        });
        let sum = Row {
            triple: first.triple,
            what: "all of these tests".to_owned(),
            way: CheckLevel::Run,
            outcome: Outcome::Tested(all),
            took: tested.iter().map(|row| row.took).sum(),
        };
        lines.push(sum.cells());
    }
    table::markdown(
        [
            ("for", Align::Left),
            ("what", Align::Left),
            ("how", Align::Left),
            ("result", Align::Left),
            ("took", Align::Right),
        ],
        &lines,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(what: &str, outcome: Outcome) -> Row {
        Row {
            triple: Triple::WindowsGnu,
            what: what.to_owned(),
            way: CheckLevel::Run,
            outcome,
            took: Duration::from_millis(1500),
        }
    }

    #[test]
    fn the_table_tells_what_was_checked_and_what_was_run() {
        let checked = Row {
            triple: Triple::Macos,
            what: "the whole workspace".to_owned(),
            way: CheckLevel::TypeChecked,
            outcome: Outcome::Passed,
            took: Duration::from_secs(61),
        };
        let rows = [
            checked,
            run("desk-core: unit tests", Outcome::Tested(Counts { passed: 7, failed: 0 })),
            run("desk-core: vault", Outcome::Tested(Counts { passed: 5, failed: 1 })),
            run("support-sim: python", Outcome::LeftOut("it starts Python")),
        ];
        let text = table(&rows);
        assert_eq!(
            text,
            "\
| for                   | what                  | how            | result                     |   took |
|:----------------------|:----------------------|:---------------|:---------------------------|-------:|
| aarch64-apple-darwin  | the whole workspace   | type-checked   | no error                   | 61.0 s |
| x86_64-pc-windows-gnu | desk-core: unit tests | run under Wine | 7 passed                   |  1.5 s |
| x86_64-pc-windows-gnu | desk-core: vault      | run under Wine | 1 FAILED, 5 passed         |  1.5 s |
| x86_64-pc-windows-gnu | support-sim: python   | run under Wine | left out: it starts Python |        |
| x86_64-pc-windows-gnu | all of these tests    | run under Wine | 1 FAILED, 12 passed        |  4.5 s |"
        );
    }

    #[test]
    fn one_bad_row_turns_the_run_red() {
        let good = run("a", Outcome::Tested(Counts { passed: 0, failed: 0 }));
        assert!(good.is_good());
        for bad in [Outcome::Failed, Outcome::Died, Outcome::Tested(Counts { passed: 9, failed: 1 })] {
            assert!(!run("b", bad).is_good(), "{bad:?}");
        }
    }
}
