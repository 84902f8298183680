//! Parses and formats the Support API's instants, which are text in several formats.

use aws_smithy_types::{DateTime, date_time::Format};
use desk_model::Millis;
use jiff::{Timestamp, civil, tz::TimeZone};

/// Parses an instant: `2026-05-12T23:12:35.000Z`, `2026-05-14T17:04:40.790+0000`, `+00:00`, or without an
/// offset, which is UTC. `None` for anything else.
pub(super) fn parse(text: &str) -> Option<Millis> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_millisecond());
    }
    let local: civil::DateTime = text.parse().ok()?;
    Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// Like [`parse`], but returns 1970, and logs, if the format is unknown. Never the current time: the same text must
/// always give the same instant, since it is part of a communication's identity.
pub(super) fn parse_or_epoch(text: Option<&str>) -> Millis {
    let parsed = text.and_then(parse);
    if parsed.is_none() {
        tracing::warn!("an instant from AWS could not be read");
    }
    parsed.unwrap_or(0)
}

/// Formats an instant as `2026-05-12T23:12:35.000Z`.
pub(super) fn format(at: Millis) -> String {
    let instant =
        Timestamp::from_millisecond(at).unwrap_or(if at < 0 { Timestamp::MIN } else { Timestamp::MAX });
    format!("{instant:.3}")
}

/// Parses the instant of an HTTP `Date` header.
pub(super) fn parse_http_date(text: &str) -> Option<Millis> {
    DateTime::from_str(text, Format::HttpDate).ok()?.to_millis().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_shape_that_aws_is_known_to_send_is_read() {
        let at = 1_778_627_555_000;
        for text in [
            "2026-05-12T23:12:35.000Z",
            "2026-05-12T23:12:35Z",
            "2026-05-12T23:12:35.000+0000",
            "2026-05-12T23:12:35.000+00:00",
            "2026-05-13T01:12:35.000+0200",
            "2026-05-12T23:12:35.000",
            "2026-05-12T23:12:35",
            "2026-05-12 23:12:35",
            " 2026-05-12T23:12:35.000Z ",
        ] {
            assert_eq!(parse(text), Some(at), "{text:?}");
        }
        assert_eq!(parse("2026-05-14T17:04:40.790+0000"), Some(1_778_778_280_790));
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "12:00", "1778627555"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
        assert_eq!(parse_or_epoch(None), 0);
    }

    #[test]
    fn an_http_date_is_read() {
        assert_eq!(parse_http_date("Tue, 12 May 2026 23:12:35 GMT"), Some(1_778_627_555_000));
        assert_eq!(parse_http_date("soon"), None);
    }

    #[test]
    fn an_instant_is_written_with_milliseconds() {
        assert_eq!(format(1_778_627_555_000), "2026-05-12T23:12:35.000Z");
        assert_eq!(format(1_778_627_555_007), "2026-05-12T23:12:35.007Z");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,40}|[0-9TZ:+. -]{0,40}") {
            let _ = parse(&text);
            let _ = parse_http_date(&text);
        }

        #[test]
        fn what_is_written_reads_back(at in 0_i64..4_000_000_000_000) {
            prop_assert_eq!(parse(&format(at)), Some(at));
        }

        #[test]
        fn any_instant_is_written_without_a_panic(at: i64) {
            prop_assert!(!format(at).is_empty());
        }
    }
}
