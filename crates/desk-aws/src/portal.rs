//! IAM Identity Center: signing in (OIDC), what one is assigned to, and the credentials of a role (portal API).
//!
//! Tokens pass through here and are kept by whoever asks; the SDK's own token provider would write them into the AWS
//! CLI's cache. Scope, grant types and the address of the sign-in page are those of the AWS CLI.

use super::{
    AwsError, AwsErrorKind, AwsTransport, Endpoint, Page, Pages,
    call::Call,
    convert, hosts,
    support::{ATTEMPT, CONNECT, READ_ATTEMPTS, failed},
};
use aws_sdk_sso::Client as PortalClient;
use aws_sdk_ssooidc::{
    Client as OidcClient,
    config::{BehaviorVersion, Region, retry::RetryConfig, timeout::TimeoutConfig},
    error::ProvideErrorMetadata as _,
};
use desk_model::{Partition, Secret, text::single_line};
use std::time::Duration;

/// What a token is good for: the portal's accounts, roles and credentials.
const SCOPE: &str = "sso:account:access";
const CLIENT_NAME: &str = "ECO Desk";
/// Registered without a port: the one that is free is added when signing in (RFC 8252, 7.3).
pub const CALLBACK: &str = "/oauth/callback";
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A program that may ask for tokens.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
    /// Seconds since 1970.
    pub expires_at: i64,
}

/// Tokens as they were given.
#[derive(Debug, Clone)]
pub struct GivenTokens {
    /// The access token.
    pub access: Secret,
    /// The refresh token, where one was given.
    pub refresh: Option<Secret>,
    /// How long the access token is good.
    pub lasts: Duration,
}

/// A sign-in on any device, by a code that people compare.
#[derive(Debug, Clone)]
pub struct DeviceSignIn {
    pub(crate) device_code: Secret,
    /// The code that people compare.
    pub user_code: String,
    /// The page, with the code in it.
    pub page: String,
    /// How long the code is good.
    pub lasts: Duration,
    /// The pause between two questions for the tokens.
    pub pause: Duration,
}

/// What became of a question for the tokens of a device sign-in.
#[derive(Debug)]
pub enum Polled {
    /// The user has agreed.
    Given(GivenTokens),
    /// Nobody has agreed yet.
    Pending,
    /// Nobody has agreed yet, and the questions come too fast.
    SlowDown,
}

/// An account that one is assigned to.
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

/// IAM Identity Center in one Region. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Portal {
    oidc: OidcClient,
    portal: PortalClient,
    region: String,
    /// Where the sign-in page is, where it is emulated.
    emulated: Option<String>,
}

