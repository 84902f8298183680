//! Sign-ins with IAM Identity Center that are under way: begun, waited for, given up.
//!
//! The portal's address and Region → the browser, or a code on any device → the accounts and roles that one is
//! assigned to. Until an account is connected nothing is kept; the tokens never leave the vault and the memory.

mod loopback;
mod types;

use super::credentials::{Tokens, kept_apart};
use data_encoding::BASE64URL_NOPAD;
use desk_aws::{AwsError, AwsTransport, DeviceSignIn, Endpoint, Polled, Portal, Registration};
use desk_model::Field;
use desk_model::{Clock, Millis, Problem, ProblemCode, Secret};
use loopback::Loopback;
use rand::RngExt as _;
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};
pub use types::*;

/// How long the browser is waited for: as long as the code that it brings would be good for a slow person.
const BROWSER_TIMEOUT: Duration = Duration::from_secs(600);

type Outcome = Option<Result<Arc<Tokens>, Problem>>;

/// A sign-in under way; dropping it ends its waiting.
#[derive(Debug)]
struct Pending {
    start_url: String,
    region: String,
    portal: Portal,
    done: watch::Receiver<Outcome>,
    _stop: DropGuard,
}

/// What a complete sign-in gave.
pub(super) struct SignedIn {
    pub(super) start_url: String,
    pub(super) region: String,
    pub(super) tokens: Tokens,
}

/// The sign-ins under way.
#[derive(Debug)]
pub struct SignIns {
    transport: AwsTransport,
    clock: Clock,
    pending: Mutex<HashMap<SignInId, Pending>>,
}

impl SignIns {
    pub(super) fn new(transport: AwsTransport, clock: Clock) -> Self {
        Self { transport, clock, pending: Mutex::default() }
    }

