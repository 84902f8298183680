//! Whether a contact method is open, from the hours that DescribeCreateCaseOptions gives.
//!
//! Hours repeat every day in UTC and may span midnight; dates without support are cut out of them.

use super::Opening;
use desk_aws::CommunicationType;
use desk_model::{DAY, HOUR, MINUTE, Millis};

/// How far ahead is looked: longer than any run of holidays.
const HORIZON_DAYS: i64 = 21;

/// What `offered` says of the contact type `kind` (`web`, `call` or `chat`) at `now`.
pub(super) fn opening_of(kind: &str, offered: &[CommunicationType], now: Millis) -> Opening {
    match offered.iter().find(|offer| offer.kind == kind) {
        None => Opening::NotOffered,
        Some(offer) => opening(&offer.hours, &offer.closed, now),
    }
}

fn opening(hours: &[(String, String)], closed: &[(Millis, Millis)], now: Millis) -> Opening {
    let Some(daily) = hours.iter().map(|(start, end)| daily(start, end)).collect::<Option<Vec<_>>>() else {
        return Opening::Unknown;
    };
    if daily.is_empty() {
        return Opening::Unknown;
    }
    let today = now.div_euclid(DAY);
    let horizon = (today + HORIZON_DAYS) * DAY;
    let spans = (today - 1..today + HORIZON_DAYS)
        .flat_map(|day| daily.iter().map(move |(start, end)| (day * DAY + start, day * DAY + end)))
        .collect();
    let spans = without(merged(spans), closed);
    match spans.iter().find(|(start, end)| *end > now && *start < horizon) {
        Some((start, end)) if *start <= now && *end >= horizon => Opening::Always,
        Some((start, end)) if *start <= now => Opening::Open { until: *end },
        Some((start, _)) => Opening::Closed { opens_at: Some(*start) },
        None => Opening::Closed { opens_at: None },
    }
}

/// Start and end of one day's hours, in milliseconds from its midnight; the end is after the start and may lie in
/// the next day. `None` where they cannot be read.
fn daily(start: &str, end: &str) -> Option<(Millis, Millis)> {
    let (start, mut end) = (time_of_day(start)?, time_of_day(end)?);
    // 23:59, 23:59:59 and 23:59:59.999 are all meant to be midnight.
    if end >= DAY - MINUTE {
        end = DAY;
    }
    if end <= start {
        end += DAY;
    }
    Some((start, end))
}

/// `HH:mm`, `HH:mm:ss` or `HH:mm:ss.SSS`, up to 24:00, in milliseconds.
fn time_of_day(text: &str) -> Option<Millis> {
    let mut parts = text.trim().split(':');
    let hours: Millis = parts.next()?.parse().ok()?;
    let minutes: Millis = parts.next()?.parse().ok()?;
    let (seconds, fraction) = match parts.next() {
        None => (0, "0"),
        Some(rest) => {
            let (seconds, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
            (seconds.parse::<Millis>().ok()?, fraction)
        }
    };
    if parts.next().is_some() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: Millis = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let time = hours * HOUR + minutes * MINUTE + seconds * 1_000 + millis;
    ((0..=24).contains(&hours) && (0..60).contains(&minutes) && (0..=60).contains(&seconds) && time <= DAY)
        .then_some(time)
}

fn merged(mut spans: Vec<(Millis, Millis)>) -> Vec<(Millis, Millis)> {
    spans.sort_unstable();
    let mut merged: Vec<(Millis, Millis)> = Vec::new();
    for (start, end) in spans {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            Some(_) | None => merged.push((start, end)),
        }
    }
    merged
}

fn without(spans: Vec<(Millis, Millis)>, closed: &[(Millis, Millis)]) -> Vec<(Millis, Millis)> {
    closed.iter().fold(spans, |spans, (from, to)| {
        spans
            .into_iter()
            .flat_map(|(start, end)| [(start, end.min(*from)), (start.max(*to), end)])
            .filter(|(start, end)| start < end)
            .collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23T00:00:00Z, a Monday.
    const MONDAY: Millis = 1_795_392_000_000;

    fn at(hours: Millis, minutes: Millis) -> Millis {
        MONDAY + hours * HOUR + minutes * MINUTE
    }

    fn open(until: Millis) -> Opening {
        Opening::Open { until }
    }

    fn closed(opens_at: Millis) -> Opening {
        Opening::Closed { opens_at: Some(opens_at) }
    }

    #[test]
    fn openings_by_hours_and_holidays() {
        let day = ("08:00:00.000", "18:00:00.000");
        let night = ("22:00:00.000", "06:00:00.000");
        type Row<'a> = (&'a [(&'a str, &'a str)], &'a [(Millis, Millis)], Millis, Opening);
        let table: &[Row<'_>] = &[
            (&[day], &[], at(9, 0), open(at(18, 0))),
            (&[day], &[], at(8, 0), open(at(18, 0))),
            (&[day], &[], at(18, 0), closed(at(32, 0))),
            (&[day], &[], at(7, 59), closed(at(8, 0))),
            (&[night], &[], at(23, 0), open(at(30, 0))),
            (&[night], &[], at(1, 0), open(at(6, 0))),
            (&[night], &[], at(12, 0), closed(at(22, 0))),
            (&[("00:00", "24:00")], &[], at(3, 0), Opening::Always),
            (&[("00:00:00.000", "23:59:59.999")], &[], at(23, 59), Opening::Always),
            (&[("00:00:00", "23:59:59")], &[], at(3, 0), Opening::Always),
            (&[("00:00:00.000", "00:00:00.000")], &[], at(3, 0), Opening::Always),
            (&[("00:00", "12:00"), ("12:00", "24:00")], &[], at(12, 0), Opening::Always),
            (&[("08:00", "12:00"), ("13:00", "17:00")], &[], at(12, 30), closed(at(13, 0))),
            (&[("00:00", "24:00")], &[(at(48, 0), at(72, 0))], at(3, 0), open(at(48, 0))),
            (&[("00:00", "24:00")], &[(at(48, 0), at(72, 0))], at(50, 0), closed(at(72, 0))),
            (&[day], &[(at(0, 0), at(24, 0))], at(9, 0), closed(at(32, 0))),
            (&[day], &[(at(12, 0), at(13, 0))], at(9, 0), open(at(12, 0))),
            (&[day], &[(at(-24, 0), at(24 * 40, 0))], at(9, 0), Opening::Closed { opens_at: None }),
            (&[], &[], at(9, 0), Opening::Unknown),
            (&[("soon", "18:00")], &[], at(9, 0), Opening::Unknown),
            (&[("25:00", "26:00")], &[], at(9, 0), Opening::Unknown),
        ];
        for (hours, dates, now, expected) in table {
            let hours: Vec<_> = hours.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(opening(&hours, dates, *now), *expected, "{hours:?} without {dates:?} at {now}");
        }
    }

    #[test]
    fn what_is_not_listed_is_not_offered() {
        let web = CommunicationType {
            kind: "web".into(),
            hours: vec![("00:00".into(), "24:00".into())],
            closed: Vec::new(),
        };
        assert_eq!(opening_of("web", std::slice::from_ref(&web), MONDAY), Opening::Always);
        assert_eq!(opening_of("call", &[web], MONDAY), Opening::NotOffered);
    }
}
