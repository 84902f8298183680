//! Ids are unique, and nothing that was created is lost: not by any order of calls, not by what ECO does meanwhile,
//! not by a restart.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use aws_sdk_support::Client;
use aws_sdk_support::primitives::Blob;
use aws_sdk_support::types::Attachment;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;
use support_sim::{CaseStatus, ManualClock, Severity, Sim};

use crate::runner::{block_on, holds};
use crate::support::{code, in_process, manual_clock};

/// One thing that happens. An [`Index`] picks one of the cases that there are by then.
#[derive(Clone, Debug)]
enum Step {
    Create { subject: String, body: String, files: Vec<(String, Vec<u8>)> },
    Reply { to: Index, body: String, files: Vec<(String, Vec<u8>)> },
    Resolve { case: Index },
    EcoReplies { to: Index, body: String, files: Vec<(String, Vec<u8>)> },
    EcoAsks { of: Index, body: String },
    EcoOpens { subject: String, body: String },
    DryRun { of: Index },
    TimePasses(Duration),
    Restart,
}

/// Texts with the names and bytes of their files.
type Said = Vec<(String, Vec<(String, Vec<u8>)>)>;

/// What a case must look like: its texts and files, oldest first.
#[derive(Clone, Debug)]
struct Expected {
    subject: String,
    status: CaseStatus,
    resolved: Option<jiff::Timestamp>,
    said: Said,
}

fn body() -> impl Strategy<Value = String> {
    // Neither blank nor anything that AWS would redact.
    "[a-zA-Zäß東🚨][a-z ä東🚨\n\"\\\\]{0,60}"
}

fn files() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let file = ("[a-z]{1,8}\\.(txt|log)", prop::collection::vec(any::<u8>(), 1..40));
    prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(file, 1..=3)]
}

fn step() -> impl Strategy<Value = Step> {
    let any_case = any::<Index>;
    prop_oneof![
        4 => (body(), body(), files()).prop_map(|(subject, body, files)| Step::Create { subject, body, files }),
        4 => (any_case(), body(), files()).prop_map(|(to, body, files)| Step::Reply { to, body, files }),
        2 => any_case().prop_map(|case| Step::Resolve { case }),
        3 => (any_case(), body(), files()).prop_map(|(to, body, files)| Step::EcoReplies { to, body, files }),
        1 => (any_case(), body()).prop_map(|(of, body)| Step::EcoAsks { of, body }),
        1 => (body(), body()).prop_map(|(subject, body)| Step::EcoOpens { subject, body }),
        1 => any_case().prop_map(|of| Step::DryRun { of }),
        3 => prop_oneof![0..5u64, 0..40 * 24 * 3600u64].prop_map(|s| Step::TimePasses(Duration::from_secs(s))),
        1 => Just(Step::Restart),
    ]
}

/// A sim that is kept on disk, and what it must hold.
struct World {
    folder: tempfile::TempDir,
    clock: ManualClock,
    sim: Sim,
    client: Client,
    /// By the case id without its infix.
    cases: BTreeMap<String, Expected>,
    sets: HashSet<String>,
}

/// What stays the same of a case id.
fn stem(case_id: &str) -> String {
    let parts: Vec<&str> = case_id.split('-').collect();
    [&parts[..2], &parts[3..]].concat().join("-")
}

