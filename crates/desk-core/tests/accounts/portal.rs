//! Signing in with IAM Identity Center, in both ways, and what becomes of the tokens.

use crate::office::{Office, SESSION, has_keyring, open};
use desk_core::account::{Account, Connection, CredentialSource, ObstacleKind, SignInBegun, SignInWay};
use desk_model::{Field, ProblemCode};
use desk_network::ProxySettings;
use jiff::SignedDuration;
use sign_in_sim::{Assignment, Directory, Keys};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const START: &str = "https://norvik.awsapps.com/start";
const REGION: &str = "eu-west-1";
const NUMBER: &str = "123456789012";

pub(crate) fn directory() -> Directory {
    let keys = || Keys::temporary(SESSION.0, SESSION.1, SESSION.2);
    let assigned = |number: &str, name: &str, role: &str| Assignment {
        number: number.to_owned(),
        name: name.to_owned(),
        role: role.to_owned(),
        gives: keys(),
    };
    Directory {
        start_url: START.to_owned(),
        region: REGION.to_owned(),
        assignments: vec![
            assigned("222222222222", "zeta", "ReadOnly"),
            assigned(NUMBER, "Norvik production", "ReadOnly"),
            assigned(NUMBER, "Norvik production", "EdiSupport"),
            assigned(NUMBER, "Norvik production", "Admin"),
            assigned("333333333333", "Alpha", "ReadOnly"),
        ],
        token_lasts: SignedDuration::from_hours(1),
        user_allows: true,
    }
}

/// The status line and head of a GET, as a browser makes it.
async fn get(address: &str) -> String {
    let uri: http::Uri = address.parse().unwrap();
    let authority = uri.authority().unwrap().as_str();
    let mut stream = TcpStream::connect(authority).await.unwrap();
    let path = uri.path_and_query().unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Where the page sends the browser once its user is signed in.
async fn redirect_of(page: &str) -> String {
    let answer = get(page).await;
    let location = answer
        .lines()
        .find_map(|line| line.strip_prefix("location: ").or(line.strip_prefix("Location: ")))
        .unwrap_or_else(|| panic!("the page sends nowhere: {answer}"));
    location.trim().to_owned()
}

/// `127.0.0.1:4567` of an address.
fn authority_of(address: &str) -> String {
    address.parse::<http::Uri>().unwrap().authority().unwrap().to_string()
}

/// The user's browser: opens the page, and goes where that sends it.
pub(crate) async fn browse(page: &str) -> String {
    get(&redirect_of(page).await).await
}

async fn begin(office: &Office, way: SignInWay) -> SignInBegun {
    office.desk.accounts.sign_ins.begin(&format!("{START}/#/"), REGION, way).await.unwrap()
}

pub(crate) async fn connect(office: &Office, role: &str) -> Account {
    let begun = begin(office, SignInWay::Browser).await;
    let (page, _) = tokio::join!(browse(&begun.page), office.desk.accounts.sign_ins.wait(&begun.id));
    assert!(page.contains("You are signed in"), "{page}");
    office.desk.accounts.setup.connect_portal(&begun.id, NUMBER, role, "Production").await.unwrap()
}

#[tokio::test]
async fn the_browser_signs_in_and_a_role_is_chosen() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let begun = begin(&office, SignInWay::Browser).await;
    assert_eq!(begun.user_code, None);
    let accounts = &office.desk.accounts;
    let (page, found) = tokio::join!(browse(&begun.page), accounts.sign_ins.wait(&begun.id));
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("You are signed in"), "{page}");
    assert!(!page.to_lowercase().contains("<script"));
    let names: Vec<String> = found.unwrap().into_iter().map(|account| account.name).collect();
    assert_eq!(names, ["Alpha", "Norvik production", "zeta"]);
    let roles = accounts.sign_ins.roles(&begun.id, NUMBER).await.unwrap();
    assert_eq!(roles, ["Admin", "EdiSupport", "ReadOnly"]);
    let account = accounts.setup.connect_portal(&begun.id, NUMBER, "EdiSupport", "Production").await.unwrap();
    assert_eq!(account.account_number.as_deref(), Some(NUMBER));
    let check = office.check(&account).await;
    let identity = check.identity.unwrap();
    assert_eq!((identity.name.as_str(), identity.role.as_deref()), ("ingrid.solheim", Some("EdiSupport")));
    assert_eq!(check.obstacle, None);
    // All that it takes is tested by its own host.
    let test = office.desk.test_network(ProxySettings::default(), None).await.unwrap();
    assert!(test.probes.iter().all(|probe| probe.problem.is_none()), "{test:?}");
    let hosts: Vec<_> = test.probes.iter().map(|probe| probe.host.split(' ').next().unwrap()).collect();
    assert_eq!(
        hosts,
        [
            "support.us-east-1.amazonaws.com",
            "sts.us-east-1.amazonaws.com",
            "oidc.eu-west-1.amazonaws.com",
            "portal.sso.eu-west-1.amazonaws.com",
        ]
    );
    // The sign-in is spent.
    let again = accounts.setup.connect_portal(&begun.id, NUMBER, "Admin", "Again").await.unwrap_err();
    assert_eq!(again.code, ProblemCode::NotFound);
}