    /// Begins a sign-in at a portal; the page of the answer is to be opened.
    ///
    /// # Errors
    /// What is wrong with the address or the Region, or where IAM Identity Center does not answer.
    pub async fn begin(&self, start_url: &str, region: &str, way: SignInWay) -> Result<SignInBegun, Problem> {
        if matches!(self.transport.endpoint, Endpoint::InProcess(_)) {
            return Err(kept_apart());
        }
        self.transport.endpoint.takes_sign_ins()?;
        let start_url = checked_start_url(start_url)?;
        let region = checked_region(region)?;
        let portal = Portal::new(&region, &self.transport);
        let (finish, done) = watch::channel(None);
        let stop = CancellationToken::new();
        let clock = self.clock.clone();
        let id = SignInId(uuid::Uuid::new_v4().to_string());
        let begun = match way {
            SignInWay::Browser => {
                let loopback = Loopback::bind().await?;
                let client =
                    portal.register(&start_url, true).await.map_err(|error| not_begun(error, &region))?;
                let (verifier, state) = (random(), random());
                let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(verifier.reveal().as_bytes()));
                let page =
                    portal.sign_in_page(&client.client_id, &loopback.address, state.reveal(), &challenge);
                let begun = SignInBegun {
                    id: id.clone(),
                    page,
                    user_code: None,
                    expires_at: clock.now() + millis(BROWSER_TIMEOUT),
                };
                let waiting = by_browser(portal.clone(), client, loopback, state, verifier, clock);
                tokio::spawn(run(waiting, BROWSER_TIMEOUT, finish, stop.clone()));
                begun
            }
            SignInWay::Code => {
                let client =
                    portal.register(&start_url, false).await.map_err(|error| not_begun(error, &region))?;
                let device = portal
                    .begin_device(&client, &start_url)
                    .await
                    .map_err(|error| not_begun(error, &region))?;
                let begun = SignInBegun {
                    id: id.clone(),
                    page: device.page.clone(),
                    user_code: Some(device.user_code.clone()),
                    expires_at: clock.now() + millis(device.lasts),
                };
                let lasts = device.lasts;
                tokio::spawn(run(
                    by_code(portal.clone(), client, device, clock),
                    lasts,
                    finish,
                    stop.clone(),
                ));
                begun
            }
        };
        let pending = Pending { start_url, region, portal, done, _stop: stop.drop_guard() };
        self.pending().insert(id, pending);
        Ok(begun)
    }

    /// Waits until the user has signed in, and answers the accounts that they are assigned to, by name.
    ///
    /// # Errors
    /// Where the user refused, the time is over, or the sign-in was given up.
    pub async fn wait(&self, id: &SignInId) -> Result<Vec<PortalAccount>, Problem> {
        let (mut done, portal) = {
            let all = self.pending();
            let pending = all.get(id).ok_or_else(given_up)?;
            (pending.done.clone(), pending.portal.clone())
        };
        let outcome = done.wait_for(Option::is_some).await.map_err(|_| given_up())?.clone();
        let tokens = outcome.unwrap_or_else(|| Err(given_up()))?;
        let mut accounts: Vec<PortalAccount> = portal
            .accounts(tokens.access())
            .await?
            .into_iter()
            .map(|assigned| PortalAccount { number: assigned.number, name: assigned.name })
            .collect();
        accounts.sort_by(|a, b| (a.name.to_lowercase(), &a.number).cmp(&(b.name.to_lowercase(), &b.number)));
        Ok(accounts)
    }

    /// The roles that the signed-in user may take in an account, by name.
    ///
    /// # Errors
    /// Where the sign-in is not complete, or IAM Identity Center does not answer.
    pub async fn roles(&self, id: &SignInId, number: &str) -> Result<Vec<String>, Problem> {
        let SignedIn { region, tokens, .. } = self.complete(id)?;
        let mut roles = Portal::new(&region, &self.transport).roles(tokens.access(), number).await?;
        roles.sort();
        Ok(roles)
    }

    /// Gives a sign-in up. Whoever waits for it is told.
    pub fn cancel(&self, id: &SignInId) {
        self.pending().remove(id);
    }

    /// What a sign-in gave.
    ///
    /// # Errors
    /// Where it is not complete, or was given up.
    pub(super) fn complete(&self, id: &SignInId) -> Result<SignedIn, Problem> {
        let all = self.pending();
        let pending = all.get(id).ok_or_else(given_up)?;
        let outcome = pending.done.borrow().clone();
        let tokens = outcome.unwrap_or_else(|| Err(given_up()))?;
        Ok(SignedIn {
            start_url: pending.start_url.clone(),
            region: pending.region.clone(),
            tokens: (*tokens).clone(),
        })
    }

    fn pending(&self) -> MutexGuard<'_, HashMap<SignInId, Pending>> {
        // The map is whole whatever panicked while it was held.
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs a sign-in to its end: done, over time, or given up.
async fn run(
    waiting: impl Future<Output = Result<Tokens, Problem>>,
    lasts: Duration,
    finish: watch::Sender<Outcome>,
    stop: CancellationToken,
) {
    let outcome = tokio::select! {
        () = stop.cancelled() => return,
        outcome = tokio::time::timeout(lasts, waiting) => outcome.unwrap_or_else(|_| Err(over())),
    };
    let _ = finish.send(Some(outcome.map(Arc::new)));
}

async fn by_browser(
    portal: Portal,
    client: Registration,
    loopback: Loopback,
    state: Secret,
    verifier: Secret,
    clock: Clock,
) -> Result<Tokens, Problem> {
    let redirect = loopback.address.clone();
    let code = loopback.code(state.reveal()).await?;
    let given = portal.tokens_by_code(&client, &code, &verifier, &redirect).await?;
    Ok(Tokens::new(client, given, clock.now()))
}

