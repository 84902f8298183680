//! Several accounts: the trouble of one does not stop another.

use crate::harness::{report, rooms_with};
use desk_aws::{CustomEndpoint, Endpoint};
use desk_core::{
    account::{Accounts, ConfigFiles},
    delivery::OutboxState,
    report::{DraftContent, ReportContent},
};
use desk_model::{AccountId, Changes, Clock, ProblemCode};
use desk_store::Store;
use std::{path::Path, time::Duration};
use support_sim::{Customer, Fault, Operation, Sim};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn write_profiles(dir: &Path, secret_of_other: &str) -> ConfigFiles {
    let id = Customer::example().access_key_id().to_owned();
    let profile = |name: &str, secret: &str| {
        format!("[{name}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n\n")
    };
    let files = ConfigFiles { config: dir.join("config"), credentials: dir.join("credentials") };
    std::fs::write(&files.config, "").unwrap();
    std::fs::write(&files.credentials, profile("one", SECRET) + &profile("other", secret_of_other)).unwrap();
    files
}

async fn listening(sim: &Sim) -> support_sim::Server {
    sim.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap()
}

#[tokio::test]
async fn each_account_is_delivered_for_by_itself() {
    let (dir, sim) = (tempfile::tempdir().unwrap(), Sim::new());
    let server = listening(&sim).await;
    let endpoint = Endpoint::Override(CustomEndpoint::parse(&server.url()).unwrap());
    let store = Store::open(dir.path()).await.unwrap().store;
    let changes = Changes::default();
    let open = async |files: ConfigFiles| {
        Accounts::open(store.desk.clone(), changes.clone(), Clock::System, endpoint.clone(), files)
            .await
            .unwrap()
    };
    let accounts = open(write_profiles(dir.path(), SECRET)).await;
    let one = accounts.setup.connect_profile("one", "One").await.unwrap().id;
    let other = accounts.setup.connect_profile("other", "Other").await.unwrap().id;
    let submit = async |reports: &desk_core::report::Reports, account: &AccountId, subject: &str| {
        let draft = reports.begin().await.unwrap();
        let content = ReportContent { account: Some(account.clone()), subject: subject.into(), ..report() };
        reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
        reports.submit(&draft.id).await.unwrap();
    };

    // Wrong keys in one account.
    let accounts = open(write_profiles(dir.path(), "WrongSecretWrongSecretWrongSecretWrongSe")).await;
    let rooms = rooms_with(&store, accounts, &Clock::System, &changes).await;
    submit(&rooms.reports, &other, "Cannot go").await;
    submit(&rooms.reports, &one, "Goes").await;
    rooms.outbox.deliver_due().await.unwrap();
    let subjects: Vec<String> = sim.cases().into_iter().map(|case| case.subject).collect();
    assert_eq!(subjects, ["Goes"]);
    let waiting = rooms.outbox.list().await.unwrap().remove(0);
    assert!(
        matches!(&waiting.state, OutboxState::Waiting { problem, .. } if problem.code == ProblemCode::Credentials),
        "{waiting:?}"
    );
    rooms.outbox.discard(&waiting.id).await.unwrap();

    // A line that hangs in one account.
    let accounts = open(write_profiles(dir.path(), SECRET)).await;
    let rooms = rooms_with(&store, accounts, &Clock::System, &changes).await;
    sim.faults().once(Operation::CreateCase, Fault::Delay(Duration::from_secs(600)));
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    submit(&rooms.reports, &other, "One of two").await;
    submit(&rooms.reports, &one, "Two of two").await;
    rooms.outbox.spawn(&tasks, stop.clone());
    let one_arrives = async {
        while sim.case_count() < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), one_arrives).await.expect("the other account goes on");
    stop.cancel();
}
