//! The pauses between two tries and between two looks for a lost answer.

use backon::{BackoffBuilder as _, ExponentialBuilder};
use desk_model::Millis;
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// How long after a request AWS lists what came of it, at the latest. A new case may take minutes.
pub(crate) const SETTLE: Duration = Duration::from_secs(10 * 60);

/// How long is waited between two tries, and for a lost answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryPace {
    /// How long after a request its effect is looked for at AWS before the request is made again. A new case may
    /// take minutes to be listed, so this is longer.
    pub settle: Duration,
    /// The pause after the first failed try.
    pub first_pause: Duration,
    /// The longest pause between two tries or two looks.
    pub longest_pause: Duration,
    /// The pause before the second look for a lost answer.
    pub check_pause: Duration,
}

impl Default for DeliveryPace {
    fn default() -> Self {
        Self {
            settle: SETTLE,
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(5 * 60),
            check_pause: Duration::from_secs(10),
        }
    }
}

impl DeliveryPace {
    /// The pause after the try number `tries` (from 1) of the entry `id`: twice as long each time, a little uneven
    /// so that many desktops that lost one network do not come back in step.
    pub(super) fn after_try(&self, id: &str, tries: u32) -> Millis {
        // Beyond this many doublings every pause is the longest one.
        const DOUBLINGS: u32 = 40;
        let digest = Sha256::new().chain_update(id).chain_update(tries.to_be_bytes()).finalize();
        let seed = digest.iter().take(8).fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte));
        let pause = ExponentialBuilder::new()
            .with_min_delay(self.first_pause)
            .with_max_delay(self.longest_pause)
            .without_max_times()
            .with_jitter()
            .with_jitter_seed(seed)
            .build()
            .nth(tries.saturating_sub(1).min(DOUBLINGS) as usize);
        millis(pause.unwrap_or(self.longest_pause).min(self.longest_pause))
    }

    /// The pause before the next look, `waited` after the request: half as long again each time, and a last look
    /// just when the answer counts as lost for good.
    pub(super) fn next_look(&self, waited: Millis) -> Millis {
        let pause =
            (waited / 2).clamp(millis(self.check_pause), millis(self.longest_pause.max(self.check_pause)));
        let left = millis(self.settle) - waited;
        if left > 0 { pause.min(left) } else { pause }
    }

    /// The longest of all pauses, in milliseconds.
    pub(super) fn longest(&self) -> Millis {
        millis(self.longest_pause.max(self.check_pause))
    }

    /// [`DeliveryPace::settle`] in milliseconds.
    pub(super) fn settled_after(&self) -> Millis {
        millis(self.settle)
    }
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
        let pace = DeliveryPace::default();
        let pauses: Vec<Millis> = (1..=12).map(|tries| pace.after_try("an entry", tries)).collect();
        assert!((2_000..4_000).contains(&pauses[0]), "{pauses:?}");
        assert!((8_000..16_000).contains(&pauses[2]), "{pauses:?}");
        assert_eq!(pauses[11], 300_000, "{pauses:?}");
        assert_eq!(pace.after_try("an entry", u32::MAX), 300_000);
    }

    #[test]
    fn a_lost_answer_is_looked_for_until_just_when_it_is_lost_for_good() {
        let pace = DeliveryPace::default();
        let mut looks = vec![0];
        while looks.last().is_some_and(|last| *last < 600_000) {
            let last = looks.last().copied().unwrap_or_default();
            looks.push(last + pace.next_look(last));
        }
        assert_eq!(looks.last(), Some(&600_000));
        assert!((6..20).contains(&looks.len()), "{looks:?}");
        assert!(pace.next_look(10_000_000) <= 300_000, "looks go on while AWS cannot be asked");
    }

    proptest! {
        #[test]
        fn no_pause_is_nothing(tries: u32, waited in 0_i64..100_000_000, first in 0_u64..10_000, longest in 0_u64..10_000) {
            let pace = DeliveryPace {
                first_pause: Duration::from_millis(first),
                longest_pause: Duration::from_millis(longest),
                check_pause: Duration::ZERO,
                ..DeliveryPace::default()
            };
            prop_assert!(pace.after_try("an entry", tries) >= 1);
            prop_assert!(pace.next_look(waited) >= 1);
        }
    }
}
