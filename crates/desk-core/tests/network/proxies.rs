//! Through a proxy, or not: each refusal is known by what it says, in use and in the test of the connection.

use crate::company::{Company, STS, SUPPORT, by_hand, failed, open, within};
use company_sim::ProxyBehavior;
use desk_core::{
    delivery::OutboxState,
    report::{DraftContent, ProblemKind, ReportContent},
};
use desk_model::{Clock, Partition, Priority, ProblemCode, Secret};
use desk_network::{
    Connector, Hop, HopOutcome, ProxyEnvironment, ProxyMode, ProxySettings, SystemProxies, SystemProxy,
};
use std::{sync::Arc, time::Duration};

/// "jane:open sesame".
const HEADER: &str = "Basic amFuZTpvcGVuIHNlc2FtZQ==";

#[tokio::test]
async fn every_connection_goes_through_the_proxy_that_asks_for_a_password() {
    let company = Company::new(ProxyBehavior::RequireBasic(HEADER)).await;
    company.trust().await;
    let proxy = ProxySettings { user_name: "jane".to_owned(), ..by_hand(&company.proxy) };
    let password = Secret::new("open sesame");
    company.desk.save_network(proxy, Some(password)).await.unwrap();

    let account = company.connect().await.unwrap();
    let check = company.desk.check_connection(&account.id).await.unwrap();
    assert_eq!(check.obstacle, None);
    assert_eq!(check.identity.unwrap().name, "jane");
    assert_eq!(company.proxy.hosts(), [format!("{STS}:443"), format!("{SUPPORT}:443")]);
    assert_eq!(company.inspection.connections(), company.proxy.asked().len(), "nothing came round the proxy");

    let test = company.test().await;
    assert_eq!(failed(&test), None, "{test:?}");
    let support = &test.probes[0];
    assert_eq!(support.proxy, Some(company.proxy.address().to_string()));
    assert!(support.hops.iter().all(|result| matches!(result.outcome, HopOutcome::Passed { .. })));
    let encryption = support.hops.iter().find(|result| result.hop == Hop::Encryption).unwrap();
    assert!(format!("{encryption:?}").contains("issued by “Norvik Inspection CA”"), "{encryption:?}");
}

