//! Data types of the network settings and of the connection test, shared with the UI.

use desk_model::{Millis, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the proxy is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyMode {
    /// The proxy that the environment or the operating system names, looked up for each connection.
    #[default]
    System,
    /// The proxy that the user has entered.
    Manual,
    /// No proxy.
    None,
}

/// The proxy settings. They do not contain the password, which lies in the keyring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ProxySettings {
    /// How the proxy is chosen.
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

/// Where the proxy's password is stored.
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

/// A CA certificate that is trusted in addition to the system's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaCertificate {
    /// The SHA-256 fingerprint, in hexadecimal digits.
    pub id: String,
    /// The subject: whose certificate it is.
    pub subject: String,
    /// The issuer; the same as `subject` for a root certificate.
    pub issuer: String,
    /// When it expires.
    pub expires_at: Millis,
}

/// The network settings as the settings page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSettings {
    /// The proxy settings.
    pub proxy: ProxySettings,
    /// Where the proxy's password is stored.
    pub password: PasswordKept,
    /// The extra CA certificates, sorted by name.
    pub certificates: Vec<CaCertificate>,
    /// Whether the settings have any effect: in the demo nothing leaves the computer.
    pub in_use: bool,
}

/// A step of a connection to AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Hop {
    /// The proxy is determined, or that none is used.
    Route,
    /// The proxy's name is resolved.
    ProxyName,
    /// The proxy accepts the TCP connection.
    ProxyConnection,
    /// The proxy opens the tunnel, with or without authentication.
    ProxyPass,
    /// The name of AWS's host is resolved; behind a proxy the proxy does that.
    HostName,
    /// AWS's host accepts the TCP connection.
    HostConnection,
    /// The TLS handshake succeeds with a trusted certificate.
    Encryption,
    /// The response is AWS's and not that of something in between.
    Answer,
    /// This computer's clock deviates so little that AWS accepts its signatures.
    Clock,
}

/// The outcome of a hop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum HopOutcome {
    /// The hop succeeded.
    Passed {
        /// What was found, in a few words.
        detail: String,
    },
    /// The hop failed; later ones were not tried.
    Failed {
        /// What happened, what it means, what to do.
        problem: Problem,
    },
    /// The hop was not tried, since an earlier one failed.
    NotReached,
}

/// A hop and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HopResult {
    /// The hop.
    pub hop: Hop,
    /// Its outcome.
    pub outcome: HopOutcome,
}

/// A service of AWS that this program uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TestedService {
    /// AWS Support: incidents and their correspondence.
    Support,
    /// A failover endpoint of AWS Support.
    SupportStandby,
    /// Security Token Service: the caller's identity, and roles.
    Sts,
    /// IAM Identity Center: signing in.
    IdentityCenter,
    /// The portal of IAM Identity Center: the signed-in user's accounts and roles, and their credentials.
    IdentityCenterPortal,
}

/// The result of a connection test of one of AWS's services, hop by hop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceProbe {
    /// The service.
    pub service: TestedService,
    /// Its host.
    pub host: String,
    /// The proxy that was used, as `host:port`.
    pub proxy: Option<String>,
    /// The hops of this connection, in their order.
    pub hops: Vec<HopResult>,
    /// Why it failed, if it did.
    pub problem: Option<Problem>,
}

/// The result of a connection test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NetworkTest {
    /// When the test was made.
    pub at: Millis,
    /// The result for each service that this program uses, AWS Support first. If its main host does not respond, the
    /// result of the standby that does follows, or those of all standbys.
    pub probes: Vec<ServiceProbe>,
}
