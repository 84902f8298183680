//! The line of an event: when, how grave, where from, the fixed message, and the fields that may be logged.

use super::is_own;
use std::fmt::{self, Write as _};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    fmt::{FmtContext, FormatEvent, FormatFields, format::Writer},
    registry::LookupSpan,
};

/// The fields that are written: codes, counts and names of this program's own, never text of a user or of AWS.
pub(super) const FIELDS: [&str; 14] = [
    "account",
    "added",
    "cause",
    "code",
    "command",
    "count",
    "ignored",
    "kind",
    "operation",
    "place",
    "reason",
    "region",
    "request_id",
    "status",
];
/// Longest value of a field, in characters.
const LONGEST: usize = 200;

/// Formats events.
pub(super) struct Line;

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(
        &self,
        _context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        let now = jiff::Timestamp::now();
        write!(writer, "{now:.3} {:>5} {}:", metadata.level(), metadata.target())?;
        if is_own(metadata.target()) {
            let mut words = Words::default();
            event.record(&mut words);
            writeln!(writer, " {}{}", words.message, words.fields)
        } else {
            writeln!(writer, " event of a library at line {}", metadata.line().unwrap_or_default())
        }
    }
}

/// What is taken from an event.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.message = on_one_line(value);
        } else if FIELDS.contains(&field.name()) {
            let _ = write!(self.fields, " {}={}", field.name(), on_one_line(value));
        }
    }
}

/// A value without line ends and other control characters, cut where it is long.
fn on_one_line(value: &dyn fmt::Debug) -> String {
    let text = format!("{value:?}");
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).take(LONGEST).collect()
}
