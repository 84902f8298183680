//! Every way to sign in, each with secrets of its own.

use super::record::Record;
use crate::{office::credential_process, portal::browse};
use desk_aws::RoleToAssume;
use desk_core::{
    Desk,
    account::{Account, EnteredKey, KeyEntry, ProfileEntry, SignInBegun, SignInWay},
    attachment::OpenedFile,
};
use desk_model::{Partition, Secret};
use jiff::SignedDuration;
use sign_in_sim::{Assignment, Device, Directory, Keys, Role, SignInSim};
use std::path::Path;
use support_sim::{Customer, Sim};

pub(super) const START: &str = "https://norvik.awsapps.com/start";
pub(super) const REGION: &str = "eu-west-1";
const NUMBER: &str = "123456789012";
const CODE: &str = "740193";
/// Where the AWS CLI keeps the token of a session: the SHA-1 of its name, here "corp".
pub(super) const CACHED: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// A key pair of its own for each way, known to AWS Support and to STS; its secrets are noted.
pub(super) struct Mint {
    count: u32,
    pub(super) made: Vec<(String, String)>,
}

impl Mint {
    pub(super) fn new() -> Self {
        Self { count: 0, made: Vec::new() }
    }

    /// A secret of 40 signs, as AWS's are, or of as many.
    fn secret(&mut self, what: &str, length: usize) -> String {
        self.count += 1;
        let begin = format!("cA{:02}nArY{:04x}+{what}/", self.count, self.count * 40_503 % 65_521);
        let secret: String = begin
            .chars()
            .filter(|sign| sign.is_ascii_alphanumeric() || "+/".contains(*sign))
            .chain("kZ7q".chars().cycle())
            .take(length)
            .collect();
        self.made.push((format!("{what} {}", self.count), secret.clone()));
        secret
    }

    /// The long-term key of a user.
    fn user(&mut self, what: &str, support: &Sim, sign_in: &SignInSim) -> Keys {
        let secret = self.secret(what, 40);
        let id = format!("AKIACANARY{:010}", self.count);
        sign_in.add_keys(Keys::long_term(&id, &secret), arn_of(what));
        support.add_customer(Customer::new(&id, &secret, format!("{what} (User)")));
        Keys::long_term(id, secret)
    }

    /// What a role or a session gives.
    fn session(&mut self, what: &str, support: &Sim) -> Keys {
        let (secret, token) = (self.secret(what, 40), self.secret(what, 400));
        let id = format!("ASIACANARY{:010}", self.count);
        let customer = Customer::new(&id, &secret, format!("{what} (Role)")).session_token(&token);
        support.add_customer(customer);
        Keys::temporary(id, secret, token)
    }
}

fn arn_of(user: &str) -> String {
    format!("arn:aws:iam::{NUMBER}:user/{user}")
}

fn mfa_of(user: &str) -> String {
    format!("arn:aws:iam::{NUMBER}:mfa/{user}")
}

fn role_of(name: &str) -> String {
    format!("arn:aws:iam::{NUMBER}:role/{name}")
}

