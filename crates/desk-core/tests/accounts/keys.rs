//! Access keys: from the console's file, and those that are good for nothing without a code of a multi-factor device.

use crate::office::{ARN, KEY, Office, SECRET, SESSION, has_keyring, open};
use desk_aws::RoleToAssume;
use desk_core::{
    account::{Connection, EnteredKey, HeldKeyId, KeyEntry},
    attachment::OpenedFile,
    case::CaseQuery,
};
use desk_model::{AccountId, Field, Partition, ProblemCode, Secret};
use jiff::SignedDuration;
use sign_in_sim::{Device, Keys, Role};
use support_sim::{Customer, Severity};

const ROLE: &str = "arn:aws:iam::123456789012:role/EdiSupport";
const DEVICE: &str = "arn:aws:iam::123456789012:mfa/jane";
const CODE: &str = "123456";

fn typed() -> EnteredKey {
    EnteredKey::Typed { access_key_id: format!(" {KEY}\n"), secret_access_key: Secret::new(SECRET) }
}

fn device(lasts: SignedDuration) -> Device {
    Device {
        owner: ARN.to_owned(),
        serial: DEVICE.to_owned(),
        code: CODE.to_owned(),
        gives: Keys::temporary(SESSION.0, SESSION.1, SESSION.2),
        lasts,
    }
}

fn with_device(key: EnteredKey, code: Option<&str>) -> KeyEntry {
    let mfa_serial = Some(format!(" {DEVICE} "));
    KeyEntry { mfa_serial, code: code.map(Secret::new), ..KeyEntry::new(key, Partition::Aws) }
}

#[tokio::test]
async fn the_consoles_file_connects_an_account_and_its_secret_is_never_told() {
    let office = Office::new().await;
    let accounts = &office.desk.accounts;
    let file = office.dir.path().join("jane_accessKeys.csv");
    std::fs::write(&file, format!("\u{feff}Access key ID,Secret access key\r\n{KEY},{SECRET}\r\n")).unwrap();
    let held = accounts.key_files.hold(OpenedFile::open(&file)).await.unwrap();
    assert_eq!((held.access_key_id.as_str(), held.file_name.as_str()), (KEY, "jane_accessKeys.csv"));
    let told = format!("{} {held:?} {:?}", serde_json::to_string(&held).unwrap(), office.desk);
    assert!(!told.contains(SECRET), "{told}");

    // What keeps it from working leaves it held, to be tried again.
    let entry = || KeyEntry::new(EnteredKey::Held { key: held.id.clone() }, Partition::Aws);
    let unnamed = accounts.setup.connect_key_entry(entry(), " ").await.unwrap_err();
    assert_eq!(unnamed.field, Some(Field::Name));
    let account = accounts.setup.connect_key_entry(entry(), "Production").await.unwrap();
    assert!(matches!(account.connection, Connection::Connected { .. }), "{account:?}");
    assert_eq!(office.check(&account).await.identity.unwrap().name, "jane");
    let spent = accounts.setup.connect_key_entry(entry(), "Again").await.unwrap_err();
    assert_eq!(spent.code, ProblemCode::NotFound);
}

#[tokio::test]
async fn only_the_last_file_is_held_and_it_can_be_forgotten() {
    let office = Office::new().await;
    let accounts = &office.desk.accounts;
    let file = office.dir.path().join("accessKeys.csv");
    std::fs::write(&file, format!("Access key ID,Secret access key\n{KEY},{SECRET}\n")).unwrap();
    let first = accounts.key_files.hold(OpenedFile::open(&file)).await.unwrap();
    let second = accounts.key_files.hold(OpenedFile::open(&file)).await.unwrap();
    let connect = async |id: &HeldKeyId| {
        let key = EnteredKey::Held { key: id.clone() };
        accounts.setup.connect_key_entry(KeyEntry::new(key, Partition::Aws), "Production").await
    };
    assert_eq!(connect(&first.id).await.unwrap_err().code, ProblemCode::NotFound);
    accounts.key_files.forget(&first.id);
    accounts.key_files.forget(&second.id);
    assert_eq!(connect(&second.id).await.unwrap_err().code, ProblemCode::NotFound);
    std::fs::write(&file, format!("something else, {SECRET}")).unwrap();
    let refused = accounts.key_files.hold(OpenedFile::open(&file)).await.unwrap_err();
    assert_eq!(refused.field, Some(Field::KeyFile));
    assert!(refused.message.starts_with("accessKeys.csv holds no access key"), "{refused}");
    assert!(!refused.message.contains(SECRET));
    assert_eq!(accounts.list().await.unwrap(), []);
}

