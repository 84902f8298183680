//! The main job from end to end through real programs: tinyproxy, which asks for a password, and socat (OpenSSL), whose
//! certificate is of the company's own authority.
//!
//! The desk asks for AWS's own names at AWS's own port. They lead here only behind tinyproxy, by the proxy that it
//! hands everything on to: so whoever went round it would be at AWS.

use crate::{
    company::{ARN, AUTHORITY, KEY, SECRET, STS, SUPPORT, failed, open, silent, within},
    programs::{Password, Tinyproxy, Tls},
};
use company_sim::{Authority, Proxy, Routes};
use desk_core::{
    Desk,
    account::Account,
    attachment::OpenedFile,
    case::Rating,
    report::{DraftContent, ProblemKind, ReplyContent, ReportContent},
};
use desk_model::{AccountId, CaseKey, Clock, Partition, Priority, ProblemCode, Secret};
use desk_network::{Hop, ProxySettings};
use sign_in_sim::{Keys, SignInSim};
use std::{path::Path, time::Duration};
use support_sim::{CaseStatus, Customer, Severity, Sim};
use tokio::net::TcpListener;

const PASSWORD: Password = Password { user: "jane", password: "open-sesame" };
const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_main_job_passes_a_real_proxy_and_a_certificate_of_the_company() {
    let dir = tempfile::tempdir().unwrap();
    let support = Sim::builder().customer(Customer::new(KEY, SECRET, "jane (User)")).build().unwrap();
    let server = support.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    let sign_in = SignInSim::new();
    sign_in.add_keys(Keys::long_term(KEY, SECRET), ARN);
    let serving = sign_in.serve().await.unwrap();
    let authority = Authority::new(AUTHORITY).unwrap();
    let for_support = Tls::start(dir.path(), &authority, SUPPORT, &server.url());
    let for_sts = Tls::start(dir.path(), &authority, STS, &serving.url());
    let world = Proxy::with_routes(Routes::from([(SUPPORT, for_support.address), (STS, for_sts.address)]))
        .await
        .unwrap();
    let tinyproxy = Tinyproxy::start(dir.path(), PASSWORD, world.address());

    let desk = open(&dir, silent(), Clock::System).await;
    let proxy = ProxySettings { user_name: PASSWORD.user.to_owned(), ..tinyproxy.by_hand() };

    // What is missing is named, one after the other.
    desk.save_network(tinyproxy.by_hand(), None).await.unwrap();
    let refused = connect(&desk).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Proxy);
    assert!(refused.message.contains("asks for a user name and password"), "{refused}");
    desk.save_network(proxy.clone(), Some(Secret::new("wrong"))).await.unwrap();
    let refused = connect(&desk).await.unwrap_err();
    assert!(refused.message.contains("does not accept the user name or the password"), "{refused}");
    desk.save_network(proxy.clone(), Some(Secret::new(PASSWORD.password))).await.unwrap();
    let refused = connect(&desk).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Certificate);
    assert!(refused.message.contains(&format!("issued by “{AUTHORITY}”")), "{refused}");
    let file = dir.path().join("company.crt");
    std::fs::write(&file, authority.pem()).unwrap();
    desk.add_certificates(vec![file]).await.unwrap();

    let account = connect(&desk).await.unwrap();
    assert_eq!(desk.check_connection(&account.id).await.unwrap().obstacle, None);
    let test = desk.test_network(proxy, None).await.unwrap();
    assert_eq!(failed(&test), None, "{test:?}");
    assert_eq!(test.probes.len(), 2);
    assert!(test.probes.iter().all(|probe| probe.hops.iter().any(|result| result.hop == Hop::ProxyPass)));

    main_job(&desk, &support, &account.id, dir.path()).await;
    desk.shut_down().await;

    // tinyproxy saw every connection that came, and it asked for nothing but AWS.
    let asked = world.asked();
    assert!(
        asked.iter().all(|host| [SUPPORT, STS].iter().any(|name| *host == format!("{name}:443"))),
        "{asked:?}"
    );
    assert!(asked.len() >= 3, "{asked:?}");
    assert_eq!(for_support.came() + for_sts.came(), asked.len(), "nothing came to AWS but by the proxies");
    let log = tinyproxy.log();
    let tunnels = log.matches(&format!("CONNECT {SUPPORT}:443")).count()
        + log.matches(&format!("CONNECT {STS}:443")).count();
    assert!(tunnels >= asked.len(), "{tunnels} of {}: {log}", asked.len());
    assert!(!format!("{test:?}").contains(PASSWORD.password));
}