fn open(folder: &tempfile::TempDir, clock: &ManualClock) -> (Sim, Client) {
    let sim = Sim::builder().clock(clock.clone()).data_dir(folder.path()).build().unwrap();
    let client = in_process(&sim);
    (sim, client)
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = manual_clock();
        let (sim, client) = open(&folder, &clock);
        Self { folder, clock, sim, client, cases: BTreeMap::new(), sets: HashSet::new() }
    }

    fn picked(&self, index: Index) -> Option<(String, String)> {
        if self.cases.is_empty() {
            return None;
        }
        let key = self.cases.keys().nth(index.index(self.cases.len())).unwrap().clone();
        let case_id = self.sim.cases().into_iter().map(|case| case.case_id).find(|id| stem(id) == key);
        Some((key, case_id.expect("a case that was created is there")))
    }

    async fn set_of(&mut self, files: &[(String, Vec<u8>)]) -> Result<Option<String>, TestCaseError> {
        if files.is_empty() {
            return Ok(None);
        }
        let files = files
            .iter()
            .map(|(name, data)| Attachment::builder().file_name(name).data(Blob::new(data.clone())).build());
        let request = self.client.add_attachments_to_set().set_attachments(Some(files.collect()));
        let id = request.send().await.unwrap().attachment_set_id.unwrap();
        prop_assert!(self.sets.insert(id.clone()), "the set id {id} came twice");
        Ok(Some(id))
    }

    fn expect_new(&mut self, case_id: &str, subject: String, said: Said) -> TestCaseResult {
        let expected = Expected { subject, status: CaseStatus::Unassigned, resolved: None, said };
        prop_assert!(
            self.cases.insert(stem(case_id), expected).is_none(),
            "the case id {case_id} came twice"
        );
        Ok(())
    }

    async fn take(&mut self, step: Step) -> TestCaseResult {
        match step {
            Step::Create { subject, body, files } => {
                let set = self.set_of(&files).await?;
                let request = self.client.create_case().subject(&subject).communication_body(&body);
                let id = request.set_attachment_set_id(set).send().await.unwrap().case_id.unwrap();
                self.expect_new(&id, subject, vec![(body, files)])?;
            }
            Step::Reply { to, body, files } => {
                let Some((key, id)) = self.picked(to) else { return Ok(()) };
                let set = self.set_of(&files).await?;
                let request = self.client.add_communication_to_case().case_id(id).communication_body(&body);
                let answer = request.set_attachment_set_id(set).send().await;
                let now = self.clock.now();
                let case = self.cases.get_mut(&key).unwrap();
                let days =
                    case.resolved.map(|resolved| now.duration_since(resolved).as_hours() as f64 / 24.0);
                if case.status == CaseStatus::Resolved && days.is_some_and(|days| days > 14.1) {
                    prop_assert_eq!(code(answer), "InvalidParameterValueException");
                } else if answer.is_ok() {
                    case.said.push((body, files));
                    if case.status == CaseStatus::Resolved {
                        case.status = CaseStatus::Reopened;
                    }
                } else {
                    // Only within the last hours of the fortnight may it be either.
                    prop_assert!(days.is_some_and(|days| days > 13.9), "{answer:?}");
                }
            }
            Step::Resolve { case } => {
                let Some((key, id)) = self.picked(case) else { return Ok(()) };
                let answer = self.client.resolve_case().case_id(id).send().await.unwrap();
                prop_assert_eq!(answer.final_case_status(), Some("resolved"));
                let now = self.clock.now();
                let case = self.cases.get_mut(&key).unwrap();
                if case.status != CaseStatus::Resolved {
                    (case.status, case.resolved) = (CaseStatus::Resolved, Some(now));
                }
            }
            Step::EcoReplies { to, body, files } => {
                let Some((key, id)) = self.picked(to) else { return Ok(()) };
                let given: Vec<(&str, &[u8])> =
                    files.iter().map(|(name, data)| (name.as_str(), data.as_slice())).collect();
                if self.sim.eco().reply_with_files(&id, body.clone(), &given).is_ok() {
                    let case = self.cases.get_mut(&key).unwrap();
                    case.said.push((body, files));
                    case.status = self.sim.case(&id).unwrap().status;
                }
            }
            Step::EcoAsks { of, body } => {
                let Some((key, id)) = self.picked(of) else { return Ok(()) };
                if self.sim.eco().ask(&id, body.clone()).is_ok() {
                    let case = self.cases.get_mut(&key).unwrap();
                    case.said.push((body, Vec::new()));
                    case.status = self.sim.case(&id).unwrap().status;
                }
            }
            Step::EcoOpens { subject, body } => {
                let id = self.sim.eco().open_incident(&subject, body.clone(), Severity::High).unwrap();
                let id = self.sim.case(&id).unwrap().case_id;
                self.expect_new(&id, subject, vec![(body, Vec::new())])?;
            }
            Step::DryRun { of } => {
                let Some((_, id)) = self.picked(of) else { return Ok(()) };
                let create = self.client.create_case().subject("dry").communication_body("dry").dry_run(true);
                prop_assert_eq!(code(create.send().await), "DryRunOperationException");
                let resolve = self.client.resolve_case().case_id(id).dry_run(true);
                prop_assert_eq!(code(resolve.send().await), "DryRunOperationException");
            }
            Step::TimePasses(time) => self.clock.advance(time),
            Step::Restart => {
                // The old one must let go of the folder before the new one takes it.
                let idle = Sim::new();
                self.client = in_process(&idle);
                self.sim = idle;
                (self.sim, self.client) = open(&self.folder, &self.clock);
            }
        }
        Ok(())
    }

    /// Everything is there, as it was said, for whoever asks the sim or the API; all ids are unique.
    async fn verify(&self) -> TestCaseResult {
        let cases = self.sim.cases();
        prop_assert_eq!(cases.len(), self.cases.len());
        let displays: HashSet<&str> = cases.iter().map(|case| case.display_id.as_str()).collect();
        prop_assert_eq!(displays.len(), cases.len(), "a display id came twice");
        let mut attachments = HashSet::new();
        for case in &cases {
            let Some(expected) = self.cases.get(&stem(&case.case_id)) else {
                return Err(TestCaseError::fail(format!("nobody created {}", case.case_id)));
            };
            prop_assert_eq!(&case.subject, &expected.subject);
            let said: Vec<_> = case
                .communications
                .iter()
                .map(|said| {
                    let files = said.files.iter().map(|file| (file.file_name.clone(), file.data.to_vec()));
                    (said.body.clone(), files.collect::<Vec<_>>())
                })
                .collect();
            prop_assert_eq!(&said, &expected.said);
            for file in case.communications.iter().flat_map(|said| &said.files) {
                prop_assert!(
                    attachments.insert(file.attachment_id.clone()),
                    "{} came twice",
                    file.attachment_id
                );
            }
            let resolved = expected.status == CaseStatus::Resolved;
            prop_assert_eq!(case.status == CaseStatus::Resolved, resolved, "{:?}", case.status);
        }
        self.verify_by_api().await
    }

    async fn verify_by_api(&self) -> TestCaseResult {
        let mut listed = Vec::new();
        let mut token = None;
        loop {
            let page = self.client.describe_cases().include_resolved_cases(true).max_results(10);
            let page = page.set_next_token(token).send().await.unwrap();
            listed.extend(page.cases().iter().map(|case| case.case_id().unwrap().to_owned()));
            token = page.next_token().map(str::to_owned);
            if token.is_none() {
                break;
            }
        }
        let stems: HashSet<String> = listed.iter().map(|id| stem(id)).collect();
        prop_assert_eq!(stems.len(), listed.len(), "a case was listed twice");
        for case in self.sim.cases() {
            // A year and more may pass in one run, but not the two for which cases are kept.
            prop_assert!(stems.contains(&stem(&case.case_id)), "{} is not listed", case.case_id);
        }
        for id in listed {
            let expected = &self.cases[&stem(&id)];
            let mut bodies = Vec::new();
            let mut pages =
                self.client.describe_communications().case_id(&id).into_paginator().page_size(10).send();
            while let Some(page) = pages.next().await {
                let page = page.unwrap();
                bodies.extend(page.communications().iter().map(|said| said.body().unwrap().to_owned()));
            }
            let mut wanted: Vec<&str> = expected.said.iter().map(|(body, _)| body.as_str()).collect();
            wanted.sort_unstable();
            bodies.sort_unstable();
            prop_assert_eq!(bodies, wanted);
        }
        Ok(())
    }
}