#[tokio::test]
async fn a_role_that_is_not_assigned_or_no_longer_is_told_with_whom_to_ask() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let begun = begin(&office, SignInWay::Browser).await;
    let accounts = &office.desk.accounts;
    let (_, found) = tokio::join!(browse(&begun.page), accounts.sign_ins.wait(&begun.id));
    found.unwrap();
    let refused = accounts.setup.connect_portal(&begun.id, NUMBER, "Nobody", "Production").await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::Credentials);
    assert!(
        refused.message.starts_with("You are not assigned the role Nobody in the AWS account 123456789012")
    );
    assert_eq!(accounts.list().await.unwrap(), []);

    let account = accounts.setup.connect_portal(&begun.id, NUMBER, "EdiSupport", "Production").await.unwrap();
    let others = directory().assignments.into_iter().filter(|one| one.role != "EdiSupport").collect();
    office.sign_in.set_directory(Directory { assignments: others, ..directory() });
    let checked = accounts.check(&account.id).await.unwrap();
    let Connection::Failed { problem, .. } = checked.connection else { panic!("it counts as connected") };
    assert!(problem.message.contains("not assigned the role EdiSupport"), "{problem}");
    let check = office.check(&account).await;
    assert_eq!(check.obstacle.map(|found| found.kind), Some(ObstacleKind::Credentials));
    assert_eq!(check.policy, None, "no administrator is asked for permissions that are there");

    office.sign_in.set_directory(directory());
    let mended = accounts.check(&account.id).await.unwrap();
    assert!(matches!(mended.connection, Connection::Connected { .. }));
}