async fn connect(desk: &Desk) -> Result<Account, desk_model::Problem> {
    desk.accounts.setup.connect_keys(KEY, &Secret::new(SECRET), Partition::Aws, "Production").await
}

/// Report with a file, read ECO's reply, save its file, answer with a file, resolve and rate.
async fn main_job(desk: &Desk, support: &Sim, account: &AccountId, dir: &Path) {
    let bytes: Vec<u8> = (0..900_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let file = |name: &str| {
        let path = dir.join(name);
        std::fs::write(&path, &bytes).unwrap();
        path
    };
    desk.start();
    let draft = desk.reports.begin().await.unwrap();
    let content = ReportContent {
        account: Some(account.clone()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::High),
        subject: "Through the proxy".to_owned(),
        body: "With a file.".to_owned(),
        ..ReportContent::default()
    };
    desk.reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
    desk.attachments.add(&draft.id, OpenedFile::open_all(&[file("ingestion.log")])).await.unwrap();
    let key = desk.reports.submit(&draft.id).await.unwrap();
    within(LIMIT, async || (support.case_count() == 1).then_some(())).await;
    let case = support.cases().remove(0);
    assert_eq!(case.severity, Severity::Critical);
    assert_eq!(case.communications[0].files[0].data, bytes);

    support.eco().reply(&case.case_id, "We look into it.").unwrap();
    let seen = within(LIMIT, async || {
        desk.sync.wake(account);
        let read = desk.cases.correspondence(&key, 50).await.unwrap();
        let messages: Vec<_> = read.opening.into_iter().chain(read.recent).collect();
        messages.iter().any(|message| message.body.contains("We look into it.")).then_some(messages)
    })
    .await;
    let attached = seen.iter().flat_map(|message| &message.files).next().unwrap();
    let place = dir.join("saved.log");
    let client = desk.accounts.support(account).await.unwrap();
    desk.attachments.fetch(&client, attached.attachment_id.as_deref().unwrap(), &place).await.unwrap();
    assert_eq!(std::fs::read(place).unwrap(), bytes);

    reply(desk, &key, file("more.log")).await;
    within(LIMIT, async || (support.cases()[0].communications.len() == 3).then_some(())).await;
    let rating = Rating { stars: 5, comment: "Quick.".to_owned(), send_to_eco: true };
    desk.outbox.resolve(&key, Some(rating)).await.unwrap();
    within(LIMIT, async || (support.cases()[0].status == CaseStatus::Resolved).then_some(())).await;
    let last = support.cases().remove(0).communications.pop().unwrap();
    assert!(
        last.body.starts_with("Rating of the correspondence in this case: 5 of 5 stars"),
        "{}",
        last.body
    );
}

async fn reply(desk: &Desk, key: &CaseKey, file: std::path::PathBuf) {
    let draft = desk.reports.reply_draft(key).await.unwrap();
    let content = ReplyContent { body: "More of it.".to_owned(), cc: Vec::new() };
    desk.reports.save(&draft.id, DraftContent::Reply(content)).await.unwrap();
    desk.attachments.add(&draft.id, OpenedFile::open_all(&[file])).await.unwrap();
    desk.reports.submit(&draft.id).await.unwrap();
}
