//! Holds the declared changes of each query (`stale_on`) against a desk at work: whatever changes an answer, something
//! is told that puts this answer out of date.

#[cfg(test)]
mod tests {
    use crate::contract::queries::is_stale_after;
    use desk_aws::{Endpoint, InProcessApi};
    use desk_core::{
        Desk, DeskOptions,
        account::{Account, ConfigFiles},
        attachment::OpenedFile,
        case::{CaseQuery, Rating},
        delivery::Backoff,
        report::{DraftContent, DraftId, ProblemKind, ReplyContent, ReportContent},
        settings::Settings,
        sync::SyncPace,
    };
    use desk_model::{CaseKey, Change, Clock, Priority, Problem};
    use desk_network::ProxySettings;
    use serde::Serialize;
    use serde_json::{Value, json};
    use std::{
        collections::BTreeMap,
        time::{Duration, Instant},
    };
    use support_sim::{Customer, Sim};
    use tempfile::TempDir;
    use tokio::sync::broadcast::Receiver;

    /// How long anything may take on a loaded machine.
    const PATIENCE: Duration = Duration::from_secs(40);

    /// A query and its arguments, as text.
    type Asked = (&'static str, String);

    struct Office {
        desk: Desk,
        sim: Sim,
        dir: TempDir,
        changes: Receiver<Change>,
        /// Told since the last reading began.
        told: Vec<Change>,
        before: BTreeMap<Asked, Value>,
        drafts: Vec<DraftId>,
        cases: Vec<CaseKey>,
    }

    impl Office {
        async fn open() -> Self {
            let me = Customer::example();
            let sim = Sim::builder().customer(Customer::example()).build().unwrap();
            let dir = tempfile::tempdir().unwrap();
            let door = InProcessApi::new(sim.http_client(), me.access_key_id(), me.secret_access_key());
            let options = DeskOptions {
                data_dir: dir.path().join("data"),
                clock: Clock::System,
                endpoint: Endpoint::InProcess(door),
                config: ConfigFiles {
                    config: dir.path().join("config"),
                    credentials: dir.path().join("credentials"),
                },
                sync: SyncPace { poll: Some(Duration::from_secs(1)), ..SyncPace::default() },
                delivery: Backoff::default(),
            };
            let desk = Desk::open(options).await.unwrap();
            let changes = desk.changes.listen();
            let mut office = Self {
                desk,
                sim,
                dir,
                changes,
                told: Vec::new(),
                before: BTreeMap::new(),
                drafts: Vec::new(),
                cases: Vec::new(),
            };
            office.before = office.answers().await;
            office
        }

        async fn account(&self) -> Account {
            self.desk.accounts.list().await.unwrap().remove(0)
        }

        /// Every query that a page keeps the answer of, with the answers as they cross.
        async fn answers(&self) -> BTreeMap<Asked, Value> {
            let desk = &self.desk;
            let mut answers = BTreeMap::new();
            let mut keep = |query: &'static str, arguments: Value, answer: Value| {
                answers.insert((query, arguments.to_string()), answer);
            };
            let none = || json!({});
            keep("settings_get", none(), told(desk.settings.get().await.map_err(Problem::from)));
            keep("network_get", none(), told(Ok(desk.network.settings().await)));
            keep("account_list", none(), told(desk.accounts.list().await.map_err(Problem::from)));
            keep("account_profiles", none(), told(Ok(desk.accounts.credentials.profiles().await)));
            keep("draft_list", none(), told(desk.reports.list().await));
            keep("outbox_list", none(), told(desk.outbox.list().await));
            keep("case_list", none(), told(desk.cases.list(CaseQuery::default()).await));
            keep("case_counts", none(), told(desk.cases.counts().await));
            keep("sync_status", none(), told(desk.sync.status().await.map_err(Problem::from)));
            for account in desk.accounts.list().await.unwrap() {
                let form = desk.reports.form(&account.id).await;
                keep("report_form", json!({ "account": account.id }), told(form));
            }
            for draft in &self.drafts {
                keep("draft_get", json!({ "draft": draft }), told(desk.reports.get(draft).await));
                keep("report_preview", json!({ "draft": draft }), told(desk.reports.preview(draft).await));
            }
            for case in &self.cases {
                keep("case_get", json!({ "case": case }), told(desk.cases.get(case).await));
                let correspondence = desk.cases.correspondence(case, 20).await;
                keep("case_correspondence", json!({ "case": case }), told(correspondence));
            }
            answers
        }

        fn hear(&mut self) -> Vec<Change> {
            std::iter::from_fn(|| self.changes.try_recv().ok()).collect()
        }

        /// Whatever is answered differently now than before `what`, something has been told, or will be, that says so.
        async fn check_after(&mut self, what: &str) {
            let heard = self.hear();
            self.told.extend(heard);
            let now = self.answers().await;
            // What is told from here on may belong to the next reading as well.
            let mut late = Vec::new();
            let deadline = Instant::now() + PATIENCE;
            loop {
                late.extend(self.hear());
                let told: Vec<&Change> = self.told.iter().chain(&late).collect();
                let untold: Vec<&Asked> = now
                    .iter()
                    .filter(|(asked, answer)| self.before.get(asked).is_some_and(|before| before != *answer))
                    .map(|(asked, _)| asked)
                    .filter(|(query, arguments)| {
                        let arguments = serde_json::from_str(arguments).unwrap();
                        !told.iter().any(|change| is_stale_after(query, &arguments, change))
                    })
                    .collect();
                if untold.is_empty() {
                    break;
                }
                assert!(
                    Instant::now() < deadline,
                    "after {what}, of all that was told, {told:?}, nothing names {untold:?}:\n{:#?}\n{:#?}",
                    self.before[untold[0]],
                    now[untold[0]],
                );
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            self.told = late;
            self.before = now;
        }

        /// Waits until a query says what is wanted.
        async fn wait(&self, what: &str, is_it: impl AsyncFn(&Desk) -> bool) {
            let deadline = Instant::now() + PATIENCE;
            while !is_it(&self.desk).await {
                assert!(Instant::now() < deadline, "waited in vain for {what}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// An answer as it crosses, whichever of the two it is.
    fn told<T: Serialize>(answer: Result<T, Problem>) -> Value {
        match answer {
            Ok(answer) => json!({ "answer": answer }),
            Err(problem) => json!({ "problem": problem }),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whatever_changes_an_answer_is_told_as_a_change_that_the_query_names() {
        let mut office = Office::open().await;
        office.desk.start();
        let account = office.account().await;
        office
            .wait("the first sync", async |desk| {
                desk.sync.status().await.unwrap().iter().any(|status| status.synced_at.is_some())
            })
            .await;
        office.check_after("the first sync").await;

        let draft = office.desk.reports.begin().await.unwrap().id;
        office.drafts.push(draft.clone());
        office.check_after("beginning a report").await;
        let report = ReportContent {
            account: Some(account.id.clone()),
            kind: Some(ProblemKind::DataIn),
            priority: Some(Priority::Medium),
            subject: "Manifest ingestion fails".into(),
            body: "Since 05:10 CET.".into(),
            ..ReportContent::default()
        };
        office.desk.reports.save(&draft, DraftContent::Report(report)).await.unwrap();
        office.check_after("saving it").await;
        let path = office.dir.path().join("run.log");
        std::fs::write(&path, "05:10:47 ERROR").unwrap();
        office.desk.attachments.add(&draft, vec![OpenedFile::open(&path)]).await.unwrap();
        office.check_after("adding a file").await;
        let settings = office.desk.settings.get().await.unwrap();
        let other =
            Settings { category_code: "another".into(), severity_medium: "low".into(), ..settings.clone() };
        office.desk.settings.save(other).await.unwrap();
        office.check_after("choosing another category and severity").await;
        office.desk.settings.save(settings).await.unwrap();
        office.check_after("choosing them back").await;
        office.desk.accounts.rename(&account.id, "Operations", 3).await.unwrap();
        office.check_after("renaming the account").await;

        let case = office.desk.reports.submit(&draft).await.unwrap();
        office.cases.push(case.clone());
        office.desk.outbox.wake();
        office.check_after("submitting it").await;
        let sim = office.sim.clone();
        office.wait("the case at AWS", async |_| sim.case_count() == 1).await;
        office.check_after("sending it").await;
        office
            .wait("the case's number", async |desk| {
                desk.cases.get(&case).await.is_ok_and(|detail| detail.row.display_id.is_some())
            })
            .await;
        office.check_after("reading it back").await;
        let number = sim.cases()[0].case_id.clone();
        sim.eco().reply(&number, "Since which release?").unwrap();
        office.wait("ECO's reply", async |desk| desk.cases.counts().await.unwrap().unread == 1).await;
        office.check_after("ECO's reply").await;
        let settings = office.desk.settings.get().await.unwrap();
        let other =
            Settings { severity_low: "high".into(), severity_medium: "low".into(), ..settings.clone() };
        office.desk.settings.save(other).await.unwrap();
        office.check_after("having severities mean other priorities").await;
        office.desk.settings.save(settings).await.unwrap();
        office.check_after("having them mean what they did").await;
        office.desk.cases.seen(&case).await.unwrap();
        office.check_after("seeing it").await;

        let reply = office.desk.reports.reply_draft(&case).await.unwrap().id;
        office.drafts.push(reply.clone());
        office.check_after("beginning a reply").await;
        let content = ReplyContent { body: "Since 1.4.".into(), ..ReplyContent::default() };
        office.desk.reports.save(&reply, DraftContent::Reply(content)).await.unwrap();
        office.check_after("saving the reply").await;
        office.desk.reports.submit(&reply).await.unwrap();
        office.desk.outbox.wake();
        office.check_after("submitting the reply").await;
        office.wait("the empty outbox", async |desk| desk.outbox.list().await.unwrap().is_empty()).await;
        office.check_after("sending the reply").await;
        let rating = Rating { stars: 4, comment: "Fast.".into(), send_to_eco: false };
        office.desk.outbox.resolve(&case, Some(rating.clone())).await.unwrap();
        office.check_after("resolving it").await;
        office
            .wait("the resolved case", async |desk| {
                desk.cases.get(&case).await.unwrap().row.status.is_resolved()
            })
            .await;
        office.check_after("having resolved it").await;
        office.desk.cases.rate(&case, Rating { stars: 5, ..rating }).await.unwrap();
        office.check_after("rating it").await;

        let draft = office.desk.reports.begin().await.unwrap().id;
        office.drafts.push(draft.clone());
        office.check_after("beginning another report").await;
        office.desk.reports.discard(&draft).await.unwrap();
        office.check_after("discarding it").await;
        let proxy = ProxySettings { exceptions: "intranet.example".into(), ..ProxySettings::default() };
        office.desk.save_network(proxy, None).await.unwrap();
        office.check_after("saving a proxy").await;
        office.desk.shut_down().await;
    }
}