#[tokio::test]
async fn a_page_of_a_sign_in_that_was_given_up_does_not_say_that_one_is_signed_in() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let begun = begin(&office, SignInWay::Browser).await;
    let accounts = &office.desk.accounts;
    let waiting = accounts.sign_ins.wait(&begun.id);
    let given_up = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        accounts.sign_ins.cancel(&begun.id);
    };
    let (outcome, ()) = tokio::join!(waiting, given_up);
    assert_eq!(outcome.unwrap_err().code, ProblemCode::NotFound);
    let location = redirect_of(&begun.page).await;
    let left = tokio::time::timeout(Duration::from_secs(60), async {
        // Nobody listens there any more.
        while TcpStream::connect(authority_of(&location)).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    left.await.expect("the address of a sign-in that was given up is left open");
}

#[tokio::test]
async fn a_refresh_that_nobody_waits_for_any_more_is_kept() {
    let office = Office::new().await;
    // So short that each question for a token refreshes it, and a refresh token is good once.
    let token_lasts = SignedDuration::from_secs(60);
    office.sign_in.set_directory(Directory { token_lasts, ..directory() });
    let account = connect(&office, "EdiSupport").await;
    for pause in 0..60_u64 {
        let check = office.desk.accounts.check(&account.id);
        let _ = tokio::time::timeout(Duration::from_micros(500 * pause), check).await;
    }
    let checked = office.desk.accounts.check(&account.id).await.unwrap();
    assert!(matches!(checked.connection, Connection::Connected { .. }), "{checked:?}");
}

#[tokio::test]
async fn a_code_on_any_device_signs_in() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let begun = begin(&office, SignInWay::Code).await;
    let code = begun.user_code.clone().unwrap();
    assert!(begun.page.ends_with(&format!("user_code={code}")), "{begun:?}");
    let accounts = &office.desk.accounts;
    let waiting = accounts.sign_ins.wait(&begun.id);
    let allowed = async {
        // Only once it was asked in vain.
        while !office.sign_in.calls().iter().any(|call| call.ends_with(" /token")) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        office.sign_in.allow_device(&code);
    };
    let (found, ()) = tokio::join!(waiting, allowed);
    assert_eq!(found.unwrap().len(), 3);
    let account = accounts.setup.connect_portal(&begun.id, NUMBER, "Admin", "Production").await.unwrap();
    assert!(matches!(account.connection, Connection::Connected { .. }));
}

#[tokio::test]
async fn who_refuses_gives_up_or_mistypes_is_told_and_nothing_is_kept() {
    let office = Office::new().await;
    office.sign_in.set_directory(Directory { user_allows: false, ..directory() });
    let accounts = &office.desk.accounts;
    let begun = begin(&office, SignInWay::Browser).await;
    let (page, refused) = tokio::join!(browse(&begun.page), accounts.sign_ins.wait(&begun.id));
    assert!(page.contains("You are not signed in"), "{page}");
    assert_eq!(refused.unwrap_err().code, ProblemCode::AccessDenied);

    let begun = begin(&office, SignInWay::Code).await;
    let waiting = accounts.sign_ins.wait(&begun.id);
    let cancelled = async { accounts.sign_ins.cancel(&begun.id) };
    let (given_up, ()) = tokio::join!(waiting, cancelled);
    assert_eq!(given_up.unwrap_err().code, ProblemCode::NotFound);

    for (start, region, field) in [
        ("norvik", REGION, Field::StartUrl),
        ("https://other.awsapps.com/start", REGION, Field::StartUrl),
        (START, "us-east-1", Field::StartUrl),
        (START, "Ireland", Field::Region),
    ] {
        let refused = accounts.sign_ins.begin(start, region, SignInWay::Code).await.unwrap_err();
        assert_eq!(refused.field, Some(field), "{start} {region}: {refused}");
    }
    assert_eq!(accounts.list().await.unwrap(), []);
}

#[tokio::test]
async fn an_answer_with_another_state_changes_nothing() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let begun = begin(&office, SignInWay::Browser).await;
    let accounts = &office.desk.accounts;
    let redirect = form_urlencoded::parse(begun.page.split_once('?').unwrap().1.as_bytes())
        .find(|(name, _)| name == "redirect_uri")
        .unwrap()
        .1
        .into_owned();
    assert!(redirect.starts_with("http://127.0.0.1:"), "{redirect}");
    let forged = async {
        let answer = get(&format!("{redirect}?code=stolen&state=guessed")).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(get(&redirect.replace("/oauth/callback", "/else")).await.starts_with("HTTP/1.1 404"));
        browse(&begun.page).await
    };
    let (_, found) = tokio::join!(forged, accounts.sign_ins.wait(&begun.id));
    assert_eq!(found.unwrap().len(), 3);
}