/// Connects an account in every way; answers them.
pub(super) async fn connect_all(
    desk: &Desk,
    (support, sign_in): (&Sim, &SignInSim),
    mint: &mut Mint,
    record: &Record,
    (home, inputs): (&Path, &Path),
) -> Vec<Account> {
    let accounts = &desk.accounts;
    let mut connected = Vec::new();
    let mut keep = |account: Account| {
        record.told(&account);
        connected.push(account);
    };
    let typed = |keys: &Keys| EnteredKey::Typed {
        access_key_id: keys.access_key_id.clone(),
        secret_access_key: Secret::new(&keys.secret_access_key),
    };
    let connect = async |entry, name: &str| record.of(accounts.setup.connect_key_entry(entry, name).await);

    // An access key that is typed; mistyped first.
    let keys = mint.user("typed", support, sign_in);
    let mistyped = Keys::long_term(&keys.access_key_id, mint.secret("mistyped", 40));
    connect(KeyEntry::new(typed(&mistyped), Partition::Aws), "Typed").await.unwrap_err();
    keep(connect(KeyEntry::new(typed(&keys), Partition::Aws), "Typed").await.unwrap());

    // The console's file.
    let keys = mint.user("file", support, sign_in);
    let file = inputs.join("accessKeys.csv");
    let (id, secret) = (&keys.access_key_id, &keys.secret_access_key);
    std::fs::write(&file, format!("Access key ID,Secret access key,x\n{id},{secret},,\n{secret}")).unwrap();
    record.of(accounts.key_files.hold(OpenedFile::open(&file)).await).unwrap_err();
    std::fs::write(&file, format!("Access key ID,Secret access key\r\n{id},{secret}\r\n")).unwrap();
    let held = record.of(accounts.key_files.hold(OpenedFile::open(&file)).await).unwrap();
    record.printed(desk);
    keep(connect(KeyEntry::new(EnteredKey::Held { key: held.id }, Partition::Aws), "File").await.unwrap());

    // A key with a device; without and with a wrong code first.
    let keys = mint.user("device", support, sign_in);
    sign_in.add_device(Device {
        owner: arn_of("device"),
        serial: mfa_of("device"),
        code: CODE.to_owned(),
        gives: mint.session("device", support),
        lasts: SignedDuration::from_hours(12),
    });
    let entry = |code: Option<&str>| KeyEntry {
        mfa_serial: Some(mfa_of("device")),
        code: code.map(Secret::new),
        ..KeyEntry::new(typed(&keys), Partition::Aws)
    };
    connect(entry(None), "Device").await.unwrap_err();
    connect(entry(Some("999999")), "Device").await.unwrap_err();
    keep(connect(entry(Some(CODE)), "Device").await.unwrap());

    // A key with a role that asks for a code and an external id; refused first.
    let keys = mint.user("assuming", support, sign_in);
    sign_in.add_role(Role {
        mfa: Some((mfa_of("assuming"), CODE.to_owned())),
        external_id: Some("norvik".to_owned()),
        ..Role::new(role_of("Assumed"), mint.session("assumed", support))
    });
    let entry = |external_id: &str| KeyEntry {
        role: Some(RoleToAssume {
            arn: role_of("Assumed"),
            external_id: external_id.to_owned(),
            mfa_serial: mfa_of("assuming"),
        }),
        code: Some(Secret::new(CODE)),
        ..KeyEntry::new(typed(&keys), Partition::Aws)
    };
    connect(entry("nobody"), "Assumed").await.unwrap_err();
    keep(connect(entry("norvik"), "Assumed").await.unwrap());

    for account in profiles(desk, (support, sign_in), mint, record, home, inputs).await {
        keep(account);
    }

    // IAM Identity Center inside the program, in both ways.
    sign_in.set_directory(directory(mint, support, SignedDuration::from_hours(1)));
    let begun = begin(desk, record, SignInWay::Browser).await;
    let (_, found) = tokio::join!(browse(&begun.page), accounts.sign_ins.wait(&begun.id));
    record.of(found).unwrap();
    record.of(accounts.sign_ins.roles(&begun.id, NUMBER).await).unwrap();
    record.printed(desk);
    keep(record.of(accounts.setup.connect_portal(&begun.id, NUMBER, "Browser", "Browser").await).unwrap());
    let begun = begin(desk, record, SignInWay::Code).await;
    sign_in.allow_device(begun.user_code.as_deref().unwrap());
    record.of(accounts.sign_ins.wait(&begun.id).await).unwrap();
    keep(record.of(accounts.setup.connect_portal(&begun.id, NUMBER, "Code", "Code").await).unwrap());
    connected
}

pub(super) async fn begin(desk: &Desk, record: &Record, way: SignInWay) -> SignInBegun {
    // Its page carries the challenge and the state, which are no secrets; the verifier stays here.
    record.of(desk.accounts.sign_ins.begin(START, REGION, way).await).unwrap()
}

