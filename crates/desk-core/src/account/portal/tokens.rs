//! The tokens of a portal: kept in the vault alone, and refreshed silently before they run out.
//!
//! Accounts of one portal share one sign-in: a refresh token is good once, so there must be one holder of it.

use desk_aws::{AwsError, AwsErrorKind, GivenTokens, Portal, Registration, TokenSource};
use desk_model::{Clock, MINUTE, Millis, Secret};
use desk_vault::{Kept, Vault};
use futures_util::future::BoxFuture;
use serde::Deserialize;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A token that ends sooner than this is refreshed.
const MARGIN: Millis = 5 * MINUTE;

/// What a sign-in gave.
#[derive(Debug, Clone)]
pub(super) struct Tokens {
    client: Registration,
    access: Secret,
    access_ends: Millis,
    refresh: Option<Secret>,
}

/// As it lies in the vault.
#[derive(Deserialize)]
struct InVault {
    client_id: String,
    client_secret: Secret,
    client_ends: i64,
    access: Secret,
    access_ends: Millis,
    refresh: Option<Secret>,
}

impl Tokens {
    pub(super) fn new(client: Registration, given: GivenTokens, now: Millis) -> Self {
        let lasts = Millis::try_from(given.lasts.as_millis()).unwrap_or(0);
        Self { client, access: given.access, access_ends: now + lasts, refresh: given.refresh }
    }

    pub(super) fn access(&self) -> &Secret {
        &self.access
    }

    /// As one secret for the vault.
    pub(super) fn to_secret(&self) -> Secret {
        let json = serde_json::json!({
            "client_id": self.client.client_id,
            "client_secret": self.client.client_secret.reveal(),
            "client_ends": self.client.expires_at,
            "access": self.access.reveal(),
            "access_ends": self.access_ends,
            "refresh": self.refresh.as_ref().map(Secret::reveal),
        });
        Secret::new(&Zeroizing::new(json.to_string()))
    }

    /// From the vault; `None` where it is not ours.
    fn from_secret(secret: &Secret) -> Option<Self> {
        let kept: InVault = serde_json::from_str(secret.reveal()).ok()?;
        let client = Registration {
            client_id: kept.client_id,
            client_secret: kept.client_secret,
            expires_at: kept.client_ends,
        };
        Some(Self { client, access: kept.access, access_ends: kept.access_ends, refresh: kept.refresh })
    }
}

/// The sign-in of one portal, shared by its accounts.
#[derive(Debug)]
pub(crate) struct PortalSession {
    /// Its entry in the vault.
    pub(super) name: String,
    pub(super) vault: Vault,
    pub(super) portal: Portal,
    pub(super) clock: Clock,
    pub(super) held: Arc<tokio::sync::Mutex<Option<Tokens>>>,
}

impl PortalSession {
    /// Takes new tokens and puts them away.
    pub(super) async fn take(&self, tokens: Tokens) -> Kept {
        let mut held = self.held.lock().await;
        let kept = self.vault.put(&self.name, &tokens.to_secret()).await;
        *held = Some(tokens);
        kept
    }

    /// Forgets the tokens here and, as far as it can be reached, at AWS.
    pub(super) async fn end(&self) {
        let mut held = self.held.lock().await;
        let tokens = match held.take() {
            Some(tokens) => Some(tokens),
            None => {
                self.vault.get(&self.name).await.ok().flatten().and_then(|kept| Tokens::from_secret(&kept))
            }
        };
        if let Some(tokens) = tokens
            && let Err(error) = self.portal.log_out(&tokens.access).await
        {
            tracing::info!(kind = ?error.kind, "the session at IAM Identity Center ends by itself");
        }
    }

    async fn good_token(&self) -> Result<Secret, AwsError> {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        if held.is_none() {
            let kept = self.vault.get(&self.name).await.map_err(|error| AwsError {
                operation: "CreateToken",
                kind: AwsErrorKind::NoKeyring,
                message: format!("{} sign in again.", error.told("The sign-in of this account")),
                request_id: None,
            })?;
            *held = kept.as_ref().and_then(Tokens::from_secret);
        }
        let Some(tokens) = held.clone() else { return Err(ended("nobody is signed in")) };
        let now = self.clock.now();
        if tokens.access_ends > now + MARGIN {
            return Ok(tokens.access);
        }
        let valid = tokens.access_ends > now;
        let refresh = tokens.refresh.clone().filter(|_| tokens.client.expires_at > now / 1000);
        let Some(refresh) = refresh else {
            // The last minutes are used up.
            return if valid { Ok(tokens.access) } else { Err(ended("the sign-in has expired")) };
        };
        let (portal, vault, name) = (self.portal.clone(), self.vault.clone(), self.name.clone());
        let client = tokens.client;
        // A refresh token is good once. Whoever asked may give up meanwhile; what AWS gave is kept all the same.
        let refreshing = tokio::spawn(async move {
            let given = portal.refreshed(&client, &refresh).await.map_err(of_refresh)?;
            // Without a new refresh token the old one stays good.
            let given = GivenTokens { refresh: given.refresh.or(Some(refresh)), ..given };
            let tokens = Tokens::new(client, given, now);
            let access = tokens.access.clone();
            let secret = tokens.to_secret();
            *held = Some(tokens);
            if let Some(reason) = vault.put(&name, &secret).await.why_not() {
                tracing::warn!(?reason, "a refreshed sign-in is held for this session only");
            }
            Ok(access)
        });
        let refreshed = refreshing.await.unwrap_or_else(|_| Err(ended("the sign-in could not be refreshed")));
        match refreshed {
            // AWS was not reached, and the last minutes are still good.
            Err(error) if valid && error.kind != AwsErrorKind::Expired => Ok(tokens.access),
            outcome => outcome,
        }
    }
}

impl TokenSource for PortalSession {
    fn token(&self) -> BoxFuture<'_, Result<Secret, AwsError>> {
        Box::pin(self.good_token())
    }
}

fn ended(message: &str) -> AwsError {
    AwsError {
        operation: "CreateToken",
        kind: AwsErrorKind::Expired,
        message: message.to_owned(),
        request_id: None,
    }
}

/// A refresh that AWS refuses means that one has to sign in again; one that did not get through does not.
fn of_refresh(error: AwsError) -> AwsError {
    if error.kind.properties().ends_sign_in {
        AwsError { kind: AwsErrorKind::Expired, ..error }
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use desk_model::assert_not_impl;

    assert_not_impl!(super::Tokens: serde::Serialize, std::fmt::Display);
    assert_not_impl!(super::InVault: serde::Serialize, std::fmt::Display);
    assert_not_impl!(super::PortalSession: serde::Serialize, std::fmt::Display);
}
