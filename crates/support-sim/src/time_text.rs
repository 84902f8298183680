//! Times as the API writes and reads them: three spellings out, any sensible spelling in. Everything is UTC.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Serialize, Serializer};

/// The two spellings of times in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeForm {
    /// `2026-05-12T23:12:35.000Z`, as in a case's `timeCreated`.
    Zulu,
    /// `2026-05-14T17:04:40.790+0000`, as DescribeCommunications and `expiryTime` have it.
    Offset,
}

/// A time that is written without a detour over a `String`: an answer has hundreds.
pub(crate) struct Stamp(pub(crate) Timestamp, pub(crate) TimeForm);

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(time, form) = *self;
        let time = time.to_zoned(TimeZone::UTC).datetime();
        let mut text = *b"0000-00-00T00:00:00.000+0000";
        let mut put = |place: usize, digits: usize, value: i32| {
            let mut value = value.unsigned_abs();
            for byte in text[place..place + digits].iter_mut().rev() {
                *byte = b'0' + u8::try_from(value % 10).expect("a digit");
                value /= 10;
            }
        };
        put(0, 4, time.year().into());
        put(5, 2, time.month().into());
        put(8, 2, time.day().into());
        put(11, 2, time.hour().into());
        put(14, 2, time.minute().into());
        put(17, 2, time.second().into());
        put(20, 3, time.millisecond().into());
        let text = match form {
            TimeForm::Zulu => {
                text[23] = b'Z';
                &text[..24]
            }
            TimeForm::Offset => &text,
        };
        to.serialize_str(std::str::from_utf8(text).expect("ASCII"))
    }
}

/// [`TimeForm::Zulu`].
pub(crate) fn zulu(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// [`TimeForm::Offset`].
pub(crate) fn offset(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3f+0000").to_string()
}

/// `2026-05-12T23:12:35Z`, as in S3's errors.
pub(crate) fn zulu_seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `Sun, 22 Nov 2026 07:15:00 GMT`, for the `Date` header.
pub(crate) fn http_date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// `20261122T071500Z`, as in `X-Amz-Date` and in the texts of a refused signature.
pub(crate) fn amz_date(time: Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Reads [`amz_date`]'s spelling and no other.
pub(crate) fn parse_amz_date(text: &str) -> Option<Timestamp> {
    if text.len() != 16 {
        return None;
    }
    let civil = DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// Reads a filter's time: ISO 8601 with `Z`, with an offset with or without a colon, without any (then UTC), or a
/// date alone (then its midnight).
pub(crate) fn parse_filter(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    if let Ok(time) = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text) {
        return Some(time);
    }
    // jiff's civil parser drops an offset, so what has one but did not parse above must not get here.
    if text.ends_with(['Z', 'z']) || text.get(10..).is_some_and(|clock| clock.contains(['+', '-'])) {
        return None;
    }
    let civil = match text.parse::<DateTime>() {
        Ok(civil) => civil,
        Err(_) => text.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::midnight()),
    };
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTANT: Timestamp = Timestamp::constant(1_778_778_280, 790_000_000);

    #[test]
    fn one_instant_in_each_spelling() {
        assert_eq!(zulu(INSTANT), "2026-05-14T17:04:40.790Z");
        assert_eq!(offset(INSTANT), "2026-05-14T17:04:40.790+0000");
        assert_eq!(http_date(INSTANT), "Thu, 14 May 2026 17:04:40 GMT");
        assert_eq!(amz_date(INSTANT), "20260514T170440Z");
        assert_eq!(parse_amz_date("20260514T170440Z"), Some(Timestamp::constant(1_778_778_280, 0)));
    }

    #[test]
    fn stamps_are_spelled_alike() {
        for time in [INSTANT, Timestamp::UNIX_EPOCH, Timestamp::constant(1_767_225_599, 999_000_000)] {
            let stamped = |form| serde_json::to_value(Stamp(time, form)).unwrap();
            assert_eq!(stamped(TimeForm::Zulu), zulu(time));
            assert_eq!(stamped(TimeForm::Offset), offset(time));
        }
    }

    #[test]
    fn filters_take_every_spelling_in_use() {
        let whole = Timestamp::constant(1_778_778_280, 0);
        for (text, expected) in [
            ("2026-05-14T17:04:40.790Z", INSTANT),
            ("2026-05-14T17:04:40.790+0000", INSTANT),
            ("2026-05-14T19:04:40.790+02:00", INSTANT),
            ("2026-05-14T17:04:40.790", INSTANT),
            ("2026-05-14T17:04:40", whole),
            ("2026-05-14T17:04:40Z", whole),
            ("2026-05-14T17:04:40+0000", whole),
            ("2026-05-14", Timestamp::constant(1_778_716_800, 0)),
        ] {
            assert_eq!(parse_filter(text), Some(expected), "{text}");
        }
        for text in ["", "yesterday", "14.05.2026", "2026-13-01", "2026-05-14T17:04:40+99:99"] {
            assert_eq!(parse_filter(text), None, "{text}");
        }
    }

    #[test]
    fn a_signing_time_has_one_spelling() {
        for text in ["2026-05-14T17:04:40Z", "20260514", "20260514T170440", "20261314T170440Z"] {
            assert_eq!(parse_amz_date(text), None, "{text}");
        }
    }
}
