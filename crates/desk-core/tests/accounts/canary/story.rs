//! What is done with the accounts: everything that goes well, everything that fails, and panics.

use super::{
    marks::Marks,
    record::Record,
    ways::{self, Mint},
};
use crate::portal::browse;
use desk_aws::Endpoint;
use desk_core::{
    Desk, DeskOptions,
    account::{Account, ConfigFiles, CredentialSource, SignInWay},
    case::CaseQuery,
    delivery::Backoff,
    log,
    report::{DraftContent, ProblemKind, ReplyContent, ReportContent},
    sync::SyncPace,
};
use desk_model::{CaseKey, Clock, Millis, Priority};
use futures_util::future::join_all;
use jiff::SignedDuration;
use sign_in_sim::{SignInServer, SignInSim};
use std::{path::Path, sync::Arc, time::Duration};
use support_sim::{Fault, On, Quotas, Server, Severity, Sim};
use tracing_subscriber::{layer::SubscriberExt as _, util::SubscriberInitExt as _};

struct World {
    support: Sim,
    sign_in: SignInSim,
    endpoint: Endpoint,
    /// Held by whoever begins a report: a blank draft is begun once.
    begins: tokio::sync::Mutex<()>,
    _server: Server,
    _serving: SignInServer,
}

/// Plays it all in the folder `room`.
pub(super) async fn play(room: &Path) {
    let (home, inputs) = (room.join("home"), room.join("inputs"));
    for folder in [&home, &inputs] {
        std::fs::create_dir_all(folder).unwrap();
    }
    keep_log(room);
    let record = Record::new(&room.join("told"));
    let world = World::new().await;
    let mut mint = Mint::new();
    let desk = open(room, &world.endpoint, Clock::System).await;
    let mut changes = desk.changes.listen();

    let with = (&world.support, &world.sign_in);
    let accounts = ways::connect_all(&desk, with, &mut mint, &record, (&home, &inputs)).await;
    let days = accounts.iter().map(|account| use_account(&desk, &world, account, &record));
    let cases = join_all(days).await;
    record.printed(&desk);
    for (at, fault) in faults().into_iter().enumerate() {
        world.support.faults().always(On::Any, fault);
        // Over all faults each way of signing in meets several.
        let meets = (0..4).map(|step| (at * 4 + step) % accounts.len());
        join_all(meets.map(|which| fail(&desk, &accounts[which], &cases[which], &record))).await;
        record.printed(&desk);
        world.support.faults().clear();
    }
    run_out(&desk, &world, &mut mint, &accounts, &record).await;
    while let Ok(change) = changes.try_recv() {
        record.told(&change);
    }
    desk.shut_down().await;

    panic_everywhere(room, &world, &accounts, &record).await;
    // Once more from the disk, and away with half of the accounts.
    let desk = open(room, &world.endpoint, Clock::System).await;
    join_all(accounts.iter().map(async |account| {
        drop(record.of(desk.accounts.check(&account.id).await));
        drop(record.of(desk.sync.sync_account(&account.id).await));
    }))
    .await;
    for account in accounts.iter().step_by(2) {
        drop(record.of(desk.remove_account(&account.id).await));
    }
    record.printed(&desk);
    desk.shut_down().await;

    let mut secrets = mint.made;
    let given = world.sign_in.issued_secrets().into_iter();
    // Verification and user codes are what the user sees; the rest is given to programs alone.
    secrets.extend(given.map(|secret| ("given by IAM Identity Center".to_owned(), secret)));
    Marks::write(&room.join("marks"), &secrets);
}

/// The usual log in one file, and all that can be asked for in another.
fn keep_log(room: &Path) {
    let file = |name: &str| Arc::new(std::fs::File::create(room.join(name)).unwrap());
    let layers = vec![log::layer(file("log"), None), log::layer(file("log-in-full"), Some("trace"))];
    tracing_subscriber::registry().with(layers).init();
    let before = std::panic::take_hook();
    log::log_panics();
    let logged = std::panic::take_hook();
    // The test harness' own words too: the canary looks whether something has panicked.
    std::panic::set_hook(Box::new(move |panic| {
        logged(panic);
        before(panic);
    }));
}