#[test]
fn ids_are_unique_and_nothing_created_is_lost() {
    // At most 15 times 40 days pass: less than the 24 months after which cases are forgotten.
    holds(40, &prop::collection::vec(step(), 1..30), |steps| {
        let too_long = steps.iter().map(|step| match step {
            Step::TimePasses(time) => time.as_secs(),
            Step::Create { .. }
            | Step::Reply { .. }
            | Step::Resolve { .. }
            | Step::EcoReplies { .. }
            | Step::EcoAsks { .. }
            | Step::EcoOpens { .. }
            | Step::DryRun { .. }
            | Step::Restart => 0,
        });
        prop_assume!(too_long.sum::<u64>() < 600 * 24 * 3600);
        block_on(async {
            let mut world = World::new();
            for step in steps {
                world.take(step).await?;
            }
            world.verify().await?;
            world.take(Step::Restart).await?;
            world.verify().await
        })
    });
}

/// Two sims with the same seed never differ in what is done alike; two callers of one never get the same id.
#[test]
fn calls_side_by_side_get_ids_of_their_own() {
    holds(8, &(1..6usize, 1..12usize), |(callers, each)| {
        block_on(async {
            let sim = Sim::new();
            let work = (0..callers).map(|caller| {
                let client = in_process(&sim);
                tokio::spawn(async move {
                    let mut ids = Vec::new();
                    for number in 0..each {
                        let body = format!("{caller}.{number}");
                        let case = client.create_case().subject("s").communication_body(body).send().await;
                        ids.push(case.unwrap().case_id.unwrap());
                    }
                    ids
                })
            });
            let mut stems = HashSet::new();
            for done in work.collect::<Vec<_>>() {
                for id in done.await.unwrap() {
                    prop_assert!(stems.insert(stem(&id)), "{id} came twice");
                }
            }
            let bodies: HashSet<String> =
                sim.cases().iter().map(|case| case.description().to_owned()).collect();
            prop_assert_eq!(bodies.len(), callers * each);
            Ok(())
        })
    });
}
