//! Follows every account: a loop each, so that one account's trouble does not stop another's.

use super::Sync;
use crate::supervise::supervised;
use desk_model::{AccountId, Change, ProblemCode};
use std::{collections::HashMap, time::Duration};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Longest pause after polls that failed one after the other.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// Longest pause while the network is down: it comes back without telling.
const LONGEST_OFFLINE: Duration = Duration::from_secs(120);

impl Sync {
    /// Follows every account, also those connected later, until `stop`.
    pub fn spawn(&self, tracker: &TaskTracker, stop: CancellationToken) {
        let (sync, loops) = (self.clone(), tracker.clone());
        tracker.spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = supervised("sync", || sync.follow_all(&loops, &stop)) => {}
            }
        });
    }

    /// Starts a loop for each account that has none, and ends those of accounts that are gone.
    async fn follow_all(&self, loops: &TaskTracker, stop: &CancellationToken) {
        let mut changes = self.0.changes.listen();
        // Should this panic, the loops end with it and are begun anew.
        let stop = stop.child_token();
        let _ended_with_this = stop.clone().drop_guard();
        let mut stops: HashMap<AccountId, CancellationToken> = HashMap::new();
        if let Err(problem) = self.forget_strangers().await {
            tracing::warn!(code = ?problem.code, "cases of accounts that are gone stay for now");
        }
        loop {
            match self.0.accounts.list().await {
                Ok(accounts) => {
                    stops.retain(|id, stop| {
                        let stays = accounts.iter().any(|account| account.id == *id);
                        if !stays {
                            stop.cancel();
                        }
                        stays
                    });
                    for account in accounts {
                        stops.entry(account.id.clone()).or_insert_with(|| {
                            let stop = stop.child_token();
                            let (sync, id, token) = (self.clone(), account.id, stop.clone());
                            loops.spawn(async move {
                                supervised("account", || sync.clone().follow(id.clone(), token.clone()))
                                    .await;
                            });
                            stop
                        });
                    }
                }
                Err(error) => {
                    tracing::warn!(cause = error.cause(), "the accounts to follow could not be read");
                }
            }
            loop {
                match changes.recv().await {
                    Ok(Change::Accounts) | Err(RecvError::Lagged(_)) => break,
                    Ok(
                        Change::Cases
                        | Change::Case { .. }
                        | Change::Drafts
                        | Change::Outbox
                        | Change::Disk
                        | Change::Settings
                        | Change::Sync { .. },
                    ) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        }
    }

    async fn follow(self, account: AccountId, stop: CancellationToken) {
        let followed = self.followed(&account);
        let mut failures = 0_u32;
        loop {
            let outcome = tokio::select! {
                () = stop.cancelled() => return,
                outcome = self.sync_account(&account) => outcome,
            };
            failures = if outcome.is_err() { failures.saturating_add(1) } else { 0 };
            let pause = pause(self.usual_pause().await, failures, outcome.err().map(|problem| problem.code));
            tokio::select! {
                () = stop.cancelled() => return,
                () = followed.wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn usual_pause(&self) -> Duration {
        match self.0.pace.poll {
            Some(pause) => pause,
            None => {
                let settings = self.0.settings.get().await.unwrap_or_default();
                Duration::from_secs(u64::from(settings.poll_seconds))
            }
        }
    }
}

/// The pause before the next poll: the usual one, and after failures twice as long each time. Where the user is
/// about to sign in again it stays as it is.
fn pause(usual: Duration, failures: u32, trouble: Option<ProblemCode>) -> Duration {
    let longest = match trouble {
        None
        | Some(
            ProblemCode::Credentials
            | ProblemCode::CredentialsMissing
            | ProblemCode::OtherAccount
            | ProblemCode::CredentialsExpired
            | ProblemCode::Keyring
            | ProblemCode::ApprovalNeeded
            | ProblemCode::CodeNeeded,
        ) => usual,
        Some(ProblemCode::Network | ProblemCode::Proxy | ProblemCode::Certificate) => LONGEST_OFFLINE,
        Some(_) => LONGEST_PAUSE,
    };
    let doubled = usual.saturating_mul(2_u32.saturating_pow(failures.min(16)));
    doubled.min(longest).max(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_with_failures_up_to_a_limit() {
        let minute = Duration::from_secs(60);
        let table = [
            (0, None, 60),
            (1, Some(ProblemCode::Throttled), 120),
            (2, Some(ProblemCode::Throttled), 240),
            (9, Some(ProblemCode::Throttled), 600),
            (u32::MAX, Some(ProblemCode::Service), 600),
            (9, Some(ProblemCode::Network), 120),
            (9, Some(ProblemCode::Proxy), 120),
            (9, Some(ProblemCode::CredentialsExpired), 60),
        ];
        for (failures, trouble, seconds) in table {
            assert_eq!(
                pause(minute, failures, trouble),
                Duration::from_secs(seconds),
                "{failures} {trouble:?}"
            );
        }
        let hour = Duration::from_secs(3600);
        assert_eq!(pause(hour, 3, Some(ProblemCode::Network)), hour, "never shorter than the usual one");
    }
}
