//! Set expiry and quotas hold at any speed of the clock: standing and stepped, running, running a million times faster.
//!
//! While the clock runs, the test cannot know what it showed when a call was done. So it judges by what the sim says
//! of itself (when something was created, when a set expires) and by what the clock showed before and after the call.

use std::time::Duration;

use aws_sdk_support::Client;
use aws_sdk_support::primitives::Blob;
use aws_sdk_support::types::Attachment;
use aws_smithy_async::time::SystemTimeSource;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use support_sim::{Clock, ClockRate, Quotas, SigningTime, Sim};

use crate::runner::{block_on, holds};
use crate::support::{START, code, config};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What is done, one after the other.
#[derive(Clone, Debug)]
enum Step {
    /// Calls without a pause between them.
    Calls(usize),
    /// The clock is put on.
    Time(Duration),
    /// The clock goes at another speed from now on.
    Rate(ClockRate),
}

fn rate() -> impl Strategy<Value = ClockRate> {
    prop_oneof![
        3 => Just(ClockRate::Standing),
        1 => Just(ClockRate::Running),
        // One to a million times as fast.
        4 => (0.0..6.0f64).prop_map(|power| ClockRate::Faster(10f64.powf(power))),
    ]
}

fn steps(longest: u64) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (1..5usize).prop_map(Step::Calls),
        3 => (0..longest).prop_map(|milliseconds| Step::Time(Duration::from_millis(milliseconds))),
        1 => rate().prop_map(Step::Rate),
    ];
    prop::collection::vec(step, 1..25)
}

/// A sim whose clock goes at this speed, and which takes signatures of the computer's time all the same.
fn sim_at(rate: ClockRate, quotas: Quotas) -> Sim {
    let clock = Clock::standing_at(START.parse().unwrap());
    clock.set_rate(rate);
    Sim::builder().clock(clock).quotas(quotas).signing_time(SigningTime::SimOrComputer).build().unwrap()
}

/// A client that signs with the computer's time. A new one for each call, because the SDK learns the service's time
/// from each answer, and by the next call that may be long past.
fn client_of(sim: &Sim) -> Client {
    Client::from_conf(config(sim).time_source(SystemTimeSource::new()).build())
}

/// How many of these times lie in the time from the first to the last, both included.
fn within(times: &[Timestamp], first: Timestamp, last: Timestamp) -> usize {
    times.iter().filter(|time| first <= **time && **time <= last).count()
}

#[test]
fn no_hour_has_more_cases_than_its_quota_and_none_is_refused_without_need() {
    holds(25, &(rate(), 1..6usize, steps(3_600_000)), |(rate, limit, steps)| {
        block_on(async {
            let sim = sim_at(rate, Quotas { cases_per_hour: Some(limit), ..Quotas::none() });
            for step in steps {
                match step {
                    Step::Time(time) => sim.step_clock(time).unwrap(),
                    Step::Rate(rate) => sim.set_clock_rate(rate).unwrap(),
                    Step::Calls(count) => {
                        for _ in 0..count {
                            let before = sim.clock().now();
                            let answer = client_of(&sim)
                                .create_case()
                                .subject("s")
                                .communication_body("b")
                                .send()
                                .await;
                            let after = sim.clock().now();
                            if answer.is_err() {
                                prop_assert_eq!(code(answer), "CaseCreationLimitExceeded");
                                let made = created(&sim);
                                prop_assert!(
                                    within(&made, before - HOUR, after) >= limit,
                                    "refused without need"
                                );
                            }
                        }
                    }
                }
            }
            let made = created(&sim);
            for time in &made {
                let in_hour = within(&made, *time - HOUR + SignedDuration::from_millis(1), *time);
                prop_assert!(in_hour <= limit, "{in_hour} cases in the hour that ends at {time}");
            }
            Ok(())
        })
    });
}

fn created(sim: &Sim) -> Vec<Timestamp> {
    sim.cases().iter().map(|case| case.created).collect()
}

#[test]
fn calls_are_throttled_at_their_quota_and_not_before() {
    holds(25, &(rate(), 1..8u32, steps(3_000)), |(rate, limit, steps)| {
        block_on(async {
            let sim = sim_at(rate, Quotas { calls_per_second: Some(limit), ..Quotas::none() });
            let mut answered = Vec::new();
            for step in steps {
                match step {
                    Step::Time(time) => sim.step_clock(time).unwrap(),
                    Step::Rate(rate) => sim.set_clock_rate(rate).unwrap(),
                    Step::Calls(count) => {
                        for _ in 0..count {
                            let before = sim.clock().now();
                            let answer = client_of(&sim).describe_severity_levels().send().await;
                            let after = sim.clock().now();
                            if answer.is_ok() {
                                answered.push((before, after));
                                continue;
                            }
                            prop_assert_eq!(code(answer), "ThrottlingException");
                            // A whole second without a call gives all of a second's calls back.
                            let second = before - SignedDuration::from_secs(1);
                            let recent = answered.iter().filter(|(_, after)| *after >= second).count();
                            prop_assert!(recent > 0, "throttled after a second without a call");
                            // Fewer than a second's calls since then cannot have used it up.
                            if answered.len() < usize::try_from(limit).unwrap() {
                                prop_assert!(false, "throttled before the quota was used once");
                            }
                        }
                    }
                }
            }
            at_most(&answered, limit)
        })
    });
}