impl World {
    async fn new() -> Self {
        let support = Sim::builder().quotas(Quotas::none()).build().unwrap();
        let server = support.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
        let sign_in = SignInSim::new();
        let serving = sign_in.serve().await.unwrap();
        let endpoint = Endpoint::Emulated { support: server.url(), sign_in: serving.url() };
        let begins = tokio::sync::Mutex::default();
        Self { support, sign_in, endpoint, begins, _server: server, _serving: serving }
    }
}

async fn open(room: &Path, endpoint: &Endpoint, clock: Clock) -> Desk {
    let inputs = room.join("inputs");
    let options = DeskOptions {
        data_dir: room.join("data"),
        clock,
        endpoint: endpoint.clone(),
        config: ConfigFiles { config: inputs.join("config"), credentials: inputs.join("credentials") },
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    };
    Desk::open(options).await.unwrap()
}

/// A working day with an account: a report with a file, ECO's answer, a reply, the check.
async fn use_account(desk: &Desk, world: &World, account: &Account, record: &Record) -> CaseKey {
    record.of(desk.check_connection(&account.id).await).unwrap();
    let begins = world.begins.lock().await;
    let draft = record.of(desk.reports.begin().await).unwrap();
    let content = ReportContent {
        account: Some(account.id.clone()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::High),
        subject: format!("The canary's report with {}", account.name),
        body: "Since 05:10 every run ends with 500.".to_owned(),
        ..ReportContent::default()
    };
    record.of(desk.reports.save(&draft.id, DraftContent::Report(content)).await).unwrap();
    drop(begins);
    record.of(desk.reports.preview(&draft.id).await).unwrap();
    let case = record.of(desk.reports.submit(&draft.id).await).unwrap();
    desk.outbox.deliver_due().await.unwrap();
    let subject = format!("The canary's report with {}", account.name);
    let sent = async {
        loop {
            // Another account's turn may have taken it along.
            if let Some(case) = world.support.cases().into_iter().find(|case| case.subject == subject) {
                return case.display_id.to_string();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let number = tokio::time::timeout(Duration::from_secs(60), sent).await.expect("it was sent");
    world.support.eco().reply(&number, "Thank you. We are looking at it.").unwrap();
    record.of(desk.sync.sync_account(&account.id).await).unwrap();
    let reply = record.of(desk.reports.reply_draft(&case).await).unwrap();
    let content = ReplyContent { body: "It goes on.".to_owned(), cc: Vec::new() };
    record.of(desk.reports.save(&reply.id, DraftContent::Reply(content)).await).unwrap();
    record.of(desk.reports.submit(&reply.id).await).unwrap();
    desk.outbox.deliver_due().await.unwrap();
    record.of(desk.cases.list(CaseQuery::default()).await).unwrap();
    record.of(desk.cases.get(&case).await).unwrap();
    record.of(desk.cases.correspondence(&case, 50).await).unwrap();
    record.of(desk.outbox.list().await).unwrap();
    record.told(&desk.accounts.list().await.unwrap());
    record.told(&desk.sync.status().await.unwrap());
    case
}

/// What AWS and the network can answer instead.
fn faults() -> Vec<Fault> {
    let page = |status: u16| Fault::Status(http::StatusCode::from_u16(status).unwrap());
    let codes = [
        "AccessDeniedException",
        "ExpiredTokenException",
        "InvalidSignatureException",
        "ValidationException",
        "InternalServerError",
    ];
    let mut faults: Vec<Fault> = codes.into_iter().map(Fault::refuse).collect();
    faults.extend([page(407), Fault::Unreachable]);
    faults
}

/// Everything that asks AWS, while it answers with a fault.
async fn fail(desk: &Desk, account: &Account, case: &CaseKey, record: &Record) {
    drop(record.of(desk.accounts.check(&account.id).await));
    drop(record.of(desk.sync.sync_account(&account.id).await));
    drop(record.of(desk.check_connection(&account.id).await));
    let draft = record.of(desk.reports.reply_draft(case).await).unwrap();
    let content = ReplyContent { body: "It still goes on.".to_owned(), cc: Vec::new() };
    record.of(desk.reports.save(&draft.id, DraftContent::Reply(content)).await).unwrap();
    drop(record.of(desk.reports.submit(&draft.id).await));
    desk.outbox.deliver_due().await.unwrap();
    for entry in record.of(desk.outbox.list().await).unwrap() {
        // Another account may have discarded it meanwhile.
        drop(record.of(desk.outbox.discard(&entry.id).await));
    }
    record.told(&desk.accounts.list().await.unwrap());
    record.told(&desk.sync.status().await.unwrap());
}

/// Sign-ins that end, are refused, and are renewed; tokens that are refreshed.
async fn run_out(desk: &Desk, world: &World, mint: &mut Mint, accounts: &[Account], record: &Record) {
    let portals: Vec<&Account> =
        accounts.iter().filter(|one| matches!(one.source, CredentialSource::Portal { .. })).collect();
    assert_eq!(portals.len(), 2);
    world.sign_in.end_sessions();
    for account in &portals {
        drop(record.of(desk.accounts.check(&account.id).await));
        drop(record.of(desk.check_connection(&account.id).await));
    }
    // From now on each token is about to run out as soon as it is given.
    let short = ways::directory(mint, &world.support, SignedDuration::from_mins(4));
    world.sign_in.set_directory(sign_in_sim::Directory { user_allows: false, ..short.clone() });
    let begun = ways::begin(desk, record, SignInWay::Browser).await;
    let (_, refused) = tokio::join!(browse(&begun.page), desk.accounts.sign_ins.wait(&begun.id));
    record.of(refused).unwrap_err();
    world.sign_in.set_directory(short);
    let begun = ways::begin(desk, record, SignInWay::Browser).await;
    let (_, found) = tokio::join!(browse(&begun.page), desk.accounts.sign_ins.wait(&begun.id));
    record.of(found).unwrap();
    record.of(desk.accounts.setup.renew_portal(&portals[0].id, &begun.id).await).unwrap();
    for account in &portals {
        record.of(desk.accounts.check(&account.id).await).unwrap();
    }
    world.support.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    record.of(desk.sync.sync_account(&portals[1].id).await).unwrap();
    record.printed(desk);
}

/// The end of time: what adds to it panics, wherever it is and whatever secrets it holds just then.
async fn panic_everywhere(room: &Path, world: &World, accounts: &[Account], record: &Record) {
    let desk = Arc::new(open(room, &world.endpoint, Clock::stepped(Millis::MAX - 1_000)).await);
    let mut panics = 0;
    for way in [SignInWay::Browser, SignInWay::Code] {
        let (desk, record) = (desk.clone(), record.clone());
        let begun = tokio::spawn(async move { ways::begin(&desk, &record, way).await }).await;
        panics += usize::from(begun.is_err_and(|error| error.is_panic()));
    }
    let asked = accounts.iter().map(|account| {
        let (desk, record, id) = (desk.clone(), record.clone(), account.id.clone());
        tokio::spawn(async move {
            drop(record.of(desk.accounts.check(&id).await));
            drop(record.of(desk.check_connection(&id).await));
            drop(record.of(desk.sync.sync_account(&id).await));
        })
    });
    let asked = join_all(asked.collect::<Vec<_>>()).await;
    let panicked =
        |one: &Result<(), tokio::task::JoinError>| one.as_ref().is_err_and(tokio::task::JoinError::is_panic);
    panics += asked.iter().filter(|one| panicked(one)).count();
    assert!(panics >= 3, "{panics} panics");
    record.printed(&*desk);
    desk.shut_down().await;
}
