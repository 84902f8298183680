//! AWS Support's other hosts, which are tried where the main one does not answer.

use crate::company::{Company, STS, SUPPORT, by_hand, page};
use company_sim::{Proxy, ProxyBehavior, Routes};
use desk_network::{NetworkTest, TestedService};

const WEST: &str = "support.us-west-2.amazonaws.com";
const IRELAND: &str = "support.eu-west-1.amazonaws.com";
/// What a service says that has a problem of its own.
const BROKEN: &str = "HTTP/1.1 503 Service Unavailable\r\nx-amzn-RequestId: 0\r\nContent-Length: 0\r\n\r\n";

/// What the test finds where AWS Support's main host answers this, and so does whoever else is named.
async fn tested(answer: &'static str, others: &[&'static str]) -> NetworkTest {
    let names = [SUPPORT, STS, WEST, IRELAND];
    let company = Company::with(ProxyBehavior::Allow, &names, 2020..2060).await;
    company.trust().await;
    let (certificate, key) = company.authority.issue(&names, 2020..2060).unwrap();
    let broken = page(&certificate, &key, answer).await;
    let well = company.inspection.address();
    let leads = |name| (name, if name == SUPPORT || others.contains(&name) { broken } else { well });
    let proxy = Proxy::with_routes(Routes::from(names.map(leads))).await.unwrap();
    company.desk.test_network(by_hand(&proxy), None).await.unwrap()
}

fn hosts(test: &NetworkTest) -> Vec<(TestedService, &str)> {
    test.probes.iter().map(|probe| (probe.service, probe.host.as_str())).collect()
}

#[tokio::test]
async fn a_standby_that_answers_is_named_where_the_main_host_does_not() {
    for (answer, expected) in [("", "gives no answer"), (BROKEN, "has a problem of its own (HTTP 503)")] {
        let test = tested(answer, &[WEST]).await;
        assert_eq!(
            hosts(&test),
            [
                (TestedService::Support, SUPPORT),
                (TestedService::SupportStandby, IRELAND),
                (TestedService::Sts, STS)
            ]
        );
        let message = test.probes[0].problem.clone().unwrap().message;
        assert!(message.contains(expected), "{message}");
        assert!(
            message.ends_with(&format!("Meanwhile ECO Desk uses {IRELAND}, which answers.")),
            "{message}"
        );
        assert_eq!(test.probes[1].problem, None);
    }
}

#[tokio::test]
async fn standbys_that_do_not_answer_either_are_shown() {
    let test = tested("", &[WEST, IRELAND]).await;
    let standby = TestedService::SupportStandby;
    assert_eq!(hosts(&test)[..3], [(TestedService::Support, SUPPORT), (standby, WEST), (standby, IRELAND)]);
    assert!(test.probes[..3].iter().all(|probe| probe.problem.is_some()), "{test:?}");
    assert!(!test.probes[0].problem.clone().unwrap().message.contains("Meanwhile"), "{test:?}");
}

#[tokio::test]
async fn no_standby_is_tried_where_the_main_host_is_not_what_fails() {
    // Somebody else's page is not AWS at all.
    let page = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nSign in";
    let test = tested(page, &[]).await;
    assert_eq!(hosts(&test), [(TestedService::Support, SUPPORT), (TestedService::Sts, STS)]);
}
