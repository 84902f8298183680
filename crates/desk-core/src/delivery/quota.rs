//! When AWS takes new cases again after its hourly limit (`CaseCreationLimitExceeded`).

use super::{Outbox, entries::Entry, retry::RetryDecision};
use crate::mirror::incident;
use desk_model::{HOUR, Millis};
use desk_store::StoreError;

/// How many cases an account may create within an hour (Service Quotas, AWS Support).
const CASES_PER_HOUR: usize = 10;
/// AWS's own clocks may differ a little.
const MARGIN: Millis = 5_000;

impl Outbox {
    /// When an entry is tried again whose request AWS refused at `asked_at`, by AWS's clock, for the hourly limit.
    pub(super) async fn after_quota(
        &self,
        entry: &Entry,
        asked_at: Millis,
    ) -> Result<RetryDecision, StoreError> {
        let account = entry.account.clone();
        let since = asked_at - HOUR;
        let newest =
            self.0.store.cases.read(move |cases| incident::believed(cases, &account, true, &[])).await?;
        let created: Vec<Millis> =
            newest.into_iter().map(|case| case.created_at).take_while(|at| *at > since).collect();
        Ok(pause(&created, asked_at).map_or(RetryDecision::LongestBackoff, RetryDecision::After))
    }
}

/// How long AWS takes no new case, where the cases of the last hour were `created` at these times, the newest first. Of
/// so many as are allowed the oldest makes room first; of fewer, others were created and are not known here.
fn pause(created: &[Millis], asked_at: Millis) -> Option<Millis> {
    let oldest = created.get(CASES_PER_HOUR - 1).or(created.last())?;
    Some((oldest + HOUR - asked_at + MARGIN).clamp(MARGIN, HOUR + MARGIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::MINUTE;

    #[test]
    fn it_goes_on_an_hour_after_the_tenth_newest_case() {
        let now = 100 * HOUR;
        let minutes_ago =
            |minutes: &[Millis]| minutes.iter().map(|ago| now - ago * MINUTE).collect::<Vec<_>>();
        let ten = minutes_ago(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 20]);
        assert_eq!(pause(&ten, now), Some(40 * MINUTE + MARGIN));
        let eleven = minutes_ago(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 50]);
        assert_eq!(pause(&eleven, now), Some(40 * MINUTE + MARGIN));
        assert_eq!(
            pause(&minutes_ago(&[5, 30]), now),
            Some(30 * MINUTE + MARGIN),
            "the rest is not known here"
        );
        assert_eq!(pause(&[], now), None);
        assert_eq!(pause(&[now + 3 * HOUR], now), Some(HOUR + MARGIN), "a clock that was ahead");
    }
}
