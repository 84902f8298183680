//! A person in a company: its proxy, its certificates, its IAM Identity Center, the person's browser.
//!
//! The program is told of none of it but as a computer is set up: it asks for AWS's own names at AWS's own port.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use company_sim::{Authority, Inspection, Proxy, ProxyBehavior, tls};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use sign_in_sim::{Assignment, Directory, Keys, Role, SignInServer, SignInSim};
use support_sim::{Customer, Server, Sim};
use tokio::net::TcpListener;

use super::Session;

/// The address of the company's access portal.
pub(crate) const PORTAL: &str = "https://norvik.awsapps.com/start";
/// Where it is.
pub(crate) const REGION: &str = "eu-west-1";
/// The person, as AWS knows her.
const JANE: &str = "arn:aws:iam::111122223333:user/jane";
/// What the company's user name and password look like to its proxy: `jane:open-sesame`.
pub(crate) const PROXY_PASSWORD: ProxyBehavior =
    ProxyBehavior::RequireBasic("Basic amFuZTpvcGVuLXNlc2FtZQ==");
/// What everybody's temporary keys are here, one day and the next.
const DAYS: [(&str, &str, &str); 2] = [
    ("ASIACOMPANYEXAMPLE00", "secretOfTheCompany+SeCrEtOfThEcOmPaNy000", "token-of-the-company"),
    ("ASIACOMPANYEXAMPLE01", "secretOfTheCompany+SeCrEtOfThEcOmPaNy001", "token-of-the-next-day"),
];
/// Every name of AWS's that the program asks for.
const NAMES: &[&str] = &[
    "*.amazonaws.com",
    "*.us-east-1.amazonaws.com",
    "*.eu-west-1.amazonaws.com",
    "portal.sso.eu-west-1.amazonaws.com",
    "eu-west-1.signin.aws.amazon.com",
];

/// The key of a login's session, as the AWS CLI keeps it. It was made for this test and opens nothing.
const LOGIN_KEY: &str = "-----BEGIN EC PRIVATE KEY-----\n\
    MHcCAQEEIBnmDqUvWZNClHv6eUvApMm+wfFtIDY4AJM4+0bc3zQfoAoGCCqGSM49\n\
    AwEHoUQDQgAEcdBGD44NA/knrQvEnw46ScTdvpB5BlaG1sX3Zg2Z5iNX1PCoEXgb\n\
    z6r5frMAO0rfjy32ElvFK6TqVa7O8zSx9Q==\n\
    -----END EC PRIVATE KEY-----\n";

/// Goes where a link leads, as far as it leads, and leaves the last page.
const BROWSER: &str = r#"#!/bin/sh
folder=$(dirname "$0")
echo "$1" >>"$folder/opened"
[ -e "$folder/closed" ] && exit 0
curl --silent --location --proxy "$COMPANY_PROXY" --noproxy 127.0.0.1 --cacert "$COMPANY_CA" --output "$folder/page" "$1"
"#;

/// The company; it ends with this.
pub(crate) struct Company {
    /// AWS Support behind it.
    pub(crate) sim: Sim,
    /// STS and IAM Identity Center behind it.
    pub(crate) sign_in: SignInSim,
    /// The way out of it.
    pub(crate) proxy: Proxy,
    authority: Authority,
    folder: PathBuf,
    _inspection: Inspection,
    _server: Server,
    _serving: SignInServer,
}

impl Company {
    /// Opens it in the person's session.
    pub(crate) async fn start(session: &Session) -> Self {
        let sim = Sim::builder()
            .customer(Customer::example())
            .customer(staff(0))
            .customer(staff(1))
            .build()
            .expect("nothing is read from disk");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = sim.serve(listener).expect("the socket is open");
        let sign_in = SignInSim::new();
        let example = Customer::example();
        let long_term = Keys::long_term(example.access_key_id(), example.secret_access_key());
        sign_in.add_keys(long_term, JANE);
        let serving = sign_in.serve().await.expect("a free port");

        let authority = Authority::new("Norvik Inspection CA").expect("a key can be made");
        let (certificate, key) = authority.issue(NAMES, 2020..2060).expect("a key can be made");
        let at = |url: String| -> SocketAddr { url["http://".len()..].parse().expect("an address") };
        let tls = tls(&certificate, &key).expect("the key was made for the certificate");
        let inspection =
            Inspection::start(tls, at(server.url()), at(serving.url())).await.expect("a free port");
        let proxy = Proxy::start(ProxyBehavior::Allow, inspection.address()).await.expect("a free port");
        let company = Self {
            sim,
            sign_in,
            proxy,
            authority,
            folder: session.files().join("company"),
            _inspection: inspection,
            _server: server,
            _serving: serving,
        };
        company.write_files();
        company
    }

