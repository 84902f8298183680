//! Every kind of profile, from the files to AWS Support.

use crate::office::{KEY, Office, SECRET, SESSION, credential_process};
use desk_core::{
    Desk,
    account::{Account, Connection, ProfileEntry},
};
use desk_model::{Field, Partition, Problem, ProblemCode, Secret};
use sign_in_sim::{Keys, Role};
use std::time::Duration;

const ROLE: &str = "arn:aws:iam::123456789012:role/EdiSupport";
const DEVICE: &str = "arn:aws:iam::123456789012:mfa/jane";

fn session_keys() -> Keys {
    Keys::temporary(SESSION.0, SESSION.1, SESSION.2)
}

/// Connects a profile, agreeing to the command that is shown for it.
async fn connect(office: &Office, profile: &str) -> Result<Account, Problem> {
    connect_at(&office.desk, profile).await
}

async fn connect_at(desk: &Desk, profile: &str) -> Result<Account, Problem> {
    let accounts = &desk.accounts;
    let found =
        accounts.credentials.profiles().await.into_iter().find(|found| found.name == profile).unwrap();
    accounts
        .setup
        .connect_profile_entry(&ProfileEntry { command: found.command, ..ProfileEntry::new(profile, "") })
        .await
}

/// Connects a profile with the code of a device.
async fn connect_with(office: &Office, profile: &str, code: &Secret) -> Result<Account, Problem> {
    let entry = ProfileEntry { code: Some(code.clone()), ..ProfileEntry::new(profile, "") };
    office.desk.accounts.setup.connect_profile_entry(&entry).await
}

fn keys() -> String {
    format!("[keys]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n")
}

#[tokio::test]
async fn each_kind_of_profile_leads_to_aws_support() {
    let office = Office::new().await;
    office
        .sign_in
        .add_role(Role { external_id: Some("norvik".to_owned()), ..Role::new(ROLE, session_keys()) });
    let web = "arn:aws:iam::123456789012:role/Web";
    let token = office.dir.path().join("token");
    std::fs::write(&token, "the-web-identity-token").unwrap();
    office.sign_in.add_role(Role {
        web_identity_token: Some("the-web-identity-token".to_owned()),
        ..Role::new(web, session_keys())
    });
    let process = credential_process(&office.dir.path().join("given.json"), KEY, SECRET);
    let config = format!(
        "[profile role]\nregion = eu-west-1\nrole_arn = {ROLE}\nsource_profile = keys\nexternal_id = norvik\n\
         [profile process]\ncredential_process = {process}\n\
         [profile web]\nregion = eu-west-3\nrole_arn = {web}\nweb_identity_token_file = {}\n",
        token.display()
    );
    office.files(&config, &keys());
    for (profile, who) in [("keys", "jane"), ("role", "EdiSupport"), ("process", "jane"), ("web", "Web")] {
        let account = connect(&office, profile).await.unwrap();
        assert_eq!(account.partition, Partition::Aws);
        let identity = office.check(&account).await.identity.unwrap();
        assert_eq!(identity.role.unwrap_or(identity.name), who, "{profile}");
    }
    let calls = office.sign_in.calls();
    assert!(calls.iter().any(|call| call == "sts.eu-west-1.amazonaws.com AssumeRole"), "{calls:?}");
}

#[tokio::test]
async fn a_role_with_a_code_asks_for_it_and_keeps_what_it_opens() {
    let office = Office::new().await;
    let mfa = Some((DEVICE.to_owned(), "123456".to_owned()));
    office.sign_in.add_role(Role { mfa, ..Role::new(ROLE, session_keys()) });
    let config = format!(
        "[profile direct]\nrole_arn = {ROLE}\nsource_profile = keys\nmfa_serial = {DEVICE}\n\
         [profile itself]\nrole_arn = {ROLE}\nsource_profile = itself\nmfa_serial = {DEVICE}\n\
         aws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"
    );
    office.files(&config, &keys());
    let accounts = &office.desk.accounts;
    for profile in ["direct", "itself"] {
        let asked = accounts.setup.connect_profile(profile, "").await.unwrap_err();
        assert_eq!((asked.code, asked.field), (ProblemCode::CodeNeeded, None), "{profile}");
        let wrong = Secret::new("999999");
        let refused = connect_with(&office, profile, &wrong).await.unwrap_err();
        assert_eq!((refused.code, refused.field), (ProblemCode::CodeNeeded, Some(Field::Code)));
        let code = Secret::new(" 123456\n");
        let account = connect_with(&office, profile, &code).await.unwrap();
        // What the code opened serves all that follows, also with fresh clients.
        for _ in 0..2 {
            assert_eq!(office.check(&account).await.obstacle, None, "{profile}");
        }
        office.desk.sync.sync_account(&account.id).await.unwrap();
        let told = format!("{:?}", office.desk);
        assert!(!told.contains("123456\"") && !told.contains(SESSION.1), "{told}");
    }
}

