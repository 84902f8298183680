//! The plain types of the network: what is chosen, what is trusted, what a test found.

use desk_model::{Millis, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which proxy is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyMode {
    /// The one that the operating system or the environment names, for each host anew.
    #[default]
    System,
    /// The one entered here.
    Manual,
    /// None.
    None,
}

/// What the user has chosen. The password is not in it: it lies in the keyring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ProxySettings {
    /// Which proxy is used.
    pub mode: ProxyMode,
    /// The name or address of the proxy entered by hand.
    pub host: String,
    /// Its port; 0 where none was entered.
    pub port: u16,
    /// The user name that it asks for; empty where it asks for none.
    pub user_name: String,
    /// Hosts that are reached without it, separated by commas: names (with all below them), addresses, or networks such
    /// as `10.0.0.0/8`.
    pub exceptions: String,
}

/// Where the proxy's password is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordKept {
    /// None was entered.
    #[default]
    None,
    /// In the keyring of the operating system.
    Keyring,
    /// In memory until the program ends, for want of a keyring.
    Session,
}

/// A certificate that is trusted beside the system's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaCertificate {
    /// The SHA-256 fingerprint, in hexadecimal digits.
    pub id: String,
    /// Whose it is.
    pub subject: String,
    /// Who issued it; the same as `subject` for a root certificate.
    pub issuer: String,
    /// Until when it is good.
    pub expires_at: Millis,
}

/// Everything that the settings page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSettings {
    /// What the user has chosen.
    pub proxy: ProxySettings,
    /// Where the proxy's password is.
    pub password: PasswordKept,
    /// What is trusted beside the system's certificates, by name.
    pub certificates: Vec<CaCertificate>,
    /// Whether anything of this is used: in the demo nothing leaves the computer.
    pub in_use: bool,
}

/// A step on the way to AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Hop {
    /// It is known which proxy leads there, or that none does.
    Route,
    /// The proxy's name has an address.
    ProxyName,
    /// The proxy takes a connection.
    ProxyConnection,
    /// The proxy lets the connection through, with or without a sign-in.
    ProxyPass,
    /// The name of AWS's host has an address. Behind a proxy this is the proxy's own affair.
    HostName,
    /// AWS's host takes a connection.
    HostConnection,
    /// The connection is encrypted, with a certificate that is trusted.
    Encryption,
    /// AWS answers, and nobody in its place.
    Answer,
    /// This computer's clock is right enough for AWS.
    Clock,
}

/// How a step went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum HopOutcome {
    /// As it should.
    Passed {
        /// What was found, in a few words.
        detail: String,
    },
    /// It did not; nothing behind it was tried.
    Failed {
        /// What happened, what it means, what to do.
        problem: Problem,
    },
    /// It was not tried, since an earlier one failed.
    NotReached,
}

/// A step and how it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HopResult {
    /// Which step.
    pub hop: Hop,
    /// How it went.
    pub outcome: HopOutcome,
}

/// What one of AWS's services is for in this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TestedService {
    /// AWS Support: incidents and their correspondence.
    Support,
    /// One of the hosts that stand in for AWS Support's main one.
    SupportStandby,
    /// Security Token Service: who one is, and roles.
    Sts,
    /// IAM Identity Center: signing in.
    IdentityCenter,
    /// The portal of IAM Identity Center: the accounts and roles of who signed in, and their credentials.
    IdentityCenterPortal,
}

/// The way to one of AWS's services, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WayTested {
    /// Which service.
    pub service: TestedService,
    /// Its host.
    pub host: String,
    /// The proxy on the way, as `host:port`.
    pub proxy: Option<String>,
    /// The steps that there are on this way, in their order.
    pub hops: Vec<HopResult>,
    /// What keeps it from working.
    pub problem: Option<Problem>,
}

/// What the test of the connection found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NetworkTest {
    /// When.
    pub at: Millis,
    /// The way to each service that this program uses, AWS Support first, with its standbys where the main host does not
    /// answer: the one that does, or all of them.
    pub ways: Vec<WayTested>,
}