/// In no stretch of time more calls than a second's at once and so many for each second that passed.
fn at_most(answered: &[(Timestamp, Timestamp)], limit: u32) -> TestCaseResult {
    for (first, (begin, _)) in answered.iter().enumerate() {
        for (last, (_, end)) in answered.iter().enumerate().skip(first) {
            let allowed = f64::from(limit) * (1.0 + end.duration_since(*begin).as_secs_f64());
            let found = last - first + 1;
            #[allow(clippy::cast_precision_loss, reason = "a few dozen calls")]
            let found = found as f64;
            prop_assert!(found <= allowed + 1e-6, "{found} calls from {begin} to {end}");
        }
    }
    Ok(())
}

#[test]
fn a_set_is_good_for_an_hour_and_not_longer() {
    holds(25, &(rate(), steps(1_200_000)), |(rate, steps)| {
        block_on(async {
            let sim = sim_at(rate, Quotas::none());
            let case = sim.eco().open_incident("s", "b", support_sim::Severity::Low).unwrap();
            let case = sim.case(&case).unwrap().case_id;
            let before = sim.clock().now();
            let (set, expires) = new_set(&client_of(&sim)).await;
            let after = sim.clock().now();
            prop_assert!(before + HOUR <= expires && expires <= after + HOUR, "{before} {expires} {after}");
            for step in steps {
                match step {
                    Step::Time(time) => sim.step_clock(time).unwrap(),
                    Step::Rate(rate) => sim.set_clock_rate(rate).unwrap(),
                    Step::Calls(_) => {
                        let before = sim.clock().now();
                        let reply = client_of(&sim)
                            .add_communication_to_case()
                            .case_id(&case)
                            .communication_body("b");
                        let answer = reply.attachment_set_id(&set).send().await;
                        let after = sim.clock().now();
                        if answer.is_err() {
                            prop_assert_eq!(code(answer), "AttachmentSetExpired");
                            prop_assert!(after >= expires, "refused at {after}, before {expires}");
                        } else {
                            let said = sim.case(&case).unwrap().communications.pop().unwrap();
                            prop_assert!(said.at < expires, "taken at {}, not before {expires}", said.at);
                            prop_assert!(before <= said.at && said.at <= after);
                            prop_assert_eq!(said.files.len(), 1);
                        }
                    }
                }
            }
            Ok(())
        })
    });
}

/// A set of one file, and when it says that it expires.
async fn new_set(client: &Client) -> (String, Timestamp) {
    let file = Attachment::builder().file_name("f").data(Blob::new("f")).build();
    let made = client.add_attachments_to_set().attachments(file).send().await.unwrap();
    let expires = made.expiry_time().unwrap();
    let expires = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", expires).unwrap();
    (made.attachment_set_id.unwrap(), expires)
}

#[test]
fn no_hour_has_more_sets_than_its_quota() {
    holds(20, &(rate(), 1..5usize, steps(3_600_000)), |(rate, limit, steps)| {
        block_on(async {
            let sim = sim_at(rate, Quotas { attachment_sets_per_hour: Some(limit), ..Quotas::none() });
            let mut made: Vec<Timestamp> = Vec::new();
            for step in steps {
                match step {
                    Step::Time(time) => sim.step_clock(time).unwrap(),
                    Step::Rate(rate) => sim.set_clock_rate(rate).unwrap(),
                    Step::Calls(count) => {
                        for _ in 0..count {
                            let before = sim.clock().now();
                            let file = Attachment::builder().file_name("f").data(Blob::new("f")).build();
                            let answer =
                                client_of(&sim).add_attachments_to_set().attachments(file).send().await;
                            let after = sim.clock().now();
                            if let Ok(set) = &answer {
                                let expires = set.expiry_time().unwrap();
                                let expires = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", expires).unwrap();
                                made.push(expires - HOUR);
                                continue;
                            }
                            prop_assert_eq!(code(answer), "AttachmentLimitExceeded");
                            prop_assert!(
                                within(&made, before - HOUR, after) >= limit,
                                "refused without need"
                            );
                        }
                    }
                }
            }
            for time in &made {
                let in_hour = within(&made, *time - HOUR + SignedDuration::from_millis(1), *time);
                prop_assert!(in_hour <= limit, "{in_hour} sets in the hour that ends at {time}");
            }
            Ok(())
        })
    });
}