async fn by_code(
    portal: Portal,
    client: Registration,
    device: DeviceSignIn,
    clock: Clock,
) -> Result<Tokens, Problem> {
    let mut pause = device.pause;
    loop {
        tokio::time::sleep(pause).await;
        match portal.poll_device(&client, &device).await {
            Ok(Polled::Given(given)) => return Ok(Tokens::new(client, given, clock.now())),
            Ok(Polled::Pending) => {}
            // By five seconds each time (RFC 8628, 3.5).
            Ok(Polled::SlowDown) => pause += Duration::from_secs(5),
            Err(error) => {
                let problem = Problem::from(error);
                // A network that comes and goes does not end the waiting.
                if !problem.retryable {
                    return Err(problem);
                }
            }
        }
    }
}

/// 256 random bits, as text.
fn random() -> Secret {
    let mut bytes = zeroize::Zeroizing::new([0_u8; 32]);
    rand::rng().fill(&mut bytes[..]);
    Secret::new(&zeroize::Zeroizing::new(BASE64URL_NOPAD.encode(&bytes[..])))
}

fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

fn checked_start_url(text: &str) -> Result<String, Problem> {
    // What follows a # is the portal's own page.
    let text = text.trim().split('#').next().unwrap_or_default().trim_end_matches('/');
    let wrong = || {
        Problem::field(
            Field::StartUrl,
            "Enter the address of your AWS access portal, such as https://company.awsapps.com/start.",
        )
    };
    let address: http::Uri = text.parse().map_err(|_| wrong())?;
    let whole =
        address.scheme_str() == Some("https") && address.host().is_some_and(|host| host.contains('.'));
    if whole { Ok(text.to_owned()) } else { Err(wrong()) }
}

fn checked_region(text: &str) -> Result<String, Problem> {
    let text = text.trim().to_lowercase();
    let parts: Vec<&str> = text.split('-').collect();
    let named = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let whole = parts.len() >= 3
        && parts.iter().rev().skip(1).all(named)
        && parts
            .last()
            .is_some_and(|last| !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()));
    if whole {
        Ok(text)
    } else {
        Err(Problem::field(Field::Region, "Enter the Region of the portal, such as eu-west-1."))
    }
}

/// IAM Identity Center says little where the portal is in another Region than was said.
fn not_begun(error: AwsError, region: &str) -> Problem {
    let said = error.message.clone();
    let problem = Problem::from(error);
    if problem.code != ProblemCode::InvalidInput {
        return problem;
    }
    let message = format!(
        "IAM Identity Center does not know this portal in {region} ({said}). Check the address and the Region; whoever gave you access to AWS knows them."
    );
    Problem { field: Some(Field::StartUrl), message, ..problem }
}

fn given_up() -> Problem {
    Problem::new(ProblemCode::NotFound, "This sign-in was given up. Start again.")
}

fn over() -> Problem {
    Problem::new(ProblemCode::CredentialsExpired, "The sign-in was not completed in time. Start again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portals_address_is_taken_as_it_is_pasted() {
        for (pasted, taken) in [
            (" https://norvik.awsapps.com/start/ ", "https://norvik.awsapps.com/start"),
            ("https://norvik.awsapps.com/start#", "https://norvik.awsapps.com/start"),
            (
                "https://d-9067642ac7.awsapps.com/start/#/?tab=accounts",
                "https://d-9067642ac7.awsapps.com/start",
            ),
            ("https://start.home.awsapps.cn/directory/x", "https://start.home.awsapps.cn/directory/x"),
        ] {
            assert_eq!(checked_start_url(pasted).as_deref(), Ok(taken), "{pasted}");
        }
        for wrong in ["", "norvik", "http://norvik.awsapps.com/start", "https://localhost", "javascript:x"] {
            assert!(checked_start_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_region_is_told_from_something_else() {
        for region in ["eu-west-1", " US-GOV-west-1 ", "cn-north-1", "ap-southeast-2"] {
            assert!(checked_region(region).is_ok(), "{region}");
        }
        for wrong in ["", "Ireland", "eu-west", "eu-west-1.evil.example", "eu--1", "1-2-3"] {
            assert!(checked_region(wrong).is_err(), "{wrong}");
        }
    }
}
