//! Client of IAM Identity Center: sign-in (OIDC), assigned accounts and roles, and a role's credentials (portal API).
//!
//! Tokens are returned to the caller, who stores them; the SDK's own token provider would write them into the AWS CLI's
//! cache. Scope, grant types and the address of the sign-in page are those of the AWS CLI.

use super::{
    AwsError, AwsErrorKind, AwsTransport, Endpoint, Page, Pages,
    call::Call,
    convert, hosts,
    support::{ATTEMPT_TIMEOUT, CONNECT_TIMEOUT, READ_ATTEMPTS, to_aws_error},
};
use aws_sdk_sso::Client as PortalClient;
use aws_sdk_ssooidc::{
    Client as OidcClient,
    config::{BehaviorVersion, Region, retry::RetryConfig, timeout::TimeoutConfig},
    error::ProvideErrorMetadata as _,
};
use desk_model::{Partition, Secret, text::single_line};
use std::time::Duration;

/// The OAuth scope: the portal's accounts, roles and credentials.
const SCOPE: &str = "sso:account:access";
const CLIENT_NAME: &str = "ECO Desk";
/// The path of the redirect URI, which is registered without a port: a free one is added at sign-in (RFC 8252, 7.3).
pub const CALLBACK: &str = "/oauth/callback";
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The registration of this program as an OIDC client.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
    /// Seconds since 1970.
    pub expires_at: i64,
}

/// Issued tokens.
#[derive(Debug, Clone)]
pub struct GivenTokens {
    /// The access token.
    pub access: Secret,
    /// The refresh token, if one was issued.
    pub refresh: Option<Secret>,
    /// The lifetime of the access token.
    pub lasts: Duration,
}

/// A device authorization (RFC 8628) that waits for the user.
#[derive(Debug, Clone)]
pub struct DeviceSignIn {
    pub(crate) device_code: Secret,
    /// The user code, which the user compares.
    pub user_code: String,
    /// The URL of the sign-in page, with the user code in it.
    pub page: String,
    /// The lifetime of the code.
    pub lasts: Duration,
    /// The polling interval.
    pub pause: Duration,
}

/// The result of polling for the tokens of a device authorization.
#[derive(Debug)]
pub enum Polled {
    /// The user has allowed the sign-in.
    Given(GivenTokens),
    /// The user has not decided yet.
    Pending,
    /// The user has not decided yet, and polling is too frequent.
    SlowDown,
}

/// An AWS account that the signed-in user is assigned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignedAccount {
    /// Its twelve digits.
    pub number: String,
    /// Its name.
    pub name: String,
}

/// The credentials of a role.
#[derive(Debug, Clone)]
pub(crate) struct RoleKeys {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: Secret,
    pub(crate) session_token: Secret,
    /// Milliseconds since 1970.
    pub(crate) expires_at: i64,
}

/// Client of IAM Identity Center in one Region. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Portal {
    oidc: OidcClient,
    portal: PortalClient,
    region: String,
    /// The base URL of the sign-in page, if it is emulated.
    emulated: Option<String>,
}