#[tokio::test]
async fn a_key_with_a_device_opens_a_session_with_its_code() {
    let office = Office::new().await;
    office.sign_in.add_device(device(SignedDuration::from_hours(12)));
    let accounts = &office.desk.accounts;
    let connect = async |entry| accounts.setup.connect_key_entry(entry, "Production").await;
    let asked = connect(with_device(typed(), None)).await.unwrap_err();
    assert_eq!((asked.code, asked.field), (ProblemCode::CodeNeeded, None));
    let wrong = connect(with_device(typed(), Some("999999"))).await.unwrap_err();
    assert_eq!((wrong.code, wrong.field), (ProblemCode::CodeNeeded, Some(Field::Code)));
    let other = KeyEntry {
        mfa_serial: Some("arn:aws:iam::123456789012:mfa/olav".to_owned()),
        ..with_device(typed(), Some(CODE))
    };
    let unknown = connect(other).await.unwrap_err();
    assert_eq!((unknown.code, unknown.field), (ProblemCode::CodeNeeded, Some(Field::MfaSerial)));
    let mistyped = KeyEntry { mfa_serial: Some("123456".to_owned()), ..with_device(typed(), None) };
    assert_eq!(connect(mistyped).await.unwrap_err().field, Some(Field::MfaSerial));
    assert_eq!(accounts.list().await.unwrap(), []);

    let account = connect(with_device(typed(), Some(CODE))).await.unwrap();
    // What the code opened serves all that follows, also with fresh clients.
    for _ in 0..2 {
        let check = office.check(&account).await;
        assert_eq!((check.obstacle, check.identity.unwrap().name), (None, "jane".to_owned()));
    }
    let opened = office.sign_in.calls().iter().filter(|call| call.ends_with("GetSessionToken")).count();
    assert_eq!(opened, 3, "a code is used once");
    let told = format!("{:?} {account:?}", office.desk);
    assert!(!told.contains(SESSION.1) && !told.contains(SECRET), "{told}");
}

#[tokio::test]
async fn when_such_a_session_runs_out_the_next_code_opens_another() {
    let office = Office::new().await;
    // Less than a minute before the end, the session is as good as ended.
    office.sign_in.add_device(device(SignedDuration::from_secs(30)));
    let accounts = &office.desk.accounts;
    let account =
        accounts.setup.connect_key_entry(with_device(typed(), Some(CODE)), "Production").await.unwrap();
    let failed = accounts.check(&account.id).await.unwrap();
    let Connection::Failed { problem, .. } = failed.connection else { panic!("{failed:?}") };
    assert_eq!(problem.code, ProblemCode::CodeNeeded);
    let mended = accounts.setup.enter_code(&account.id, &Secret::new(CODE)).await.unwrap();
    assert!(matches!(mended.connection, Connection::Connected { .. }), "{mended:?}");
    // The key alone, connected again, is the same account.
    let alone =
        accounts.setup.connect_key_entry(KeyEntry::new(typed(), Partition::Aws), "Production").await.unwrap();
    assert_eq!(alone.id, account.id);
}