#[tokio::test]
async fn each_refusal_of_a_proxy_is_named_with_what_to_do() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    let account = company.connect().await.unwrap();
    let table = [
        (
            "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n",
            "asks for a user name and password. Enter them under Settings → Network",
        ),
        (
            "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n",
            "wants a sign-in with Negotiate or NTLM, which ECO Desk cannot do. Ask your IT department",
        ),
        (
            "HTTP/1.1 403 Forbidden\r\n\r\n<html>",
            "does not allow connections to support.us-east-1.amazonaws.com",
        ),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", "cannot reach support.us-east-1.amazonaws.com itself"),
        ("220 mail.example.com ESMTP\r\n", "does not behave like an HTTP proxy"),
    ];
    for (answer, expected) in table {
        company.proxy.set_behavior(ProxyBehavior::Respond(answer));
        // A former connection may still be open, as it may be behind a real proxy.
        company.desk.save_network(by_hand(&company.proxy), None).await.unwrap();
        let before = company.proxy.asked().len();
        let problem =
            company.desk.accounts.support(&account.id).await.unwrap().server_time().await.unwrap_err();
        let problem = desk_model::Problem::from(problem);
        assert_eq!(problem.code, ProblemCode::Proxy, "{answer:?}: {problem}");
        assert!(problem.message.contains(expected), "{answer:?}: {problem}");
        assert_eq!(company.proxy.asked().len(), before + 1, "asking again would be no use");
        let test = company.test().await;
        assert_eq!(failed(&test), Some(Hop::ProxyPass), "{answer:?}");
        assert_eq!(test.probes[0].problem, Some(problem), "the test says what use says");
        assert!(test.probes[0].hops.iter().any(|result| result.outcome == HopOutcome::NotReached));
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told_from_one_that_is_not_known() {
    let company = Company::new(ProxyBehavior::Allow).await;
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let entered = |host: &str, port| ProxySettings {
        mode: ProxyMode::Manual,
        host: host.to_owned(),
        port,
        ..ProxySettings::default()
    };
    for (proxy, hop, expected) in [
        (entered("127.0.0.1", gone.port()), Hop::ProxyConnection, "it refuses the connection"),
        (entered("proxy.invalid", 8080), Hop::ProxyName, "The proxy “proxy.invalid” is not found"),
    ] {
        let test = company.desk.test_network(proxy, None).await.unwrap();
        assert_eq!(failed(&test), Some(hop), "{test:?}");
        let problem = test.probes[0].problem.clone().unwrap();
        assert!(problem.message.contains(expected), "{problem}");
    }
    assert_eq!(company.desk.network.settings().await.proxy, ProxySettings::default(), "a test saves nothing");
}

#[tokio::test]
async fn a_report_behind_a_proxy_that_wants_a_password_waits_and_says_so() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    let account = company.connect().await.unwrap();
    company.proxy.set_behavior(ProxyBehavior::RequireBasic(HEADER));
    company.desk.save_network(by_hand(&company.proxy), None).await.unwrap();
    let reports = &company.desk.reports;
    let draft = reports.begin().await.unwrap();
    let content = ReportContent {
        account: Some(account.id.clone()),
        kind: Some(ProblemKind::DataIn),
        priority: Some(Priority::High),
        subject: "Behind the proxy".to_owned(),
        body: "Nothing gets out.".to_owned(),
        ..ReportContent::default()
    };
    reports.save(&draft.id, DraftContent::Report(content)).await.unwrap();
    reports.submit(&draft.id).await.unwrap();
    company.desk.start();
    let waiting = within(Duration::from_secs(60), async || {
        let entries = company.desk.outbox.list().await.unwrap();
        match entries.into_iter().next().map(|entry| entry.state) {
            Some(OutboxState::Waiting { problem, .. }) => Some(problem),
            Some(_) | None => None,
        }
    })
    .await;
    assert_eq!(waiting.code, ProblemCode::Proxy);
    assert!(waiting.message.contains("asks for a user name and password"), "{waiting}");
    assert_eq!(company.support.case_count(), 0);

    let proxy = ProxySettings { user_name: "jane".to_owned(), ..by_hand(&company.proxy) };
    company.desk.save_network(proxy, Some(Secret::new("open sesame"))).await.unwrap();
    within(Duration::from_secs(60), async || (company.support.case_count() == 1).then_some(())).await;
    company.desk.shut_down().await;
}

/// What a system says that reads a PAC file: first a proxy that is down, then the real one.
#[derive(Debug)]
struct Pac(Vec<SystemProxy>);

impl SystemProxies for Pac {
    fn find(&self, _url: &str) -> Result<Vec<SystemProxy>, String> {
        Ok(self.0.clone())
    }
}

#[tokio::test]
async fn the_proxies_that_the_system_names_are_tried_in_their_order() {
    let company = Company::new(ProxyBehavior::Allow).await;
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let http = |port| SystemProxy::Http { host: "127.0.0.1".to_owned(), port };
    let there = company.proxy.address().port();
    let line = |found| Connector::new(ProxyEnvironment::default(), Arc::new(Pac(found)));
    let dir = tempfile::tempdir().unwrap();
    let desk = open(&dir, line(vec![http(gone.port()), http(there)]), Clock::System).await;
    desk.add_certificates(vec![company.certificate()]).await.unwrap();
    let account = desk
        .accounts
        .setup
        .connect_keys(crate::company::KEY, &Secret::new(crate::company::SECRET), Partition::Aws, "By PAC")
        .await
        .unwrap();
    let check = desk.check_connection(&account.id).await.unwrap();
    assert_eq!(check.obstacle, None);
    assert!(company.proxy.hosts().contains(&format!("{SUPPORT}:443")));
    desk.shut_down().await;

    let socks = line(vec![SystemProxy::Other("SOCKS socks.example:1080".to_owned())]);
    let desk = open(&dir, socks, Clock::System).await;
    let test = desk.test_network(ProxySettings::default(), None).await.unwrap();
    assert_eq!(failed(&test), Some(Hop::Route));
    let message = test.probes[0].problem.clone().unwrap().message;
    assert!(message.contains("SOCKS socks.example:1080") && message.contains("cannot use"), "{message}");
}

