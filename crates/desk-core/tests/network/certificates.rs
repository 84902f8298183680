//! Certificates of a company's own authority: unknown until they are added, and named then.

use crate::company::{AUTHORITY, Company, STS, SUPPORT, by_hand, failed, open, silent};
use company_sim::{Authority, Proxy, ProxyBehavior};
use desk_model::{Clock, MINUTE, ProblemCode};
use desk_network::{Hop, HopOutcome};

#[tokio::test]
async fn without_the_authoritys_certificate_the_message_names_it() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.desk.save_network(by_hand(&company.proxy), None).await.unwrap();
    let refused = company.connect().await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Certificate);
    assert!(refused.message.contains(&format!("issued by “{AUTHORITY}”")), "{refused}");
    assert!(refused.message.contains("add it under Settings → Network"), "{refused}");
    assert_eq!(failed(&company.test().await), Some(Hop::Encryption));

    let other = company.dir.path().join("other.pem");
    std::fs::write(&other, Authority::new("Somebody Else CA").unwrap().pem()).unwrap();
    company.desk.add_certificates(vec![other]).await.unwrap();
    assert_eq!(company.connect().await.unwrap_err().code, ProblemCode::Certificate);

    company.trust().await;
    company.connect().await.unwrap();
    let settings = company.desk.network.settings().await;
    let names: Vec<_> = settings.certificates.iter().map(|known| known.subject.as_str()).collect();
    assert_eq!(names, [AUTHORITY, "Somebody Else CA"]);

    let id = &settings.certificates[0].id;
    company.desk.network.remove_certificate(id).await.unwrap();
    assert_eq!(failed(&company.test().await), Some(Hop::Encryption), "it counts at once");
}

#[tokio::test]
async fn a_certificate_is_trusted_after_a_restart_too() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    company.desk.shut_down().await;
    let desk = open(&company.dir, silent(), Clock::System).await;
    let settings = desk.network.settings().await;
    assert_eq!(settings.certificates.len(), 1);
    let test = desk.test_network(settings.proxy, None).await.unwrap();
    assert_eq!(failed(&test), None, "{test:?}");
}

#[tokio::test]
async fn what_else_may_be_wrong_with_a_certificate_is_told() {
    let table = [
        (
            &[SUPPORT, STS][..],
            2010..2012,
            "ran out on 1 January 2012, 00:00 UTC, and this computer's clock says",
        ),
        (&[SUPPORT, STS][..], 2058..2060, "is good only from 1 January 2058, 00:00 UTC"),
        (&["portal.hotel.example"][..], 2020..2060, "a certificate of somebody else (portal.hotel.example)"),
    ];
    for (names, years, expected) in table {
        let company = Company::with(ProxyBehavior::Allow, names, years).await;
        company.set_up().await;
        let test = company.test().await;
        assert_eq!(failed(&test), Some(Hop::Encryption), "{expected}");
        let problem = test.probes[0].problem.clone().unwrap();
        assert_eq!(problem.code, ProblemCode::Certificate);
        assert!(problem.message.contains(expected), "{problem}");
        assert!(problem.message.contains(AUTHORITY), "{problem}");
    }
}

#[tokio::test]
async fn a_wrong_clock_is_the_last_step_that_fails() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    company.desk.shut_down().await;
    let now = jiff::Timestamp::now().as_millisecond();
    for (off, expected) in [
        (7 * MINUTE + MINUTE / 2, Err("This computer's clock is 7 minutes ahead of AWS's")),
        (-150 * MINUTE, Err("This computer's clock is 2 hours behind AWS's")),
        (3 * MINUTE + MINUTE / 2, Ok("3 minutes ahead of AWS's")),
    ] {
        let desk = open(&company.dir, silent(), Clock::stepped(now + off)).await;
        let test = desk.test_network(by_hand(&company.proxy), None).await.unwrap();
        let last = test.probes[0].hops.last().unwrap();
        assert_eq!(last.hop, Hop::Clock);
        match (&last.outcome, expected) {
            (HopOutcome::Failed { problem }, Err(words)) => {
                assert_eq!(problem.code, ProblemCode::ClockSkew);
                assert!(problem.message.starts_with(words), "{problem}");
            }
            (HopOutcome::Passed { detail }, Ok(words)) => assert_eq!(detail, words),
            (found, _) => panic!("{off}: {found:?}"),
        }
        desk.shut_down().await;
    }
}

#[tokio::test]
async fn somebody_who_answers_in_awss_place_is_not_taken_for_aws() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.set_up().await;
    // The emulator of signing in knows no such host and answers as a web server would.
    let (certificate, key) = company.authority.issue(&[SUPPORT, STS], 2020..2060).unwrap();
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nSign in";
    let page = crate::company::page(&certificate, &key, answer).await;
    let proxy = Proxy::start(ProxyBehavior::Allow, page).await.unwrap();
    let test = company.desk.test_network(by_hand(&proxy), None).await.unwrap();
    assert_eq!(failed(&test), Some(Hop::Answer));
    let problem = test.probes[0].problem.clone().unwrap();
    assert!(problem.message.contains("Something else answered in the place of support."), "{problem}");
}

#[tokio::test]
async fn a_certificate_that_another_program_puts_into_the_folder_is_not_trusted() {
    let company = Company::new(ProxyBehavior::Allow).await;
    company.desk.save_network(by_hand(&company.proxy), None).await.unwrap();
    company.desk.shut_down().await;
    let folder = company.dir.path().join("data/certificates");
    std::fs::create_dir_all(&folder).unwrap();
    let pem = company.authority.pem();
    std::fs::write(folder.join("planted.pem"), pem).unwrap();
    // Under the name that ECO Desk would give it.
    let der = data_encoding::BASE64
        .decode(pem.lines().filter(|line| !line.starts_with('-')).collect::<String>().as_bytes())
        .unwrap();
    let digest = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&der));
    std::fs::write(folder.join(format!("{digest}.pem")), pem).unwrap();

    let desk = open(&company.dir, silent(), Clock::System).await;
    assert_eq!(desk.network.settings().await.certificates, []);
    let test = desk.test_network(by_hand(&company.proxy), None).await.unwrap();
    assert_eq!(failed(&test), Some(Hop::Encryption));
    // Added by the user, the same certificate counts; added once more, it is said to be there.
    desk.add_certificates(vec![company.certificate()]).await.unwrap();
    let test = desk.test_network(by_hand(&company.proxy), None).await.unwrap();
    assert_eq!(failed(&test), None, "{test:?}");
    let again = desk.add_certificates(vec![company.certificate()]).await.unwrap_err();
    assert!(again.message.contains(&format!("“{AUTHORITY}” is trusted already")), "{again}");
    assert_eq!(desk.network.settings().await.certificates.len(), 1);
}
