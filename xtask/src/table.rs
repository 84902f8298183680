//! Tables in Markdown with aligned columns, read alike on a terminal and in a document.

/// Which side of its column a cell stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// The table, without a line end after its last line.
pub(crate) fn markdown<const N: usize>(head: [(&str, Align); N], lines: &[[String; N]]) -> String {
    let width = |column: usize| {
        let cells = lines.iter().map(|line| line[column].chars().count());
        cells.chain([head[column].0.chars().count()]).max().unwrap_or_default()
    };
    let line = |cells: &[String; N]| {
        let padded = cells.iter().zip(head).enumerate().map(|(column, (cell, (_, align)))| {
            let width = width(column);
            match align {
                Align::Left => format!("{cell:<width$}"),
                Align::Right => format!("{cell:>width$}"),
            }
        });
        format!("| {} |", padded.collect::<Vec<_>>().join(" | "))
    };
    let rule = head.iter().enumerate().map(|(column, (_, align))| {
        let dashes = "-".repeat(width(column) + 1);
        match align {
            Align::Left => format!(":{dashes}"),
            Align::Right => format!("{dashes}:"),
        }
    });
    let mut text = line(&head.map(|(name, _)| name.to_owned()));
    text.push_str(&format!("\n|{}|", rule.collect::<Vec<_>>().join("|")));
    for cells in lines {
        text.push('\n');
        text.push_str(&line(cells));
    }
    text
}
