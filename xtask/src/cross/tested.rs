//! Parses the output of `cargo test` line by line: which program runs, and how many of its tests passed.

use std::ops::Add;
use std::time::Duration;

/// A test program's own count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Tests that passed.
    pub(super) passed: u32,
    /// Tests that failed.
    pub(super) failed: u32,
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// A test program that was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tested {
    /// Package and program.
    pub(super) name: String,
    /// Its count and how long it ran by itself; `None` where it gave none.
    pub(super) result: Option<(Counts, Duration)>,
}

/// Reads the lines in the order in which they were written.
#[derive(Default)]
pub(super) struct Reader {
    package: String,
    programs: Vec<Tested>,
}

impl Reader {
    /// Takes a line, of cargo or of a test program.
    pub(super) fn read(&mut self, line: &str) {
        if let Some(started) = line.trim_start().strip_prefix("Running ") {
            self.started(started);
        } else if let Some(said) = line.strip_prefix("test result: ") {
            // A test that starts a test program repeats its lines; the last word is the program's own.
            if let Some(program) = self.programs.last_mut() {
                program.result = result_in(said);
            }
        }
    }

    /// All programs that were started.
    pub(super) fn programs(self) -> Vec<Tested> {
        self.programs
    }

    /// `unittests src/lib.rs (…/deps/desk_core-0123.exe)` or `tests/vault.rs (…/deps/vault-0123.exe)`. Cargo runs a
    /// package's unit tests first, and only their programs are named by the package.
    fn started(&mut self, line: &str) {
        let Some((source, program)) = line.split_once(" (") else { return };
        let name = match source.strip_prefix("unittests ") {
            Some(source) => {
                let file = program.rsplit(['/', '\\']).next().unwrap_or(program);
                self.package = file.rsplit_once('-').map_or(file, |(name, _)| name).replace('_', "-");
                if source.ends_with("main.rs") { "unit tests of the program" } else { "unit tests" }
            }
            None => {
                let source = source.trim_end_matches("/main.rs").trim_end_matches(".rs");
                source.rsplit('/').next().unwrap_or(source)
            }
        };
        self.programs.push(Tested { name: format!("{}: {name}", self.package), result: None });
    }
}

/// `ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.25s`.
fn result_in(said: &str) -> Option<(Counts, Duration)> {
    let number = |what: &str| -> Option<u32> {
        let before = said.split_once(what)?.0;
        before.rsplit([' ', '.', ';']).find(|word| !word.is_empty())?.parse().ok()
    };
    let seconds: f64 = said.split_once("finished in ")?.1.trim_end().strip_suffix('s')?.parse().ok()?;
    let counts = Counts { passed: number(" passed")?, failed: number(" failed")? };
    Some((counts, Duration::try_from_secs_f64(seconds).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Tested> {
        let mut reader = Reader::default();
        text.lines().for_each(|line| reader.read(line));
        reader.programs()
    }

    fn tested(name: &str, passed: u32, failed: u32, millis: u64) -> Tested {
        let result = Some((Counts { passed, failed }, Duration::from_millis(millis)));
        Tested { name: name.to_owned(), result }
    }

    #[test]
    fn each_program_has_the_count_that_follows_it() {
        let text = "
    Finished `test` profile [unoptimized] target(s) in 0.10s
     Running unittests src/lib.rs (target/cross/target/x86_64-pc-windows-gnu/debug/deps/desk_core-0a1b.exe)

running 3 tests
test a ... ok
test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.25s

     Running tests/delivery/main.rs (target/cross/target/x86_64-pc-windows-gnu/debug/deps/delivery-0a1b.exe)
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 10.00s
     Running unittests src/main.rs (target/cross/target/x86_64-pc-windows-gnu/debug/deps/support_sim-0a1b.exe)
test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
     Running tests/wire.rs (target/cross/target/x86_64-pc-windows-gnu/debug/deps/wire-0a1b.exe)
test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.50s
";
        assert_eq!(
            read(text),
            [
                tested("desk-core: unit tests", 2, 1, 1250),
                tested("desk-core: delivery", 12, 0, 10_000),
                tested("support-sim: unit tests of the program", 0, 0, 0),
                tested("support-sim: wire", 4, 0, 500),
            ]
        );
    }

    #[test]
    fn a_program_that_dies_has_no_count() {
        let text =
            "     Running tests/vault.rs (x/vault-1.exe)\nerror: test failed, to rerun pass `--test vault`\n";
        assert_eq!(read(text), [Tested { name: ": vault".to_owned(), result: None }]);
    }
}
