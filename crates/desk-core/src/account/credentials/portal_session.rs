//! The tokens of a portal: kept in the vault alone, and refreshed silently before they run out.
//!
//! Accounts of one portal share one sign-in: a refresh token is good once, so there must be one holder of it.

use desk_aws::{AwsError, AwsErrorKind, GivenTokens, Portal, Registration, TokenSource};
use desk_model::{Clock, MINUTE, Millis, Secret};
use desk_vault::{NotKept, Vault};
use futures_util::future::BoxFuture;
use serde::Deserialize;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A token that ends sooner than this is refreshed.
const MARGIN: Millis = 5 * MINUTE;

/// What a sign-in gave.
#[derive(Debug, Clone)]
pub(in crate::account) struct Tokens {
    client: Registration,
    access: Secret,
    access_ends: Millis,
    refresh: Option<Secret>,
}

/// The form in which tokens are stored in the vault.
#[derive(Deserialize)]
struct StoredTokens {
    client_id: String,
    client_secret: Secret,
    client_ends: i64,
    access: Secret,
    access_ends: Millis,
    refresh: Option<Secret>,
}

impl Tokens {
    pub(in crate::account) fn new(client: Registration, given: GivenTokens, now: Millis) -> Self {
        let lasts = Millis::try_from(given.lasts.as_millis()).unwrap_or(0);
        Self { client, access: given.access, access_ends: now + lasts, refresh: given.refresh }
    }

    pub(in crate::account) fn access(&self) -> &Secret {
        &self.access
    }

    /// As one secret for the vault.
    fn to_secret(&self) -> Secret {
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
        let stored: StoredTokens = serde_json::from_str(secret.reveal()).ok()?;
        let client = Registration {
            client_id: stored.client_id,
            client_secret: stored.client_secret,
            expires_at: stored.client_ends,
        };
        Some(Self { client, access: stored.access, access_ends: stored.access_ends, refresh: stored.refresh })
    }
}

/// The sign-in of one portal, shared by its accounts.
#[derive(Debug)]
pub(in crate::account) struct PortalSession {
    /// Its entry in the vault.
    name: String,
    vault: Vault,
    portal: Portal,
    clock: Clock,
    held: Arc<tokio::sync::Mutex<Option<Tokens>>>,
}

impl PortalSession {
    /// The sign-in whose tokens are stored in the vault as `name`.
    pub(super) fn new(name: String, vault: Vault, portal: Portal, clock: Clock) -> Self {
        Self { name, vault, portal, clock, held: Arc::default() }
    }

    /// The portal that one is signed in to.
    pub(in crate::account) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Takes new tokens and stores them; answers why the keyring did not take them, where it did not.
    pub(in crate::account) async fn put(&self, tokens: Tokens) -> Option<NotKept> {
        let mut held = self.held.lock().await;
        let stored = self.vault.put(&self.name, &tokens.to_secret()).await;
        *held = Some(tokens);
        stored.not_kept()
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

    /// A token that is good for a while: the one that is held, or a refreshed one.
    async fn valid_token(&self) -> Result<Secret, AwsError> {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        if held.is_none() {
            let kept = self.vault.get(&self.name).await.map_err(|error| AwsError {
                operation: "CreateToken",
                kind: AwsErrorKind::NoKeyring,
                message: format!("{} sign in again.", error.explained("The sign-in of this account")),
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
            if let Some(reason) = vault.put(&name, &secret).await.not_kept() {
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
        Box::pin(self.valid_token())
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
    assert_not_impl!(super::StoredTokens: serde::Serialize, std::fmt::Display);
    assert_not_impl!(super::PortalSession: serde::Serialize, std::fmt::Display);
}
