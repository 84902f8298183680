//! The quotas of an account. They count in the sim's own time, whatever its speed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The quotas of an account; `None` for no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quotas {
    /// Calls of all operations together in a second; more are refused with ThrottlingException. AWS's quota is 5. A
    /// second's calls may come at once. While the clock stands, only stepping it gives room for more.
    pub calls_per_second: Option<u32>,
    /// New cases in an hour; more are refused with CaseCreationLimitExceeded. AWS's quota is 10.
    pub cases_per_hour: Option<usize>,
    /// New attachment sets in an hour; more are refused with AttachmentLimitExceeded. AWS's number is not published.
    pub attachment_sets_per_hour: Option<usize>,
    /// DescribeAttachment calls in a minute; more are refused with DescribeAttachmentLimitExceeded. AWS's number is
    /// not published.
    pub described_attachments_per_minute: Option<u32>,
}

impl Quotas {
    /// No limits.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// AWS's published quotas: 5 calls a second and 10 new cases an hour.
    #[must_use]
    pub fn aws() -> Self {
        Self { calls_per_second: Some(5), cases_per_hour: Some(10), ..Self::default() }
    }
}

/// A token bucket: so many at once, and refilled evenly over the time in which so many are allowed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bucket {
    /// Calls taken that the time has not given back yet, and when that was so.
    used: f64,
    as_of: Option<Timestamp>,
}

impl Bucket {
    /// Takes one of `limit` in `seconds`; says whether there was one.
    pub(crate) fn take(&mut self, now: Timestamp, limit: u32, seconds: f64) -> bool {
        let limit = f64::from(limit);
        if let Some(as_of) = self.as_of {
            // A clock that was set back gives nothing back.
            let passed = now.duration_since(as_of).as_secs_f64().max(0.0);
            self.used = (self.used - passed * limit / seconds).max(0.0);
        }
        self.as_of = Some(now);
        // A hair's breadth for the rounding of the division above.
        let free = self.used + 1.0 <= limit + 1e-9;
        if free {
            self.used += 1.0;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    #[test]
    fn a_seconds_calls_may_come_at_once_and_come_back_evenly() {
        let mut bucket = Bucket::default();
        let mut taken = |at: Timestamp| (0..20).filter(|_| bucket.take(at, 5, 1.0)).count();
        assert_eq!(taken(at(0)), 5);
        assert_eq!(taken(at(199)), 0);
        assert_eq!(taken(at(200)), 1);
        assert_eq!(taken(at(600)), 2);
        assert_eq!(taken(at(60_000)), 5, "no more than a second's are saved up");
        assert_eq!(taken(at(1_000)), 0, "a clock set back gives nothing");
        assert_eq!(taken(at(1_400)), 2);
    }

    #[test]
    fn quotas_have_a_plain_form() {
        let read = |text| serde_json::from_str::<Quotas>(text).unwrap();
        assert_eq!(read("{}"), Quotas::none());
        assert_eq!(read(r#"{"calls_per_second":5,"cases_per_hour":10}"#), Quotas::aws());
        assert_eq!(read(&serde_json::to_string(&Quotas::aws()).unwrap()), Quotas::aws());
    }
}
