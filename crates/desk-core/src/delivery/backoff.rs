//! How long is waited between two attempts, and between two questions for a lost answer.

use backon::{BackoffBuilder as _, ExponentialBuilder};
use desk_model::Millis;
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// How long after a request AWS lists what came of it, at the latest. A new case may take minutes.
pub(crate) const SETTLE: Duration = Duration::from_secs(10 * 60);
/// How long an incident of High priority waits for that: twice at ECO is better than too late.
const SETTLE_HIGH: Duration = Duration::from_secs(2 * 60);

/// How long is waited between two attempts to deliver something, and for a lost answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// How long after a request its effect is looked for at AWS before it is believed that AWS does not have it. A new
    /// case may take minutes to be listed, so this is longer.
    pub settle: Duration,
    /// The same for incidents of High priority.
    pub settle_high: Duration,
    /// The pause after the first failed attempt.
    pub first_pause: Duration,
    /// The longest pause between two attempts, or two questions for a lost answer.
    pub longest_pause: Duration,
    /// The pause before the second question for a lost answer.
    pub check_pause: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            settle: SETTLE,
            settle_high: SETTLE_HIGH,
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(5 * 60),
            check_pause: Duration::from_secs(10),
        }
    }
}

impl Backoff {
    /// The pause after the attempt number `attempt` (from 1): twice as long each time, made a little uneven by
    /// `jitter` so that many desktops that lost one network do not come back in step.
    pub(super) fn after_attempt(&self, attempt: u32, jitter: u64) -> Millis {
        // Beyond this many doublings every pause is the longest one.
        const DOUBLINGS: u32 = 40;
        let pause = ExponentialBuilder::new()
            .with_min_delay(self.first_pause)
            .with_max_delay(self.longest_pause)
            .without_max_times()
            .with_jitter()
            .with_jitter_seed(jitter)
            .build()
            .nth(attempt.saturating_sub(1).min(DOUBLINGS) as usize);
        millis(pause.unwrap_or(self.longest_pause).min(self.longest_pause))
    }

    /// The pause before AWS is asked again for a lost answer, `waited` after the request: half as long again each time,
    /// and one question just when the settling time is over.
    pub(super) fn next_reconciliation(&self, waited: Millis, is_high: bool) -> Millis {
        let pause =
            (waited / 2).clamp(millis(self.check_pause), millis(self.longest_pause.max(self.check_pause)));
        let left = self.settled_after(is_high) - waited;
        if left > 0 { pause.min(left) } else { pause }
    }

    /// The longest of all pauses, in milliseconds.
    pub(super) fn longest(&self) -> Millis {
        millis(self.longest_pause.max(self.check_pause))
    }

    /// The settling time of an incident in milliseconds.
    pub(super) fn settled_after(&self, is_high: bool) -> Millis {
        millis(if is_high { self.settle_high } else { self.settle })
    }
}

/// The jitter of the attempt number `attempt` of the entry `id`: always the same for both.
pub(super) fn jitter(id: &str, attempt: u32) -> u64 {
    let digest = Sha256::new().chain_update(id).chain_update(attempt.to_be_bytes()).finalize();
    digest.iter().take(8).fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte))
}

/// At least one millisecond: a pause of nothing would be a loop.
fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX / 4).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pauses_grow_to_the_longest_and_stay_there() {
        let backoff = Backoff::default();
        let pauses: Vec<Millis> =
            (1..=12).map(|attempt| backoff.after_attempt(attempt, jitter("an entry", attempt))).collect();
        assert!((2_000..4_000).contains(&pauses[0]), "{pauses:?}");
        assert!((8_000..16_000).contains(&pauses[2]), "{pauses:?}");
        assert_eq!(pauses[11], 300_000, "{pauses:?}");
        assert_eq!(backoff.after_attempt(u32::MAX, 7), 300_000);
    }

    #[test]
    fn a_lost_answer_is_asked_for_until_just_when_its_settling_time_is_over() {
        let backoff = Backoff::default();
        for (is_high, settled, questions) in [(false, 600_000, 6..20), (true, 120_000, 4..12)] {
            let mut asked = vec![0];
            while asked.last().is_some_and(|last| *last < settled) {
                let last = asked.last().copied().unwrap_or_default();
                asked.push(last + backoff.next_reconciliation(last, is_high));
            }
            assert_eq!(asked.last(), Some(&settled));
            assert!(questions.contains(&asked.len()), "{asked:?}");
            let later = backoff.next_reconciliation(10_000_000, is_high);
            assert!(later <= 300_000, "questions go on while AWS cannot be asked");
        }
    }

    proptest! {
        #[test]
        fn no_pause_is_nothing(attempt: u32, jitter: u64, waited in 0_i64..100_000_000, first in 0_u64..10_000, longest in 0_u64..10_000, is_high: bool) {
            let backoff = Backoff {
                first_pause: Duration::from_millis(first),
                longest_pause: Duration::from_millis(longest),
                check_pause: Duration::ZERO,
                ..Backoff::default()
            };
            prop_assert!(backoff.after_attempt(attempt, jitter) >= 1);
            prop_assert!(backoff.next_reconciliation(waited, is_high) >= 1);
        }
    }
}
