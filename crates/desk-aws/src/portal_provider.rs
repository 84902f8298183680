//! Credential provider of a role of IAM Identity Center, with tokens from a [`TokenSource`].

use super::{AwsError, AwsErrorKind, Portal, Provider};
use aws_credential_types::{
    Credentials,
    provider::{self, ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use desk_model::Secret;
use futures_util::future::BoxFuture;
use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

/// Source of valid access tokens, which it refreshes if necessary.
pub trait TokenSource: std::fmt::Debug + Send + Sync {
    /// Returns a valid access token.
    fn token(&self) -> BoxFuture<'_, Result<Secret, AwsError>>;
}

/// Creates the provider of a role's credentials.
pub fn provider_of_portal(
    portal: Portal,
    tokens: Arc<dyn TokenSource>,
    account_number: &str,
    role: &str,
) -> Provider {
    SharedCredentialsProvider::new(PortalProvider {
        portal,
        tokens,
        account_number: account_number.to_owned(),
        role: role.to_owned(),
    })
}

#[derive(Debug)]
struct PortalProvider {
    portal: Portal,
    tokens: Arc<dyn TokenSource>,
    account_number: String,
    role: String,
}

impl ProvideCredentials for PortalProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.ask())
    }
}

impl PortalProvider {
    async fn ask(&self) -> provider::Result {
        let token = self.tokens.token().await.map_err(CredentialsError::provider_error)?;
        let keys = self
            .portal
            .role_keys(&token, &self.account_number, &self.role)
            .await
            .map_err(|error| CredentialsError::provider_error(self.role_error(error)))?;
        let ends = u64::try_from(keys.expires_at).ok().map(Duration::from_millis);
        Ok(Credentials::new(
            keys.access_key_id,
            keys.secret_access_key.reveal(),
            Some(keys.session_token.reveal().to_owned()),
            ends.map(|ends| SystemTime::UNIX_EPOCH + ends),
            "IAM Identity Center",
        ))
    }

    /// Converts a refusal of the role to [`AwsErrorKind::NotAssigned`].
    fn role_error(&self, error: AwsError) -> AwsError {
        match error.kind {
            // ForbiddenException and ResourceNotFoundException.
            AwsErrorKind::AccessDenied | AwsErrorKind::Invalid => AwsError {
                kind: AwsErrorKind::NotAssigned,
                message: format!(
                    "You are not assigned the role {} in the AWS account {}, or no longer. Ask whoever manages access at your company for it, or connect the account anew with another role.",
                    self.role, self.account_number
                ),
                ..error
            },
            _ => error,
        }
    }
}
