//! Pages yield each item once, while new ones arrive.

use std::collections::HashSet;
use std::time::Duration;

use aws_sdk_support::types::Communication;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use support_sim::{Severity, Sim};

use crate::runner::{block_on, holds};
use crate::support::{in_process, manual_clock};

/// What arrives between one page and the next: how many, and after how much time (none: within one millisecond).
fn arrivals() -> impl Strategy<Value = Vec<(usize, u64)>> {
    prop::collection::vec((0..4usize, prop_oneof![Just(0u64), 1..100_000u64]), 0..14)
}

/// Each of the old ones once, none twice.
fn once_each(seen: &[String], old: &HashSet<String>) -> TestCaseResult {
    let distinct: HashSet<&String> = seen.iter().collect();
    prop_assert_eq!(distinct.len(), seen.len(), "an item came twice");
    for item in old {
        prop_assert!(distinct.contains(item), "{item} did not come");
    }
    Ok(())
}

#[test]
fn each_case_comes_once_while_new_ones_arrive() {
    let values = (0..75usize, 10..=40i32, arrivals(), any::<bool>());
    holds(30, &values, |(many, page_size, arrivals, resolved)| {
        block_on(async {
            let clock = manual_clock();
            let sim = Sim::builder().clock(clock.clone()).build().unwrap();
            sim.seed(many, 1, 7).unwrap();
            let client = in_process(&sim);
            let listed = |case: &support_sim::CaseView| resolved || case.resolved.is_none();
            let old: HashSet<String> = sim
                .cases()
                .iter()
                .filter(|case| listed(case))
                .map(|case| case.display_id.to_string())
                .collect();
            let mut arrivals = arrivals.into_iter();
            let (mut seen, mut token) = (Vec::new(), None);
            loop {
                let request = client.describe_cases().include_resolved_cases(resolved).max_results(page_size);
                let page = request.set_next_token(token).send().await.unwrap();
                prop_assert!(page.cases().len() <= usize::try_from(page_size).unwrap());
                prop_assert!(
                    !page.cases().is_empty() || page.next_token().is_none(),
                    "an empty page leads on"
                );
                seen.extend(page.cases().iter().map(|case| case.display_id().unwrap().to_owned()));
                token = page.next_token().map(str::to_owned);
                if token.is_none() {
                    break;
                }
                let (count, after) = arrivals.next().unwrap_or_default();
                for _ in 0..count {
                    clock.advance(Duration::from_millis(after));
                    sim.eco().open_incident("new", "new", Severity::Normal).unwrap();
                }
            }
            once_each(&seen, &old)
        })
    });
}

#[test]
fn each_communication_comes_once_while_new_ones_arrive() {
    let values = (1..70usize, 10..=30i32, arrivals(), any::<bool>());
    holds(30, &values, |(many, page_size, arrivals, from_case)| {
        block_on(async {
            let clock = manual_clock();
            let sim = Sim::builder().clock(clock.clone()).build().unwrap();
            let id = sim.eco().open_incident("s", "0", Severity::Normal).unwrap();
            for number in 1..many {
                // Some in the same millisecond.
                clock.advance(Duration::from_millis(if number % 3 == 0 { 0 } else { 1_500 }));
                sim.eco().reply(&id, number.to_string()).unwrap();
            }
            let client = in_process(&sim);
            let case = client.describe_cases().display_id(id.as_str()).send().await.unwrap();
            let case = &case.cases()[0];
            let mut seen = Vec::new();
            let mut keep = |said: &[Communication]| {
                seen.extend(said.iter().map(|said| said.body().unwrap().to_owned()));
            };
            // One may begin at the newest five that come with the case, and go on from there.
            let mut token = None;
            if from_case {
                let recent = case.recent_communications().unwrap();
                keep(recent.communications());
                token = recent.next_token().map(str::to_owned);
            }
            let mut arrivals = arrivals.into_iter();
            while !from_case || token.is_some() {
                let (count, after) = arrivals.next().unwrap_or_default();
                for number in 0..count {
                    clock.advance(Duration::from_millis(after));
                    sim.eco().reply(&id, format!("new {after} {number} {}", arrivals.len())).unwrap();
                }
                let request = client.describe_communications().case_id(case.case_id().unwrap());
                let page = request.max_results(page_size).set_next_token(token).send().await.unwrap();
                keep(page.communications());
                token = page.next_token().map(str::to_owned);
                if token.is_none() {
                    break;
                }
            }
            let old: HashSet<String> = (0..many).map(|number| number.to_string()).collect();
            once_each(&seen, &old)
        })
    });
}