    fn write_files(&self) {
        std::fs::create_dir_all(&self.folder).expect("the session's own folder");
        std::fs::write(self.certificate(), self.authority.pem()).expect("written");
        let browser = self.folder.join("xdg-open");
        std::fs::write(&browser, BROWSER).expect("written");
        std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).expect("its own file");
    }

    /// The file of the company's authority, as the IT department hands it out.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.join("norvik-ca.pem")
    }

    /// A computer that IT has not set up, but for the browser.
    pub(crate) fn computer(&self, session: &Session) -> Vec<(String, String)> {
        let path = session.variable("PATH").expect("a session has a PATH");
        let path = format!("{}:{path}", self.folder.display());
        [
            ("PATH", path),
            ("COMPANY_PROXY", format!("http://{}", self.proxy.address())),
            ("COMPANY_CA", text(&self.certificate())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    /// A computer that IT has set up: it knows the proxy and trusts the authority.
    pub(crate) fn managed_computer(&self, session: &Session) -> Vec<(String, String)> {
        let mut variables = self.computer(session);
        variables.push(("HTTPS_PROXY".to_owned(), format!("http://{}", self.proxy.address())));
        variables.push(("SSL_CERT_FILE".to_owned(), text(&self.certificate())));
        variables
    }

    /// The browser notes from now on what it should open, and opens nothing.
    pub(crate) fn close_browser(&self) {
        std::fs::write(self.folder.join("closed"), "").expect("the session's own folder");
    }

    /// The page that the browser came to last.
    pub(crate) fn page(&self) -> String {
        std::fs::read_to_string(self.folder.join("page")).unwrap_or_default()
    }

    /// The addresses that the browser was given.
    pub(crate) fn opened(&self) -> Vec<String> {
        let opened = std::fs::read_to_string(self.folder.join("opened")).unwrap_or_default();
        opened.lines().map(str::to_owned).collect()
    }

    /// The company signs its people in here.
    pub(crate) fn has_portal(&self) {
        self.gives_keys_of(0);
    }

    /// The day is over: nobody is signed in any more, and the keys of the day have run out.
    pub(crate) fn ends_the_day(&self) {
        self.sign_in.end_sessions();
        self.sim.add_customer(staff(0).expires(Timestamp::now()));
        self.gives_keys_of(1);
    }

    /// Those who are signed in, with keys that are good.
    pub(crate) fn staff_of_today() -> Customer {
        staff(0)
    }

    fn gives_keys_of(&self, day: usize) {
        let assigned = |number: &str, name: &str, role: &str| Assignment {
            number: number.to_owned(),
            name: name.to_owned(),
            role: role.to_owned(),
            gives: session_keys(day),
        };
        self.sign_in.set_directory(Directory {
            start_url: PORTAL.to_owned(),
            region: REGION.to_owned(),
            assignments: vec![
                assigned("111122223333", "norvik-edi-production", "EdiSupport"),
                assigned("111122223333", "norvik-edi-production", "ReadOnly"),
                assigned("444455556666", "norvik-edi-test", "EdiSupport"),
                assigned("777788889999", "norvik-web", "ReadOnly"),
            ],
            token_lasts: SignedDuration::from_hours(1),
            user_allows: true,
        });
    }

    /// From now on the person has this key too.
    pub(crate) fn has_key(&self, id: &str, secret: &str) {
        self.sim.add_customer(Customer::new(id, secret, "jane (User)"));
        self.sign_in.add_keys(Keys::long_term(id, secret), JANE);
    }

    /// The person has signed in with `aws login` an hour ago, for the profile `console`.
    pub(crate) fn has_login(&self, session: &Session) {
        const REFRESH: &str = "refresh-token-of-the-console";
        self.sign_in.add_login(REFRESH, session_keys(0), JANE);
        let folder = session.home().join(".aws");
        let cache = folder.join("login/cache");
        std::fs::create_dir_all(&cache).expect("the session's own home");
        let profile = format!("[profile console]\nregion = {REGION}\nlogin_session = {JANE}\n");
        std::fs::write(folder.join("config"), profile).expect("written");
        let (id, secret, token) = DAYS[0];
        let kept = serde_json::json!({
            "accessToken": {
                "accessKeyId": id,
                "secretAccessKey": secret,
                "sessionToken": token,
                "accountId": "111122223333",
                "expiresAt": (Timestamp::now() - SignedDuration::from_hours(1)).to_string(),
            },
            "tokenType": "aws_sigv4",
            "refreshToken": REFRESH,
            "clientId": "arn:aws:signin:::devtools/same-device",
            "dpopKey": LOGIN_KEY,
        });
        let name = format!("{}.json", hex::encode(Sha256::digest(JANE.as_bytes())));
        std::fs::write(cache.join(name), kept.to_string()).expect("written");
    }

    /// A role that is taken with the code of a device.
    pub(crate) fn has_role_with_mfa(&self, arn: &str, serial: &str, code: &str) {
        let mfa = Some((serial.to_owned(), code.to_owned()));
        self.sign_in.add_role(Role { mfa, ..Role::new(arn, session_keys(0)) });
    }
}

fn staff(day: usize) -> Customer {
    let (id, secret, token) = DAYS[day];
    Customer::new(id, secret, "EdiSupport (Role) <jane@norvik.example>").session_token(token)
}

fn session_keys(day: usize) -> Keys {
    let (id, secret, token) = DAYS[day];
    Keys::temporary(id, secret, token)
}

fn text(path: &Path) -> String {
    path.to_str().expect("the test's own path is ASCII").to_owned()
}