pub(super) fn directory(mint: &mut Mint, support: &Sim, token_lasts: SignedDuration) -> Directory {
    let mut assigned = |role: &str| Assignment {
        number: NUMBER.to_owned(),
        name: "Norvik production".to_owned(),
        role: role.to_owned(),
        gives: mint.session(role, support),
    };
    let assignments = vec![assigned("Browser"), assigned("Code"), assigned("Cli")];
    Directory {
        start_url: START.to_owned(),
        region: REGION.to_owned(),
        assignments,
        token_lasts,
        user_allows: true,
    }
}

/// The kinds of profile, with the files that they need.
async fn profiles(
    desk: &Desk,
    (support, sign_in): (&Sim, &SignInSim),
    mint: &mut Mint,
    record: &Record,
    home: &Path,
    inputs: &Path,
) -> Vec<Account> {
    let stored = mint.user("profile", support, sign_in);
    let process = mint.user("process", support, sign_in);
    sign_in.add_role(Role {
        mfa: Some((mfa_of("profile"), CODE.to_owned())),
        ..Role::new(role_of("Chained"), mint.session("chained", support))
    });
    let token = mint.secret("web-identity-token", 300);
    std::fs::write(inputs.join("web-token"), &token).unwrap();
    sign_in.add_role(Role {
        web_identity_token: Some(token),
        ..Role::new(role_of("Web"), mint.session("web", support))
    });
    let given = inputs.join("given.json");
    let process = credential_process(&given, &process.access_key_id, &process.secret_access_key);
    // What the AWS CLI keeps of a sign-in of its own.
    sign_in.set_directory(directory(mint, support, SignedDuration::from_hours(1)));
    let cli = mint.secret("cli-token", 300);
    sign_in.add_token(&cli);
    let expires = (jiff::Timestamp::now() + SignedDuration::from_hours(1)).strftime("%Y-%m-%dT%H:%M:%SZ");
    let cached = format!(
        r#"{{"accessToken": "{cli}", "expiresAt": "{expires}", "region": "{REGION}", "startUrl": "{START}"}}"#
    );
    let cache = home.join(".aws/sso/cache");
    std::fs::create_dir_all(&cache).unwrap();
    std::fs::write(cache.join(CACHED), cached).unwrap();

    let config = format!(
        "[profile chained]\nregion = eu-west-1\nrole_arn = {}\nsource_profile = stored\nmfa_serial = {}\n\
         [profile process]\ncredential_process = {process}\n\
         [profile web]\nrole_arn = {}\nweb_identity_token_file = {}\n\
         [profile cli]\nsso_session = corp\nsso_account_id = {NUMBER}\nsso_role_name = Cli\n\
         [sso-session corp]\nsso_region = {REGION}\nsso_start_url = {START}\n",
        role_of("Chained"),
        mfa_of("profile"),
        role_of("Web"),
        inputs.join("web-token").display(),
    );
    let credentials = format!(
        "[stored]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        stored.access_key_id, stored.secret_access_key
    );
    // A file that cannot be understood first: its words are told, what is in it is not.
    std::fs::write(inputs.join("credentials"), format!("[stored\n{credentials}")).unwrap();
    std::fs::write(inputs.join("config"), &config).unwrap();
    record.told(&desk.accounts.credentials.profiles().await);
    std::fs::write(inputs.join("credentials"), &credentials).unwrap();
    let found = desk.accounts.credentials.profiles().await;
    record.told(&found);
    let mut connected = Vec::new();
    for profile in ["stored", "chained", "process", "web", "cli"] {
        let code = (profile == "chained").then(|| Secret::new(CODE));
        let accounts = &desk.accounts;
        if code.is_some() {
            let wrong = Secret::new("999999");
            let entry = ProfileEntry { code: Some(wrong), ..ProfileEntry::new(profile, "") };
            record.of(accounts.setup.connect_profile_entry(&entry).await).unwrap_err();
        }
        let command =
            found.iter().find(|found| found.name == profile).and_then(|found| found.command.clone());
        let entry = ProfileEntry { code, command, ..ProfileEntry::new(profile, "") };
        let account = accounts.setup.connect_profile_entry(&entry).await;
        connected.push(record.of(account).unwrap_or_else(|problem| panic!("{profile}: {problem}")));
    }
    connected
}