/// An encrypted door to the company's proxy, with a certificate for this name.
async fn door(company: &Company, name: &str) -> u16 {
    let (certificate, key) = company.authority.issue(&[name], 2020..2060).unwrap();
    door_with(company, &certificate, &key).await
}

async fn door_with(company: &Company, certificate: &rcgen::Certificate, key: &rcgen::KeyPair) -> u16 {
    let acceptor = tokio_rustls::TlsAcceptor::from(company_sim::tls(certificate, key).unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, behind) = (listener.local_addr().unwrap().port(), company.proxy.address());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut there = tokio::net::TcpStream::connect(behind).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut there).await;
            });
        }
    });
    port
}

#[tokio::test]
async fn a_proxy_that_the_system_names_may_be_encrypted() {
    let company = Company::new(ProxyBehavior::Allow).await;
    let https = |port| SystemProxy::Https { host: "127.0.0.1".to_owned(), port };
    let (good, wrong) = (door(&company, "127.0.0.1").await, door(&company, "other.example").await);
    let last = SystemProxy::Http { host: "127.0.0.1".to_owned(), port: company.proxy.address().port() };
    let table = [
        (vec![https(good)], None, good),
        (vec![https(wrong)], Some(Hop::ProxyConnection), wrong),
        (vec![https(wrong), last], None, company.proxy.address().port()),
    ];
    for (found, fails, used) in table {
        let dir = tempfile::tempdir().unwrap();
        let line = Connector::new(ProxyEnvironment::default(), Arc::new(Pac(found)));
        let desk = open(&dir, line, Clock::System).await;
        desk.add_certificates(vec![company.certificate()]).await.unwrap();
        let test = desk.test_network(ProxySettings::default(), None).await.unwrap();
        assert_eq!(failed(&test), fails, "{test:?}");
        assert_eq!(test.probes[0].proxy, Some(format!("127.0.0.1:{used}")));
        let code = test.probes[0].problem.as_ref().map(|problem| problem.code);
        assert_eq!(code, fails.map(|_| ProblemCode::Certificate));
        desk.shut_down().await;
    }
}

#[tokio::test]
async fn a_proxy_whose_certificate_is_signed_by_itself_works_once_that_is_trusted() {
    let company = Company::new(ProxyBehavior::Allow).await;
    for is_ca in [rcgen::IsCa::NoCa, rcgen::IsCa::ExplicitNoCa] {
        let mut params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        params.is_ca = is_ca;
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let port = door_with(&company, &certificate, &key).await;
        let https = SystemProxy::Https { host: "127.0.0.1".to_owned(), port };
        let dir = tempfile::tempdir().unwrap();
        let line = Connector::new(ProxyEnvironment::default(), Arc::new(Pac(vec![https])));
        let desk = open(&dir, line, Clock::System).await;
        let file = dir.path().join("proxy.pem");
        std::fs::write(&file, certificate.pem()).unwrap();
        desk.add_certificates(vec![company.certificate(), file]).await.unwrap();
        let test = desk.test_network(ProxySettings::default(), None).await.unwrap();
        assert_eq!(failed(&test), None, "{test:?}");
        desk.shut_down().await;
    }
}

#[tokio::test]
async fn the_environments_proxy_is_the_systems() {
    let company = Company::new(ProxyBehavior::RequireBasic(HEADER)).await;
    let address = company.proxy.address();
    let environment = ProxyEnvironment {
        https: format!("http://jane:open%20sesame@{address}"),
        ..ProxyEnvironment::default()
    };
    let dir = tempfile::tempdir().unwrap();
    let desk = open(&dir, Connector::new(environment, Arc::new(Pac(Vec::new()))), Clock::System).await;
    desk.add_certificates(vec![company.certificate()]).await.unwrap();
    let test = desk.test_network(ProxySettings::default(), None).await.unwrap();
    assert_eq!(failed(&test), None, "{test:?}");
    assert_eq!(test.probes[0].proxy, Some(address.to_string()));
    assert!(!format!("{test:?}").contains("sesame"));
}
