//! Drafts whose row cannot be read: damaged on the disk, or of another version. They are shown with what can be seen of
//! their text, kept as they are, and never sent.

use super::{DraftContent, ReplyContent, ReportContent};
use desk_model::{Problem, ProblemCode, text::multi_line};

/// Why it can be neither sent nor written on, and what to do.
pub(crate) fn problem() -> Problem {
    let message = "ECO Desk cannot read this draft: it is damaged, or of another version. It is kept as it is, and is not sent. Copy its text into a new one, then discard it.";
    Problem::new(ProblemCode::Internal, message)
}

/// What can be seen of the content in a row that is no JSON, or not the content's.
pub(super) fn content(row: &str, is_reply: bool) -> DraftContent {
    let body = seen(row, "body").unwrap_or_else(|| multi_line(row));
    if is_reply {
        return DraftContent::Reply(ReplyContent { body, ..ReplyContent::default() });
    }
    let subject = seen(row, "subject").unwrap_or_default();
    DraftContent::Report(ReportContent { subject, body, ..ReportContent::default() })
}

/// The string behind a key, as far as it goes.
fn seen(row: &str, key: &str) -> Option<String> {
    let (_, rest) = row.split_once(&format!("\"{key}\":\""))?;
    let mut escaped = false;
    let end = rest.find(|sign| {
        let ends = sign == '"' && !escaped;
        escaped = sign == '\\' && !escaped;
        ends
    });
    let text = &rest[..end.unwrap_or(rest.len())];
    let whole = serde_json::from_str::<String>(&format!("\"{text}\""));
    Some(multi_line(&whole.unwrap_or_else(|_| text.replace("\\n", "\n").replace("\\\"", "\""))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_seen_of_a_text_is_shown() {
        let table = [
            (r#"{"kind":"reply","content":{"body":"first\n\"second\""}"#, "first\n\"second\""),
            (r#"#"kind":"reply","content":{"body":"cut of"#, "cut of"),
            ("nothing of it", "nothing of it"),
        ];
        for (row, body) in table {
            let expected = ReplyContent { body: body.to_owned(), ..ReplyContent::default() };
            assert_eq!(content(row, true), DraftContent::Reply(expected), "{row}");
        }
    }
}