#[tokio::test]
async fn when_a_role_with_a_code_runs_out_the_next_code_opens_it_again() {
    let office = Office::new().await;
    let mfa = Some((DEVICE.to_owned(), "123456".to_owned()));
    let lasts = jiff::SignedDuration::from_secs(30);
    office.sign_in.add_role(Role { mfa, lasts, ..Role::new(ROLE, session_keys()) });
    let config =
        format!("[profile direct]\nrole_arn = {ROLE}\nsource_profile = keys\nmfa_serial = {DEVICE}\n");
    office.files(&config, &keys());
    let code = Secret::new("123456");
    let account = connect_with(&office, "direct", &code).await.unwrap();
    // Less than a minute before the end, the session is as good as ended.
    let failed = office.desk.accounts.check(&account.id).await.unwrap();
    let Connection::Failed { problem, .. } = failed.connection else { panic!("{failed:?}") };
    assert_eq!(problem.code, ProblemCode::CodeNeeded);
    let empty = office.desk.accounts.setup.enter_code(&account.id, &Secret::new(" ")).await.unwrap_err();
    assert_eq!(empty.field, Some(Field::Code));
    let mended = office.desk.accounts.setup.enter_code(&account.id, &code).await.unwrap();
    assert!(matches!(mended.connection, Connection::Connected { .. }), "{mended:?}");
}

#[tokio::test]
async fn what_a_code_has_opened_is_not_taken_for_another_role() {
    let office = Office::new().await;
    let other = ROLE.replace("role/", "role/Other");
    for arn in [ROLE, &other] {
        let mfa = Some((DEVICE.to_owned(), "123456".to_owned()));
        office.sign_in.add_role(Role { mfa, ..Role::new(arn, session_keys()) });
    }
    let profile = |role: &str| {
        format!("[profile direct]\nrole_arn = {role}\nsource_profile = keys\nmfa_serial = {DEVICE}\n")
    };
    office.files(&profile(ROLE), &keys());
    let accounts = &office.desk.accounts;
    let code = Secret::new("123456");
    let account = connect_with(&office, "direct", &code).await.unwrap();
    office.files(&profile(&other), &keys());
    let failed = accounts.check(&account.id).await.unwrap();
    let Connection::Failed { problem, .. } = failed.connection else { panic!("the old role goes on") };
    assert_eq!(problem.code, ProblemCode::CodeNeeded);
    let mended = accounts.setup.enter_code(&account.id, &code).await.unwrap();
    assert!(matches!(mended.connection, Connection::Connected { .. }), "{mended:?}");
}

#[tokio::test]
async fn a_change_of_the_files_is_noticed_and_mends_an_account() {
    let office = Office::new().await;
    office.files("", &keys());
    let account = office.desk.accounts.setup.connect_profile("keys", "").await.unwrap();
    office.files("", &keys().replace(SECRET, "mistyped"));
    let failed = office.desk.accounts.check(&account.id).await.unwrap();
    assert!(matches!(failed.connection, Connection::Failed { .. }));
    office.support.clear_calls();
    let mut changes = office.desk.changes.listen();
    office.desk.start();
    // Once the first sync has been refused, the next one is a minute away.
    let refused = async {
        while office.support.calls().is_empty() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), refused).await.unwrap();
    office.files("# mended\n", &keys());
    let mended = async {
        loop {
            let now = office.desk.accounts.get(&account.id).await.unwrap();
            if matches!(now.connection, Connection::Connected { .. }) {
                return;
            }
            let _ = tokio::time::timeout(Duration::from_millis(500), changes.recv()).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), mended).await.unwrap();
    office.desk.shut_down().await;
}

