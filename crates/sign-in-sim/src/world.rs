//! [`SignInSim`]: the state of the services, such as keys with their owners, roles, devices and directories.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::login::Login;
use crate::oidc::Oidc;

/// A key pair, with a session token if it is temporary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The session token of temporary credentials.
    pub session_token: Option<String>,
}

impl Keys {
    /// Creates a long-term pair.
    pub fn long_term(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { access_key_id: id.into(), secret_access_key: secret.into(), session_token: None }
    }

    /// Creates a temporary pair.
    pub fn temporary(id: impl Into<String>, secret: impl Into<String>, token: impl Into<String>) -> Self {
        Self { session_token: Some(token.into()), ..Self::long_term(id, secret) }
    }
}

/// A role that can be assumed.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its ARN.
    pub arn: String,
    /// The required external id.
    pub external_id: Option<String>,
    /// The required serial number and code of an MFA device.
    pub mfa: Option<(String, String)>,
    /// The web identity token with which it can be assumed.
    pub web_identity_token: Option<String>,
    /// The keys that are issued.
    pub gives: Keys,
    /// The lifetime of the keys in the response.
    pub lasts: SignedDuration,
}

impl Role {
    /// Creates a role without conditions whose keys last an hour.
    pub fn new(arn: impl Into<String>, gives: Keys) -> Self {
        Self {
            arn: arn.into(),
            external_id: None,
            mfa: None,
            web_identity_token: None,
            gives,
            lasts: SignedDuration::from_hours(1),
        }
    }
}

/// A user's MFA device.
#[derive(Clone, Debug)]
pub struct Device {
    /// The ARN of its owner.
    pub owner: String,
    /// Its serial number or ARN.
    pub serial: String,
    /// The code that it shows.
    pub code: String,
    /// The keys of a session that is opened with it.
    pub gives: Keys,
    /// The lifetime of the keys in the response.
    pub lasts: SignedDuration,
}

/// An IAM Identity Center with one user.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The address of its portal.
    pub start_url: String,
    /// The Region that it is in.
    pub region: String,
    /// The assignments of its user.
    pub assignments: Vec<Assignment>,
    /// The lifetime of an access token.
    pub token_lasts: SignedDuration,
    /// Whether the user chooses Allow in the browser.
    pub user_allows: bool,
}

/// The assignment of a directory's user to a role of an account.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The twelve digits of the account.
    pub number: String,
    /// The account's name.
    pub name: String,
    /// The permission set.
    pub role: String,
    /// The keys that are issued.
    pub gives: Keys,
}

/// An identity and its keys.
#[derive(Clone, Debug)]
pub(crate) struct Principal {
    pub(crate) keys: Keys,
    pub(crate) arn: String,
}

#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) principals: Vec<Principal>,
    pub(crate) roles: Vec<Role>,
    pub(crate) devices: Vec<Device>,
    pub(crate) directory: Option<Directory>,
    pub(crate) oidc: Oidc,
    pub(crate) login: Option<Login>,
    pub(crate) calls: Vec<String>,
    pub(crate) ahead: SignedDuration,
}

/// The emulated services. Cheap to clone; clones share their state.
#[derive(Clone, Debug, Default)]
pub struct SignInSim(Arc<Mutex<World>>);

impl SignInSim {
    /// Creates services without any identity.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an identity with its keys.
    pub fn add_keys(&self, keys: Keys, arn: impl Into<String>) {
        self.world().principals.push(Principal { keys, arn: arn.into() });
    }

    /// Adds a role that can be assumed.
    pub fn add_role(&self, role: Role) {
        self.world().roles.push(role);
    }

    /// Adds a user's MFA device, with whose code GetSessionToken opens a session.
    pub fn add_device(&self, device: Device) {
        self.world().devices.push(device);
    }

    /// Sets the IAM Identity Center, replacing an earlier one.
    pub fn set_directory(&self, directory: Directory) {
        self.world().directory = Some(directory);
    }

    /// Allows the device authorization with this user code, as the user would on the sign-in page.
    ///
    /// # Panics
    /// Where no sign-in shows such a code.
    pub fn allow_device(&self, user_code: &str) {
        assert!(self.world().oidc.allow(user_code), "no sign-in shows the code {user_code}");
    }

    /// Adds an access token of the directory's user that another program has got; it is valid for an hour.
    pub fn add_token(&self, token: &str) {
        let mut world = self.world();
        let ends = world.now() + SignedDuration::from_hours(1);
        world.oidc.add_token(token, ends);
    }

    /// The user has signed in with `aws login` as `arn` and got this refresh token; whoever goes on with it gets
    /// `gives`.
    pub fn add_login(&self, refresh_token: &str, gives: Keys, arn: impl Into<String>) {
        let mut world = self.world();
        world.oidc.issued.push(refresh_token.to_owned());
        let gives = Principal { keys: gives, arn: arn.into() };
        world.login = Some(Login { refresh_token: refresh_token.to_owned(), gives });
    }

    /// Revokes all tokens, as an administrator can.
    pub fn end_sessions(&self) {
        let mut world = self.world();
        world.oidc.end_sessions();
        world.login = None;
    }

    /// Returns all tokens and client secrets issued so far, to look for leaks.
    #[must_use]
    pub fn issued_secrets(&self) -> Vec<String> {
        self.world().oidc.issued.clone()
    }

    /// Sets how far the services' clock is ahead of this computer's.
    pub fn set_clock_skew(&self, ahead: SignedDuration) {
        self.world().ahead = ahead;
    }

    /// Returns the requests so far as `host action`, such as `sts.us-east-1.amazonaws.com GetCallerIdentity`.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.world().calls.clone()
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now() + self.ahead
    }
}