impl Portal {
    /// The portal in `region`.
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
                            .connect_timeout(CONNECT)
                            .operation_attempt_timeout(ATTEMPT)
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
        // A code or a refresh token is good once: a repeated request would spend it.
        let oidc = config!(aws_sdk_ssooidc).retry_config(RetryConfig::disabled()).build();
        let portal = config!(aws_sdk_sso).build();
        Self {
            oidc: OidcClient::from_conf(oidc),
            portal: PortalClient::from_conf(portal),
            region: region.to_owned(),
            emulated,
        }
    }

    /// Makes this program known. For the browser's way `start_url` is needed: it names who issues the tokens.
    ///
    /// # Errors
    /// How the call failed.
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
            .map_err(failed("RegisterClient", &call))?;
        Ok(Registration {
            client_id: answer.client_id.unwrap_or_default(),
            client_secret: Secret::new(&answer.client_secret.unwrap_or_default()),
            expires_at: answer.client_secret_expires_at,
        })
    }

    /// The address of the sign-in page, for the browser.
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

    /// The tokens for the code that the browser came back with.
    ///
    /// # Errors
    /// How the call failed.
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
        Self::given(asked).await.map_err(|(error, _)| error)
    }

    /// New tokens for a refresh token.
    ///
    /// # Errors
    /// How the call failed.
    pub async fn refreshed(&self, client: &Registration, refresh: &Secret) -> Result<GivenTokens, AwsError> {
        let asked = self.create_token(client).grant_type("refresh_token").refresh_token(refresh.reveal());
        Self::given(asked).await.map_err(|(error, _)| error)
    }

    /// Begins a sign-in by a code that people compare.
    ///
    /// # Errors
    /// How the call failed.
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
            .map_err(failed("StartDeviceAuthorization", &call))?;
        Ok(DeviceSignIn {
            device_code: Secret::new(&answer.device_code.unwrap_or_default()),
            user_code: answer.user_code.unwrap_or_default(),
            page: answer.verification_uri_complete.or(answer.verification_uri).unwrap_or_default(),
            lasts: seconds(answer.expires_in),
            // The model's default (RFC 8628, 3.2).
            pause: if answer.interval > 0 { seconds(answer.interval) } else { Duration::from_secs(5) },
        })
    }

    /// Asks whether the device sign-in has been allowed.
    ///
    /// # Errors
    /// How the call failed.
    pub async fn poll_device(
        &self,
        client: &Registration,
        device: &DeviceSignIn,
    ) -> Result<Polled, AwsError> {
        let asked =
            self.create_token(client).grant_type(DEVICE_GRANT).device_code(device.device_code.reveal());
        match Self::given(asked).await {
            Ok(given) => Ok(Polled::Given(given)),
            Err((_, Some("AuthorizationPendingException"))) => Ok(Polled::Pending),
            Err((_, Some("SlowDownException"))) => Ok(Polled::SlowDown),
            Err((error, _)) => Err(error),
        }
    }

    /// The accounts that the signed-in user is assigned to.
    ///
    /// # Errors
    /// How the call failed.
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
                .map_err(failed("ListAccounts", &call))?;
            let items = answer.account_list.unwrap_or_default().into_iter().map(|account| {
                let number = account.account_id.unwrap_or_default();
                let name = account.account_name.map_or_else(|| number.clone(), |name| single_line(&name));
                AssignedAccount { number, name }
            });
            Ok(page(items.collect(), answer.next_token))
        };
        Ok(Pages::of("ListAccounts", fetch).all().await?.items)
    }

    /// The permission sets of an account that the signed-in user may take.
    ///
    /// # Errors
    /// How the call failed.
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
                .map_err(failed("ListAccountRoles", &call))?;
            let roles = answer.role_list.unwrap_or_default();
            Ok(page(roles.into_iter().filter_map(|role| role.role_name).collect(), answer.next_token))
        };
        Ok(Pages::of("ListAccountRoles", fetch).all().await?.items)
    }

    /// The credentials of a role.
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
            .map_err(failed("GetRoleCredentials", &call))?;
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
    /// How the call failed.
    pub async fn log_out(&self, access: &Secret) -> Result<(), AwsError> {
        let call = Call::default();
        let asked = self.portal.logout().access_token(access.reveal());
        asked.customize().interceptor(call.clone()).send().await.map_err(failed("Logout", &call))?;
        Ok(())
    }

    /// The partition that this Region is in.
    pub fn partition(&self) -> Partition {
        hosts::partition_of_region(&self.region)
    }

    fn create_token(
        &self,
        client: &Registration,
    ) -> aws_sdk_ssooidc::operation::create_token::builders::CreateTokenFluentBuilder {
        self.oidc.create_token().client_id(&client.client_id).client_secret(client.client_secret.reveal())
    }

    /// The tokens, or why not, with AWS's code where polling needs it.
    async fn given(
        asked: aws_sdk_ssooidc::operation::create_token::builders::CreateTokenFluentBuilder,
    ) -> Result<GivenTokens, (AwsError, Option<&'static str>)> {
        let call = Call::default();
        let answer = asked.customize().interceptor(call.clone()).send().await.map_err(|error| {
            let code = error.code().and_then(|code| {
                ["AuthorizationPendingException", "SlowDownException"]
                    .into_iter()
                    .find(|known| *known == code)
            });
            (failed("CreateToken", &call)(error), code)
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

fn seconds(given: i32) -> Duration {
    Duration::from_secs(u64::try_from(given).unwrap_or(0))
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