// Windows has no `sh`, and names the end of a program that is not there in another way.
#[cfg(unix)]
#[tokio::test]
async fn a_profile_that_gives_nothing_says_what_to_do_and_nothing_that_a_program_printed() {
    let office = Office::new().await;
    let sso = "sso_account_id = 123456789012\nsso_role_name = ReadOnly\n";
    let portal = "sso_start_url = https://norvik.awsapps.com/start\nsso_region = eu-west-1\n";
    let config = format!(
        "[sso-session norvik]\n{portal}\n[profile new]\nsso_session = norvik\n{sso}\n[profile old]\n{portal}{sso}\n\
         [profile console]\nlogin_session = arn:aws:iam::123456789012:user/nobody\n\n\
         [profile process]\ncredential_process = sh -c 'echo SECRET >&2; exit 3'\n\n\
         [profile gone]\ncredential_process = /no/such/program\n"
    );
    office.files(&config, "");
    for (name, code, says) in [
        ("new", ProblemCode::CredentialsExpired, "Run aws sso login --profile new in a terminal"),
        ("old", ProblemCode::CredentialsExpired, "Run aws sso login --profile old in a terminal"),
        ("console", ProblemCode::CredentialsExpired, "Run aws login --profile console in a terminal"),
        (
            "process",
            ProblemCode::CredentialsMissing,
            "the program that the profile asks for them failed (exit code 3)",
        ),
        (
            "gone",
            ProblemCode::CredentialsMissing,
            "the program /no/such/program that the profile asks for them was not found",
        ),
    ] {
        let refused = connect(&office, name).await.unwrap_err();
        assert_eq!(refused.code, code, "{name}: {refused}");
        assert!(refused.message.contains(says) && !refused.message.contains("SECRET"), "{name}: {refused}");
    }
}

#[tokio::test]
async fn a_profile_that_has_gone_from_the_files_is_told_with_the_file_that_cannot_be_read() {
    let office = Office::new().await;
    office.files("", &keys());
    let account = office.desk.accounts.setup.connect_profile("keys", "").await.unwrap();
    office.files("", "[keys\nbroken");
    for (files, says) in
        [("[keys\nbroken", "line 1 has no ]"), ("", "The profile keys is not in your AWS files.")]
    {
        office.files("", files);
        let failed = office.desk.accounts.check(&account.id).await.unwrap();
        let Connection::Failed { problem, .. } = failed.connection else { panic!("{failed:?}") };
        assert!(problem.message.contains(says) && !problem.message.contains('\n'), "{problem}");
    }
}

// The program notes that it ran, which takes a script.
#[cfg(unix)]
#[tokio::test]
async fn a_command_runs_once_the_user_has_seen_it_and_not_again_once_it_has_changed() {
    let office = Office::new().await;
    let dir = office.dir.path().to_owned();
    let print = credential_process(&dir.join("given.json"), KEY, SECRET);
    let command = |mark: &str| format!("sh -c 'touch {}; {print}'", dir.join(mark).display());
    let ran = |mark: &str| dir.join(mark).exists();
    // The program gives the keys that a role begins with: its command counts for the role's profile too.
    office.sign_in.add_role(Role::new(ROLE, session_keys()));
    let files = |mark: &str| {
        let config = format!(
            "[profile process]\ncredential_process = {}\n[profile role]\nrole_arn = {ROLE}\nsource_profile = process\n",
            command(mark)
        );
        office.files(&config, "");
    };
    for profile in ["process", "role"] {
        let (first, second) = (format!("first-{profile}"), format!("second-{profile}"));
        files(&first);
        let accounts = &office.desk.accounts;
        let shown = accounts
            .credentials
            .profiles()
            .await
            .into_iter()
            .find(|found| found.name == profile)
            .unwrap()
            .command;
        assert_eq!(shown, Some(command(&first)));
        for agreed in [None, Some("something else".to_owned())] {
            let entry = ProfileEntry { command: agreed, ..ProfileEntry::new(profile, "") };
            let refused = accounts.setup.connect_profile_entry(&entry).await.unwrap_err();
            assert_eq!(refused.code, ProblemCode::ApprovalNeeded, "{refused}");
        }
        assert!(!ran(&first), "it ran before anybody had agreed");
        let account = connect(&office, profile).await.unwrap();
        assert!(ran(&first));
        assert_eq!(accounts.setup.command_to_approve(&account.id).await.unwrap(), None);

        files(&second);
        let failed = accounts.check(&account.id).await.unwrap();
        let Connection::Failed { problem, .. } = failed.connection else { panic!("{failed:?}") };
        assert_eq!(problem.code, ProblemCode::ApprovalNeeded);
        office.desk.sync.sync_account(&account.id).await.unwrap_err();
        let obstacle = office.check(&account).await.obstacle.unwrap();
        assert_eq!(obstacle.problem.code, ProblemCode::ApprovalNeeded);
        assert!(!ran(&second), "the changed command ran unseen");
        assert_eq!(accounts.setup.command_to_approve(&account.id).await.unwrap(), Some(command(&second)));
        let conflict = accounts.setup.approve_command(&account.id, &command(&first)).await.unwrap_err();
        assert_eq!(conflict.code, ProblemCode::Conflict);
        assert!(!ran(&second));
        let mended = accounts.setup.approve_command(&account.id, &command(&second)).await.unwrap();
        assert!(matches!(mended.connection, Connection::Connected { .. }), "{mended:?}");
        assert!(ran(&second));
        assert_eq!(accounts.setup.command_to_approve(&account.id).await.unwrap(), None);
        office.desk.remove_account(&account.id).await.unwrap();
    }
}

