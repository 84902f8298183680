//! What is kept where: the proxy's password in the keyring or in memory, and in no file.

use crate::company::{Company, by_hand, failed, open, silent, within};
use company_sim::{Proxy, ProxyBehavior};
use desk_model::{Clock, Field, ProblemCode, Secret};
use desk_network::{PasswordKept, ProxyMode, ProxySettings};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

const PASSWORD: &str = "canary-of-the-proxys-password";
/// "jane:canary-of-the-proxys-password".
const HEADER: &str = "Basic amFuZTpjYW5hcnktb2YtdGhlLXByb3h5cy1wYXNzd29yZA==";

#[tokio::test]
async fn the_proxys_password_is_in_no_file_and_in_no_answer() {
    let company = Company::new(ProxyBehavior::RequireBasic(HEADER)).await;
    company.trust().await;
    let proxy = ProxySettings { user_name: "jane".to_owned(), ..by_hand(&company.proxy) };
    let saved = company.desk.save_network(proxy.clone(), Some(Secret::new(PASSWORD))).await.unwrap();
    assert!(matches!(saved.password, PasswordKept::Keyring | PasswordKept::Session), "{saved:?}");
    company.connect().await.unwrap();
    let shown = format!("{:?} {:?}", company.desk.network.settings().await, company.test().await);
    for text in [PASSWORD, HEADER] {
        assert!(!shown.contains(text));
        assert!(!is_in_a_file(company.dir.path(), text), "{text}");
    }
    company.desk.shut_down().await;
    assert!(!is_in_a_file(company.dir.path(), PASSWORD));

    let desk = open(&company.dir, silent(), Clock::System).await;
    let again = desk.network.settings().await;
    assert_eq!(again.proxy, proxy);
    match saved.password {
        PasswordKept::Keyring => assert_eq!(again.password, PasswordKept::Keyring),
        // What was held in memory went with the program, and nobody says otherwise.
        PasswordKept::Session | PasswordKept::None => assert_eq!(again.password, PasswordKept::None),
    }
    desk.save_network(ProxySettings::default(), None).await.unwrap();
}

#[tokio::test]
async fn a_password_goes_to_no_other_proxy_than_it_was_entered_for() {
    let company = Company::new(ProxyBehavior::RequireBasic(HEADER)).await;
    let desk = &company.desk;
    let proxy = ProxySettings { user_name: "jane".to_owned(), ..by_hand(&company.proxy) };
    let is_kept = |kept| kept != PasswordKept::None;
    desk.save_network(proxy.clone(), Some(Secret::new(PASSWORD))).await.unwrap();
    let exceptions = ProxySettings { exceptions: "example.com".to_owned(), ..proxy.clone() };
    assert!(is_kept(desk.save_network(exceptions, None).await.unwrap().password), "the proxy is the same");
    let off = ProxySettings { mode: ProxyMode::None, ..proxy.clone() };
    assert!(is_kept(desk.save_network(off, None).await.unwrap().password), "for when it is chosen again");
    let other = ProxySettings { host: "other.example".to_owned(), ..proxy.clone() };
    assert!(!is_kept(desk.save_network(other, None).await.unwrap().password));
    desk.save_network(proxy.clone(), Some(Secret::new(PASSWORD))).await.unwrap();
    let forgotten = desk.save_network(proxy, Some(Secret::new(""))).await.unwrap();
    assert!(!is_kept(forgotten.password), "an empty one is forgotten");
}

#[tokio::test]
async fn what_is_wrong_is_refused_at_its_field_and_nothing_changes() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    let before = company.desk.network.settings().await;
    let wrong = ProxySettings { host: "two words".to_owned(), ..by_hand(&company.proxy) };
    let refused = company.desk.save_network(wrong.clone(), None).await.unwrap_err();
    assert_eq!(refused.field, Some(Field::Host));
    assert_eq!(company.desk.test_network(wrong, None).await.unwrap_err().field, Some(Field::Host));
    let nothing = company.dir.path().join("nothing.pem");
    std::fs::write(&nothing, "no certificate").unwrap();
    assert!(company.desk.add_certificates(vec![nothing]).await.is_err());
    assert_eq!(company.desk.network.settings().await, before);
}

/// Tests the connection with what is saved, and does this while the proxy keeps the test waiting.
async fn during_a_test(company: &Company, change: impl Future<Output = ()>) {
    let gate = Arc::new(Semaphore::new(0));
    company.proxy.set_behavior(ProxyBehavior::WaitFor(gate.clone()));
    let before = company.proxy.asked().len();
    let changing = async {
        within(Duration::from_secs(60), async || (company.proxy.asked().len() > before).then_some(())).await;
        change.await;
        gate.close();
    };
    let (test, ()) = tokio::join!(company.test(), changing);
    assert_eq!(failed(&test), None, "it finds what it began with: {test:?}");
    company.proxy.set_behavior(ProxyBehavior::Allow);
}

#[tokio::test]
async fn a_proxy_that_is_saved_during_a_test_is_the_one_in_use() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    let other = Proxy::start(ProxyBehavior::Allow, company.inspection.address()).await.unwrap();
    during_a_test(&company, async {
        company.desk.save_network(by_hand(&other), None).await.unwrap();
    })
    .await;
    let before = company.proxy.asked().len();
    company.connect().await.unwrap();
    assert_eq!(company.proxy.asked().len(), before, "the former proxy is in use again");
    assert!(!other.asked().is_empty());
}

#[tokio::test]
async fn a_certificate_that_is_removed_during_a_test_is_trusted_no_longer() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    let id = company.desk.network.settings().await.certificates.remove(0).id;
    during_a_test(&company, async { company.desk.network.remove_certificate(&id).await.unwrap() }).await;
    assert_eq!(company.connect().await.unwrap_err().code, ProblemCode::Certificate);
}

#[tokio::test]
async fn a_password_in_the_field_of_the_host_is_in_no_file_whatever_is_chosen() {
    let company = Company::new(ProxyBehavior::Allow).await;
    let host = format!("http://jane:{PASSWORD}@proxy.example:8080");
    for mode in [ProxyMode::System, ProxyMode::None] {
        let proxy = ProxySettings { mode, host: host.clone(), ..ProxySettings::default() };
        let saved = company.desk.save_network(proxy, None).await.unwrap();
        assert_eq!(saved.proxy, ProxySettings { mode, ..ProxySettings::default() });
        assert!(!is_in_a_file(company.dir.path(), PASSWORD), "{mode:?}");
    }
}

/// Whether any file below `folder` holds `text`.
fn is_in_a_file(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return is_in_a_file(&path, text);
        }
        let bytes = std::fs::read(&path).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}
