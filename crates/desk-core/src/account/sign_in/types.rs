//! The plain types of signing in with IAM Identity Center.

use desk_model::Millis;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a sign-in that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct SignInId(pub String);

/// How one signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SignInWay {
    /// The browser of this computer comes back by itself (authorization code with PKCE).
    Browser,
    /// By a code that one compares, in any browser on any device (device authorization).
    Code,
}

/// A sign-in that waits for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInBegun {
    /// Its name from now on.
    pub id: SignInId,
    /// The page to open.
    pub page: String,
    /// The code that the page must show, where one is compared.
    pub user_code: Option<String>,
    /// Until when it waits.
    pub expires_at: Millis,
}

/// An AWS account that the signed-in user is assigned to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PortalAccount {
    /// The twelve digits.
    pub number: String,
    /// What the company calls it.
    pub name: String,
}