#[tokio::test]
async fn tokens_are_refreshed_silently_and_only_then() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let account = connect(&office, "EdiSupport").await;
    let tokens =
        |office: &Office| office.sign_in.calls().iter().filter(|call| call.ends_with(" /token")).count();
    assert_eq!(tokens(&office), 1);
    office.check(&account).await;
    assert_eq!(tokens(&office), 1, "a token that is good is not refreshed");
    // From now on each token is about to run out as soon as it is given.
    office.sign_in.set_directory(Directory { token_lasts: SignedDuration::from_mins(4), ..directory() });
    let second = connect(&office, "Admin").await;
    let before = tokens(&office);
    assert_eq!(office.check(&account).await.obstacle, None);
    assert_eq!(office.check(&second).await.obstacle, None);
    assert!(tokens(&office) > before, "they share what was refreshed");
}

#[tokio::test]
async fn a_session_that_was_ended_is_told_and_signing_in_again_mends_all_its_accounts() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let (one, other) = (connect(&office, "EdiSupport").await, connect(&office, "Admin").await);
    let accounts = &office.desk.accounts;
    assert_eq!(accounts.of_same_sign_in(&one.id).await.unwrap(), [one.id.clone(), other.id.clone()]);
    office.sign_in.end_sessions();
    for account in [&one, &other] {
        let failed = accounts.check(&account.id).await.unwrap();
        let Connection::Failed { problem, .. } = failed.connection else { panic!("{failed:?}") };
        assert_eq!(problem.code, ProblemCode::CredentialsExpired);
    }
    let begun = begin(&office, SignInWay::Browser).await;
    let (_, found) = tokio::join!(browse(&begun.page), accounts.sign_ins.wait(&begun.id));
    found.unwrap();
    accounts.setup.renew_portal(&one.id, &begun.id).await.unwrap();
    for account in accounts.list().await.unwrap() {
        assert!(matches!(account.connection, Connection::Connected { .. }), "{account:?}");
    }
}

#[tokio::test]
async fn no_token_is_in_a_file_or_told_and_the_last_account_takes_them_along() {
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let (one, other) = (connect(&office, "EdiSupport").await, connect(&office, "Admin").await);
    let CredentialSource::Portal { session_only, .. } = one.source else { panic!("{one:?}") };
    office.desk.sync.sync_account(&one.id).await.unwrap();
    let told = format!("{:?} {:?}", office.desk, office.desk.accounts.list().await.unwrap());
    let secrets = office.sign_in.issued_secrets();
    assert!(secrets.len() >= 8, "{}", secrets.len());
    for secret in &secrets {
        assert!(!told.contains(secret.as_str()), "{} is told", &secret[..20]);
    }
    office.desk.remove_account(&one.id).await.unwrap();
    assert!(!office.sign_in.calls().iter().any(|call| call.ends_with("/logout")), "another account needs it");
    office.desk.remove_account(&other.id).await.unwrap();
    assert!(office.sign_in.calls().iter().any(|call| call.ends_with("/logout")));
    office.desk.shut_down().await;
    for entry in std::fs::read_dir(office.dir.path().join("data")).unwrap().map(|entry| entry.unwrap().path())
    {
        let bytes = if entry.is_file() { std::fs::read(&entry).unwrap() } else { Vec::new() };
        for secret in &secrets {
            let mark = &secret.as_bytes()[..20];
            assert!(!bytes.windows(mark.len()).any(|window| window == mark), "{entry:?} holds {secret:.20}");
        }
    }
    // With a keyring the sign-in outlives the program; without one the user was told.
    let desk = open(&office.dir, office.endpoint.clone()).await;
    assert_eq!(desk.accounts.list().await.unwrap(), []);
    assert_eq!(session_only, !has_keyring());
}

#[tokio::test]
async fn with_a_keyring_the_sign_in_is_there_after_a_restart() {
    if !has_keyring() {
        return;
    }
    let office = Office::new().await;
    office.sign_in.set_directory(directory());
    let account = connect(&office, "EdiSupport").await;
    office.desk.shut_down().await;
    let desk = open(&office.dir, office.endpoint.clone()).await;
    let works = desk.accounts.check(&account.id).await.unwrap();
    assert!(matches!(works.connection, Connection::Connected { .. }), "{works:?}");
    desk.remove_account(&account.id).await.unwrap();
}