/// A profile whose program counts its runs: what stands in the config file, and the count so far.
#[cfg(unix)]
fn counted(folder: &std::path::Path) -> (String, impl Fn() -> usize) {
    let runs = folder.join("runs");
    let print = credential_process(&folder.join("given.json"), KEY, SECRET);
    let config =
        format!("[profile process]\ncredential_process = sh -c 'echo >> {}; {print}'\n", runs.display());
    (config, move || std::fs::read(&runs).map_or(0, |lines| lines.len()))
}

// The program notes that it ran, which takes a script.
#[cfg(unix)]
#[tokio::test]
async fn a_program_runs_once_for_each_connect_each_check_and_each_start() {
    use crate::office::open;

    let office = Office::new().await;
    let (config, runs) = counted(office.dir.path());
    office.files(&config, "");
    let desk = &office.desk;
    let account = connect(&office, "process").await.unwrap();
    assert_eq!(account.account_number.as_deref(), Some("123456789012"), "STS has told it");
    let everybody = async |desk: &Desk| {
        let (synced, form, client) = tokio::join!(
            desk.sync.sync_account(&account.id),
            desk.reports.form(&account.id),
            desk.accounts.support(&account.id),
        );
        synced.unwrap();
        form.unwrap();
        client.unwrap();
    };
    everybody(desk).await;
    assert_eq!(runs(), 1, "what follows connecting goes on with what the program gave");
    assert_eq!(office.check(&account).await.obstacle, None);
    everybody(desk).await;
    assert_eq!(runs(), 2, "a check asks with fresh credentials, and what follows goes on with these");
    desk.accounts.check(&account.id).await.unwrap();
    everybody(desk).await;
    assert_eq!(runs(), 3);
    desk.shut_down().await;

    let desk = open(&office.dir, office.endpoint.clone()).await;
    everybody(&desk).await;
    assert_eq!(runs(), 4, "who needs a client at the same time waits for the same one");
    desk.shut_down().await;
}

// The program notes that it ran, which takes a script.
#[cfg(unix)]
#[tokio::test]
async fn an_account_that_its_first_case_tells_goes_on_with_the_same_credentials() {
    use super::other_endpoints::{at, foreign};
    use crate::office::open;
    use support_sim::Severity;

    let dir = tempfile::tempdir().unwrap();
    let (config, runs) = counted(dir.path());
    std::fs::write(dir.path().join("config"), config).unwrap();
    // There is no STS beside it that could be asked.
    let (sim, server) = foreign().await;
    let desk = open(&dir, at(&server.url())).await;
    let account = connect_at(&desk, "process").await.unwrap();
    assert_eq!(account.account_number, None);
    sim.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    desk.sync.sync_account(&account.id).await.unwrap();
    assert!(desk.accounts.get(&account.id).await.unwrap().account_number.is_some());
    desk.sync.sync_account(&account.id).await.unwrap();
    assert_eq!(runs(), 1);
    desk.shut_down().await;
}

#[tokio::test]
async fn a_profile_with_spaces_in_its_name_and_an_indented_one_lead_to_aws_support() {
    let office = Office::new().await;
    office.sign_in.add_role(Role::new(ROLE, session_keys()));
    let config = format!(
        "[profile 'Norvik Prod.EdiSupport'] # quoted\n    role_arn: {ROLE}\n    source_profile = the keys\n\u{a0}\n\
         [profile broken]\nthis is no property\n"
    );
    let keys = format!("[the keys]\n  aws_access_key_id = {KEY}\n  aws_secret_access_key = {SECRET}\n");
    office.files(&config, &keys);
    for (profile, who) in [("Norvik Prod.EdiSupport", "EdiSupport"), ("the keys", "jane")] {
        let account = connect(&office, profile).await.unwrap();
        let identity = office.check(&account).await.identity.unwrap();
        assert_eq!(identity.role.unwrap_or(identity.name), who, "{profile}");
    }
    let refused = connect(&office, "broken").await.unwrap_err();
    assert!(refused.message.contains("line 6 has no = in it"), "{refused}");
}