#[tokio::test]
async fn a_key_assumes_a_role_with_the_code_that_the_role_asks_for() {
    let office = Office::new().await;
    let given = Keys::temporary(SESSION.0, SESSION.1, SESSION.2);
    let mfa = Some((DEVICE.to_owned(), CODE.to_owned()));
    office.sign_in.add_role(Role { mfa, external_id: Some("norvik".to_owned()), ..Role::new(ROLE, given) });
    let role = |arn: &str| RoleToAssume {
        arn: arn.to_owned(),
        external_id: "norvik ".to_owned(),
        mfa_serial: DEVICE.to_owned(),
    };
    let entry = |arn: &str, code: Option<&str>| KeyEntry {
        role: Some(role(arn)),
        code: code.map(Secret::new),
        ..KeyEntry::new(typed(), Partition::Aws)
    };
    let accounts = &office.desk.accounts;
    let connect = async |entry| accounts.setup.connect_key_entry(entry, "Production").await;
    assert_eq!(connect(entry("EdiSupport", None)).await.unwrap_err().field, Some(Field::RoleArn));
    assert_eq!(connect(entry(ROLE, None)).await.unwrap_err().code, ProblemCode::CodeNeeded);
    let account = connect(entry(ROLE, Some(CODE))).await.unwrap();
    assert_eq!(office.check(&account).await.identity.unwrap().role.as_deref(), Some("EdiSupport"));
}

#[tokio::test]
async fn a_new_key_takes_the_place_of_an_old_one_and_the_account_stays_what_it_is() {
    let office = Office::new().await;
    let accounts = &office.desk.accounts;
    let account = office.connect_keys().await.unwrap();
    // The first incident tells which AWS account it is.
    office.support.eco().open_incident("Disk full", "text", Severity::High).unwrap();
    office.desk.sync.sync_account(&account.id).await.unwrap();
    let next = ("AKIAROTATEDEXAMPLE00", "secretOfTheNext+SeCrEtOfThEnExT+00000000");
    let foreign = ("AKIAFOREIGNEXAMPLE00", "secretOfAnother+SeCrEtOfAnOtHeR+00000000");
    for ((id, secret), arn) in [(next, ARN), (foreign, "arn:aws:iam::999988887777:user/jane")] {
        office.sign_in.add_keys(Keys::long_term(id, secret), arn);
        office.support.add_customer(Customer::new(id, secret, "jane (User)"));
    }
    let entry = |(id, secret): (&str, &str), replaces: &AccountId| {
        let key = EnteredKey::Typed { access_key_id: id.to_owned(), secret_access_key: Secret::new(secret) };
        KeyEntry { replaces: Some(replaces.clone()), ..KeyEntry::new(key, Partition::Aws) }
    };

    let refused =
        accounts.setup.connect_key_entry(entry(foreign, &account.id), "Production").await.unwrap_err();
    assert_eq!(refused.field, Some(Field::AccessKeyId), "{refused}");
    assert!(refused.message.contains("999988887777"), "{refused}");
    let kept = accounts.check(&account.id).await.unwrap();
    assert!(matches!(kept.connection, Connection::Connected { .. }), "the old key still counts");
    let nobody = AccountId("nobody".to_owned());
    let gone = accounts.setup.connect_key_entry(entry(next, &nobody), "Production").await.unwrap_err();
    assert_eq!(gone.code, ProblemCode::NotFound);

    let renewed = accounts.setup.connect_key_entry(entry(next, &account.id), "Production").await.unwrap();
    assert_eq!((&renewed.id, renewed.colour), (&account.id, account.colour));
    assert_eq!(accounts.list().await.unwrap(), [renewed]);
    assert!(office.support.revoke(KEY), "the old key is withdrawn");
    if has_keyring() {
        office.desk.shut_down().await;
        let desk = open(&office.dir, office.endpoint.clone()).await;
        let checked = desk.accounts.check(&account.id).await.unwrap();
        assert!(matches!(checked.connection, Connection::Connected { .. }), "{checked:?}");
        assert_eq!(desk.cases.list(CaseQuery::default()).await.unwrap().matches, 1);
    }
}
