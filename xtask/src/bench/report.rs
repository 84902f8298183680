//! Rows as a table, on the terminal and between two marks of docs/BENCHMARKS.md.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::row::Row;
use crate::table::{self, Align};

const BEGIN: &str = "<!-- bench table: begin (written by `cargo xtask bench`) -->";
const END: &str = "<!-- bench table: end -->";
const HEAD: [(&str, Align); 6] = [
    ("Bench", Align::Left),
    ("Metric", Align::Left),
    ("Value", Align::Right),
    ("Yardstick", Align::Left),
    ("Its value", Align::Right),
    ("Ratio", Align::Right),
];

/// One line of the table.
pub(super) type Cells = [String; HEAD.len()];

/// A row as it is shown.
pub(super) fn cells(row: &Row) -> Cells {
    // A ratio says nothing with one decimal.
    let decimals = if row.unit == "×" { 2 } else { 1 };
    let with_unit = |value: f64| format!("{value:.decimals$} {}", row.unit);
    [
        row.name.to_owned(),
        row.metric.clone(),
        with_unit(row.value),
        row.yardstick.clone(),
        with_unit(row.yardstick_value),
        format!("{:.2}", row.ratio),
    ]
}

/// All lines as a table.
pub(super) fn table(lines: &[Cells]) -> String {
    table::markdown(HEAD, lines)
}

/// Writes the rows into the document; rows there of benches that did not run stay.
///
/// # Errors
/// When the document is missing, has no marks, or cannot be written.
pub(super) fn update(path: &Path, rows: &[Row]) -> Result<()> {
    let file = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {file}"))?;
    let new = updated(&text, rows).with_context(|| format!("{file} has lost the marks of its table"))?;
    fs::write(path, new).with_context(|| format!("cannot write {file}"))
}

fn updated(text: &str, rows: &[Row]) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (old, after) = rest.split_once(END)?;
    let mut lines: Vec<Cells> = old
        .lines()
        .skip_while(|line| !line.starts_with("|:"))
        .skip(1)
        .filter_map(parsed)
        .filter(|cells| rows.iter().all(|row| row.name != cells[0]))
        .collect();
    lines.extend(rows.iter().map(cells));
    // A stable sort: the metrics of one bench keep their order.
    lines.sort_by(|a, b| a[0].cmp(&b[0]));
    Some(format!("{before}{BEGIN}\n{}\n{END}{after}", table(&lines)))
}

fn parsed(line: &str) -> Option<Cells> {
    let cells = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<String> = cells.split('|').map(|cell| cell.trim().to_owned()).collect();
    cells.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn new_rows_replace_old_ones_of_the_same_bench_only() {
        let memory = Row::cost("memory", "idle", "MB", 300.0, "bare window", 250.0);
        let start = Row::cost("start", "empty", "ms", 900.0, "bare window", 600.0);
        let faster = Row::cost("start", "empty", "ms", 750.0, "bare window", 600.0);
        let empty = format!("# Benchmarks\n\n{BEGIN}\n{END}\n\nMore.\n");
        let first = updated(&empty, &[start, memory]).unwrap();
        let second = updated(&first, &[faster]).unwrap();
        assert!(first.contains("900.0 ms"));
        assert!(!second.contains("900.0 ms"));
        assert!(second.contains("750.0 ms") && second.contains("300.0 MB"));
        assert!(second.starts_with("# Benchmarks\n\n") && second.ends_with(&format!("{END}\n\nMore.\n")));
        assert_eq!(second.matches("| start").count(), 1);
        assert!(updated("no marks", &[]).is_none());
    }
}
