//! What the services know: keys, whom they belong to, roles and who may take them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::login::Login;
use crate::oidc::Oidc;

/// A key pair, with a token where it is a temporary one.
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
    /// A long-term pair.
    pub fn long_term(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { access_key_id: id.into(), secret_access_key: secret.into(), session_token: None }
    }

    /// A temporary pair.
    pub fn temporary(id: impl Into<String>, secret: impl Into<String>, token: impl Into<String>) -> Self {
        Self { session_token: Some(token.into()), ..Self::long_term(id, secret) }
    }
}

/// A role that can be assumed.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its ARN.
    pub arn: String,
    /// The external id that must be given, where one must.
    pub external_id: Option<String>,
    /// The MFA device's serial number and the code that it shows, where they must be given.
    pub mfa: Option<(String, String)>,
    /// The web identity token that opens it, where one does.
    pub web_identity_token: Option<String>,
    /// The keys that it gives.
    pub gives: Keys,
    /// How long they are said to hold.
    pub lasts: SignedDuration,
}

impl Role {
    /// A role without conditions whose keys hold for an hour.
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

/// A multi-factor device of a user.
#[derive(Clone, Debug)]
pub struct Device {
    /// The ARN of its owner.
    pub owner: String,
    /// Its serial number or ARN.
    pub serial: String,
    /// The code that it shows.
    pub code: String,
    /// The keys that a session gets which is opened with it.
    pub gives: Keys,
    /// How long they are said to hold.
    pub lasts: SignedDuration,
}

/// An IAM Identity Center with one user.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The address of its portal.
    pub start_url: String,
    /// The Region that it is in.
    pub region: String,
    /// What its user is assigned to.
    pub assignments: Vec<Assignment>,
    /// How long an access token holds.
    pub token_lasts: SignedDuration,
    /// Whether the user chooses Allow in the browser.
    pub user_allows: bool,
}

/// A role of an account that the user of a directory may take.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The twelve digits of the account.
    pub number: String,
    /// The account's name.
    pub name: String,
    /// The permission set.
    pub role: String,
    /// The keys that it gives.
    pub gives: Keys,
}

/// Someone whose keys are known.
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

/// The services. Cheap to clone; clones share what they know.
#[derive(Clone, Debug, Default)]
pub struct SignInSim(Arc<Mutex<World>>);

impl SignInSim {
    /// Services that know nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on `keys` belong to `arn`.
    pub fn knows(&self, keys: Keys, arn: impl Into<String>) {
        self.world().principals.push(Principal { keys, arn: arn.into() });
    }

    /// From now on this role can be assumed; the keys that it gives belong to its sessions.
    pub fn offers(&self, role: Role) {
        self.world().roles.push(role);
    }

    /// From now on a user has this device, with whose code GetSessionToken opens a session.
    pub fn has_device(&self, device: Device) {
        self.world().devices.push(device);
    }

    /// From now on there is this IAM Identity Center.
    pub fn has_directory(&self, directory: Directory) {
        self.world().directory = Some(directory);
    }

    /// The user of the directory opens the page of a device sign-in and allows the one with this code.
    ///
    /// # Panics
    /// Where no sign-in shows such a code.
    pub fn allow_device(&self, user_code: &str) {
        assert!(self.world().oidc.allow(user_code), "no sign-in shows the code {user_code}");
    }

    /// The user of the directory has signed in with another program, which got this token; it holds for an hour.
    pub fn knows_token(&self, token: &str) {
        let mut world = self.world();
        let ends = world.now() + SignedDuration::from_hours(1);
        world.oidc.know(token, ends);
    }

    /// The user has signed in with `aws login` as `arn` and got this refresh token; whoever goes on with it gets
    /// `gives`.
    pub fn knows_login(&self, refresh_token: &str, gives: Keys, arn: impl Into<String>) {
        let mut world = self.world();
        world.oidc.given.push(refresh_token.to_owned());
        let gives = Principal { keys: gives, arn: arn.into() };
        world.login = Some(Login { refresh_token: refresh_token.to_owned(), gives });
    }

    /// An administrator ends all sessions: no token is good any more.
    pub fn end_sessions(&self) {
        let mut world = self.world();
        world.oidc.end_sessions();
        world.login = None;
    }

    /// Every token and client secret that was given out so far, to look for where they must not be.
    #[must_use]
    pub fn secrets_given(&self) -> Vec<String> {
        self.world().oidc.given.clone()
    }

    /// Sets the services' clock ahead of this computer's.
    pub fn set_ahead(&self, ahead: SignedDuration) {
        self.world().ahead = ahead;
    }

    /// What was asked so far: `host action`, such as `sts.us-east-1.amazonaws.com GetCallerIdentity`.
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
