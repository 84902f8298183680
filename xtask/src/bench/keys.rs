//! From a key to the painted change, beside a page without a framework: `typing` and `open-case`.
//!
//! The keys are real ones of the X server; the page measures from the event's own time stamp to the task that follows
//! the frame in which the change was painted.

use anyhow::{Result, bail};

use super::app::{Prepared, Running, Subject};
use super::row::{LIMIT as FIXED, Row, median, percentile};
use crate::process;

/// The benches' names.
pub(super) const TYPING: &str = "typing";
/// See [`TYPING`].
pub(super) const OPEN_CASE: &str = "open-case";

/// Keys of each kind.
const KEYS: usize = 60;

/// How long a case waits for the next move before it is shown, in milliseconds (ui/src/screens/incidents).
const REST_MS: f64 = 80.0;

/// What is typed into the filter, a letter at a time.
const FILTERED: &str = "ingestion";

/// A program with the keyboard.
struct Typist {
    running: Running,
    window: String,
}

impl Typist {
    /// Starts the program and gives its window the keyboard.
    ///
    /// # Errors
    /// When it does not paint, or has no window.
    fn start(program: &Prepared) -> Result<Self> {
        let running = program.start()?;
        if program.subject() != Subject::BareWindow {
            running.whole_screen_ms()?;
        }
        let pid = running.pid().to_string();
        let found = process::output(process::program("xdotool").args([
            "search",
            "--sync",
            "--onlyvisible",
            "--pid",
            &pid,
        ]))?;
        let Some(window) = found.lines().last().map(str::to_owned) else {
            bail!("the program of process {pid} has no window")
        };
        let typist = Self { running, window };
        typist.xdotool(&["windowactivate", "--sync", &typist.window])?;
        Ok(typist)
    }

    fn xdotool(&self, arguments: &[&str]) -> Result<()> {
        process::output(process::program("xdotool").args(arguments)).map(drop)
    }

    /// Presses keys, one after the other.
    fn press(&self, keys: &[&str]) -> Result<()> {
        self.xdotool(&[&["key", "--clearmodifiers", "--delay", "0"], keys].concat())
    }

    /// Presses a key and returns the milliseconds until the change of that name was painted.
    fn time(&self, key: &str, what: &str) -> Result<f64> {
        self.press(&[key])?;
        self.running.key_ms(what)
    }

    /// The same for the letters of a text.
    fn write(&self, text: &str, what: &str) -> Result<Vec<f64>> {
        text.chars().map(|letter| self.time(&letter.to_string(), what)).collect()
    }
}

/// What a bare page needs for a key that moves a row, and for one in a text field.
struct Bare {
    moves: Vec<f64>,
    writes: Vec<f64>,
}

fn bare() -> Result<Bare> {
    let bare = Typist::start(&Prepared::new(Subject::BareWindow)?)?;
    // The first key makes the page's rows.
    bare.time("j", "move")?;
    let moves = (0..KEYS).map(|_| bare.time("j", "move")).collect::<Result<_>>()?;
    bare.press(&["Tab"])?;
    let writes = (0..KEYS).map(|_| bare.time("a", "write")).collect::<Result<_>>()?;
    Ok(Bare { moves, writes })
}

/// Values beside a bare page's: both percentiles, and the limit on what is more at 95 of 100.
fn rows(
    name: &'static str,
    metric: &str,
    values: &[f64],
    yardstick: &str,
    bare: &[f64],
    limit: f64,
) -> Vec<Row> {
    let beside = |percent| (percentile(values.to_vec(), percent), percentile(bare.to_vec(), percent));
    eprintln!("  {metric}: median {:.1} ms", median(values.to_vec()));
    let ((p95, bare95), (p99, bare99)) = (beside(95), beside(99));
    vec![
        Row::cost(name, format!("{metric}, 95 of 100 within"), "ms", p95, yardstick, bare95),
        Row::cost(name, format!("{metric}, 99 of 100 within"), "ms", p99, yardstick, bare99),
        Row::cost(name, format!("{metric}, more than a bare page"), "ms", p95 - bare95, FIXED, limit),
    ]
}

/// J in the list of 10,000, a letter in its filter, a letter in the composer beside a conversation of 5,000 messages.
///
/// # Errors
/// When a program does not paint what a key leads to.
pub(super) fn typing() -> Result<Vec<Row>> {
    let bare = bare()?;
    let list = Typist::start(&Prepared::new(Subject::Desk { cases: 10_000 })?)?;
    list.time("j", "move")?;
    let moves = (0..KEYS).map(|_| list.time("j", "move")).collect::<Result<Vec<_>>>()?;
    list.press(&["slash"])?;
    let mut filtered = Vec::new();
    while filtered.len() < KEYS {
        filtered.extend(list.write(FILTERED, "filter")?);
        list.press(&["ctrl+a"])?;
        list.time("BackSpace", "filter")?;
    }
    drop(list);
    let long = Typist::start(&Prepared::new(Subject::LongCase)?)?;
    long.time("j", "case")?;
    long.press(&["r"])?;
    long.time("a", "write")?;
    let written = (0..KEYS).map(|_| long.time("a", "write")).collect::<Result<Vec<_>>>()?;
    let page = "bare page";
    Ok([
        rows(TYPING, "J to the moved row, 10000 cases", &moves, page, &bare.moves, 15.0),
        rows(
            TYPING,
            "a letter in the filter to its results, 10000 cases",
            &filtered,
            page,
            &bare.writes,
            30.0,
        ),
        rows(TYPING, "a letter in the composer, 5000 messages", &written, page, &bare.writes, 10.0),
    ]
    .concat())
}

/// From Enter, and from the rest after J, to the painted case.
///
/// # Errors
/// When a program does not paint what a key leads to.
pub(super) fn open_case() -> Result<Vec<Row>> {
    let bare = bare()?;
    let list = Typist::start(&Prepared::new(Subject::Desk { cases: 10_000 })?)?;
    list.time("j", "case")?;
    let mut rested = Vec::new();
    let mut entered = Vec::new();
    for _ in 0..KEYS {
        rested.push(list.time("j", "case")? - REST_MS);
        // Enter comes before the rest is over.
        list.press(&["j", "Return"])?;
        entered.push(list.running.key_ms("open")?);
        list.press(&["Escape"])?;
    }
    let page = "bare page";
    Ok([
        rows(OPEN_CASE, "rest after J to the painted case", &rested, page, &bare.moves, 30.0),
        rows(OPEN_CASE, "Enter to the painted case", &entered, page, &bare.moves, 30.0),
    ]
    .concat())
}