impl Portal {
    /// Creates a client for `region`.
    #[must_use]
    pub fn new(region: &str, transport: &AwsTransport) -> Self {
        macro_rules! config {
            ($sdk:ident) => {{
                let mut config = $sdk::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new(region.to_owned()))
                    .retry_config(RetryConfig::standard().with_max_attempts(READ_ATTEMPTS))
                    .timeout_config(
                        TimeoutConfig::builder()
                            .connect_timeout(CONNECT_TIMEOUT)
                            .operation_attempt_timeout(ATTEMPT_TIMEOUT)
                            .build(),
                    );
                config.set_http_client(Some(transport.sign_in()));
                config
            }};
        }
        let emulated = match &transport.endpoint {
            Endpoint::Emulated { sign_in, .. } => Some(sign_in.trim_end_matches('/').to_owned()),
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::InProcess(_) => None,
        };
        // A code or a refresh token can be used once: a retry would fail after a lost response.
        let oidc = config!(aws_sdk_ssooidc).retry_config(RetryConfig::disabled()).build();
        let portal = config!(aws_sdk_sso).build();
        Self {
            oidc: OidcClient::from_conf(oidc),
            portal: PortalClient::from_conf(portal),
            region: region.to_owned(),
            emulated,
        }
    }

    /// Registers this program as an OIDC client. The browser flow needs `start_url` as the issuer of the tokens.
    ///
    /// # Errors
    /// If the service does not respond, or refuses the start URL.
    pub async fn register(&self, start_url: &str, by_browser: bool) -> Result<Registration, AwsError> {
        let call = Call::default();
        let mut asked =
            self.oidc.register_client().client_name(CLIENT_NAME).client_type("public").scopes(SCOPE);
        if by_browser {
            asked = asked
                .grant_types("authorization_code")
                .grant_types("refresh_token")
                .redirect_uris(format!("http://127.0.0.1{CALLBACK}"))
                .issuer_url(start_url);
        } else {
            asked = asked.grant_types(DEVICE_GRANT).grant_types("refresh_token");
        }
        let answer = asked
            .customize()
            .interceptor(call.clone())
            .send()
            .await
            .map_err(to_aws_error("RegisterClient", &call))?;
        Ok(Registration {
            client_id: answer.client_id.unwrap_or_default(),
            client_secret: Secret::new(&answer.client_secret.unwrap_or_default()),
            expires_at: answer.client_secret_expires_at,
        })
    }

    /// Returns the URL of the sign-in page, for the browser.
    pub fn sign_in_page(&self, client_id: &str, redirect: &str, state: &str, challenge: &str) -> String {
        let host = format!("https://{}", hosts::oidc_host(&self.region));
        let base = self.emulated.as_deref().unwrap_or(&host);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", client_id)
            .append_pair("redirect_uri", redirect)
            .append_pair("state", state)
            .append_pair("code_challenge_method", "S256")
            .append_pair("code_challenge", challenge)
            .append_pair("scopes", SCOPE)
            .finish();
        format!("{base}/authorize?{query}")
    }

    /// Exchanges the authorization code, with which the browser was redirected, for tokens.
    ///
    /// # Errors
    /// If the service does not respond, or refuses the code.
    pub async fn tokens_by_code(
        &self,
        client: &Registration,
        code: &Secret,
        verifier: &Secret,
        redirect: &str,
    ) -> Result<GivenTokens, AwsError> {
        let asked = self
            .create_token(client)
            .grant_type("authorization_code")
            .code(code.reveal())
            .code_verifier(verifier.reveal())
            .redirect_uri(redirect);
        Self::request_tokens(asked).await.map_err(|(error, _)| error)
    }

    /// Exchanges a refresh token for new tokens.
    ///
    /// # Errors
    /// If the service does not respond, or the refresh token is no longer valid.
    pub async fn refreshed(&self, client: &Registration, refresh: &Secret) -> Result<GivenTokens, AwsError> {
        let asked = self.create_token(client).grant_type("refresh_token").refresh_token(refresh.reveal());
        Self::request_tokens(asked).await.map_err(|(error, _)| error)
    }

    /// Starts a device authorization.
    ///
    /// # Errors
    /// If the service does not respond, or refuses the start URL.
    pub async fn begin_device(
        &self,
        client: &Registration,
        start_url: &str,
    ) -> Result<DeviceSignIn, AwsError> {
        let call = Call::default();
        let asked = self
            .oidc
            .start_device_authorization()
            .client_id(&client.client_id)
            .client_secret(client.client_secret.reveal())
            .start_url(start_url);
        let answer = asked
            .customize()
            .interceptor(call.clone())
            .send()
            .await
            .map_err(to_aws_error("StartDeviceAuthorization", &call))?;
        Ok(DeviceSignIn {
            device_code: Secret::new(&answer.device_code.unwrap_or_default()),
            user_code: answer.user_code.unwrap_or_default(),
            page: answer.verification_uri_complete.or(answer.verification_uri).unwrap_or_default(),
            lasts: seconds(answer.expires_in),
            // The model's default (RFC 8628, 3.2).
            pause: if answer.interval > 0 { seconds(answer.interval) } else { Duration::from_secs(5) },
        })
    }

    /// Polls for the tokens of a device authorization.
    ///
    /// # Errors
    /// If the service does not respond, or the user has refused or let the code expire.
    pub async fn poll_device(
        &self,
        client: &Registration,
        device: &DeviceSignIn,
    ) -> Result<Polled, AwsError> {
        let asked =
            self.create_token(client).grant_type(DEVICE_GRANT).device_code(device.device_code.reveal());
        match Self::request_tokens(asked).await {
            Ok(tokens) => Ok(Polled::Given(tokens)),
            Err((_, Some("AuthorizationPendingException"))) => Ok(Polled::Pending),
            Err((_, Some("SlowDownException"))) => Ok(Polled::SlowDown),
            Err((error, _)) => Err(error),
        }
    }

    /// Lists the accounts that the signed-in user is assigned to.
    ///
    /// # Errors
    /// If the portal does not respond, or the token is no longer valid.
    pub async fn accounts(&self, access: &Secret) -> Result<Vec<AssignedAccount>, AwsError> {
        let fetch = |token| async move {
            let call = Call::default();
            let asked = self.portal.list_accounts().access_token(access.reveal()).max_results(100);
            let answer = asked
                .set_next_token(token)
                .customize()
                .interceptor(call.clone())
                .send()
                .await
                .map_err(to_aws_error("ListAccounts", &call))?;
            let items = answer.account_list.unwrap_or_default().into_iter().map(|account| {
                let number = account.account_id.unwrap_or_default();
                let name = account.account_name.map_or_else(|| number.clone(), |name| single_line(&name));
                AssignedAccount { number, name }
            });
            Ok(page(items.collect(), answer.next_token))
        };
        Ok(Pages::of("ListAccounts", fetch).all().await?.items)
    }

    /// Lists the roles (permission sets) that the signed-in user is assigned in an account.
    ///
    /// # Errors
    /// If the portal does not respond, or the token is no longer valid.
    pub async fn roles(&self, access: &Secret, account: &str) -> Result<Vec<String>, AwsError> {
        let fetch = |token| async move {
            let call = Call::default();
            let asked = self.portal.list_account_roles().access_token(access.reveal()).account_id(account);
            let answer = asked
                .max_results(100)
                .set_next_token(token)
                .customize()
                .interceptor(call.clone())
                .send()
                .await
                .map_err(to_aws_error("ListAccountRoles", &call))?;
            let roles = answer.role_list.unwrap_or_default();
            Ok(page(roles.into_iter().filter_map(|role| role.role_name).collect(), answer.next_token))
        };
        Ok(Pages::of("ListAccountRoles", fetch).all().await?.items)
    }

    /// Fetches the credentials of a role.
    pub(crate) async fn role_keys(
        &self,
        access: &Secret,
        account: &str,
        role: &str,
    ) -> Result<RoleKeys, AwsError> {
        let call = Call::default();
        let asked = self
            .portal
            .get_role_credentials()
            .access_token(access.reveal())
            .account_id(account)
            .role_name(role);
        let answer = asked
            .customize()
            .interceptor(call.clone())
            .send()
            .await
            .map_err(to_aws_error("GetRoleCredentials", &call))?;
        let keys = answer.role_credentials.ok_or_else(|| AwsError {
            operation: "GetRoleCredentials",
            kind: AwsErrorKind::Service,
            message: "the answer has no credentials".to_owned(),
            request_id: None,
        })?;
        Ok(RoleKeys {
            access_key_id: keys.access_key_id.unwrap_or_default(),
            secret_access_key: Secret::new(&keys.secret_access_key.unwrap_or_default()),
            session_token: Secret::new(&keys.session_token.unwrap_or_default()),
            expires_at: keys.expiration,
        })
    }

    /// Ends the session at AWS.
    ///
    /// # Errors
    /// If the portal does not respond.
    pub async fn log_out(&self, access: &Secret) -> Result<(), AwsError> {
        let call = Call::default();
        let asked = self.portal.logout().access_token(access.reveal());
        asked.customize().interceptor(call.clone()).send().await.map_err(to_aws_error("Logout", &call))?;
        Ok(())
    }

    /// Returns the partition of the Region.
    pub fn partition(&self) -> Partition {
        hosts::partition_of_region(&self.region)
    }

    fn create_token(
        &self,
        client: &Registration,
    ) -> aws_sdk_ssooidc::operation::create_token::builders::CreateTokenFluentBuilder {
        self.oidc.create_token().client_id(&client.client_id).client_secret(client.client_secret.reveal())
    }

    /// Sends a token request; the error has AWS's code if polling needs it.
    async fn request_tokens(
        asked: aws_sdk_ssooidc::operation::create_token::builders::CreateTokenFluentBuilder,
    ) -> Result<GivenTokens, (AwsError, Option<&'static str>)> {
        let call = Call::default();
        let answer = asked.customize().interceptor(call.clone()).send().await.map_err(|error| {
            let code = error.code().and_then(|code| {
                ["AuthorizationPendingException", "SlowDownException"]
                    .into_iter()
                    .find(|known| *known == code)
            });
            (to_aws_error("CreateToken", &call)(error), code)
        })?;
        Ok(GivenTokens {
            access: Secret::new(&answer.access_token.unwrap_or_default()),
            refresh: answer.refresh_token.map(|token| Secret::new(&token)).filter(|token| !token.is_empty()),
            lasts: seconds(answer.expires_in),
        })
    }
}

fn page<T>(items: Vec<T>, next: Option<String>) -> Page<T> {
    Page { items, unreadable: Vec::new(), next: convert::token(next) }
}

fn seconds(count: i32) -> Duration {
    Duration::from_secs(u64::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::assert_not_impl;

    assert_not_impl!(Registration: serde::Serialize, std::fmt::Display);
    assert_not_impl!(GivenTokens: serde::Serialize, std::fmt::Display);
    assert_not_impl!(DeviceSignIn: serde::Serialize, std::fmt::Display);
    assert_not_impl!(RoleKeys: serde::Serialize, std::fmt::Display);

    #[test]
    fn what_is_given_is_not_printed() {
        let secret = || Secret::new("wJalrXUtnFEMI");
        let client = Registration { client_id: "id".to_owned(), client_secret: secret(), expires_at: 0 };
        let tokens = GivenTokens { access: secret(), refresh: Some(secret()), lasts: Duration::ZERO };
        let keys = RoleKeys {
            access_key_id: "ASIA".to_owned(),
            secret_access_key: secret(),
            session_token: secret(),
            expires_at: 0,
        };
        let printed = format!("{client:?} {tokens:#?} {keys:?}");
        assert!(!printed.contains("wJal") && printed.contains("Secret("), "{printed}");
    }
}
