//! The clients of AWS Support: one for each account, made when it is first needed and kept until its credentials fail.

use super::{Account, credentials::Credentials, ownership::Ownership, store::AccountStore};
use desk_aws::{AwsTransport, Provider, Support};
use desk_model::{AccountId, Problem};
use desk_store::StoreError;
use futures_util::{
    FutureExt as _,
    future::{BoxFuture, Shared, WeakShared},
};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The clients of all accounts. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Clients(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: AccountStore,
    credentials: Arc<Credentials>,
    ownership: Ownership,
    transport: AwsTransport,
    slots: Mutex<HashMap<AccountId, Slot>>,
}

/// A client and what it signs with, so that another client of the same credentials can be made.
#[derive(Clone)]
struct Client {
    provider: Provider,
    support: Support,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The SDK's types may show more of credentials than ours do.
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

/// The making of a client, which everybody waits for who needs it meanwhile.
type Making = BoxFuture<'static, Result<Client, Problem>>;

/// The client of one account.
#[derive(Default)]
struct Slot {
    made: Option<Client>,
    /// The making that is under way. It ends with the last one who waits for it.
    making: Option<WeakShared<Making>>,
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").field("made", &self.made).finish_non_exhaustive()
    }
}

impl Slot {
    fn making(&self) -> Option<Shared<Making>> {
        self.making.as_ref().and_then(WeakShared::upgrade)
    }
}

impl Clients {
    pub(super) fn new(
        store: AccountStore,
        credentials: Arc<Credentials>,
        ownership: Ownership,
        transport: AwsTransport,
    ) -> Self {
        Self(Arc::new(Inner { store, credentials, ownership, transport, slots: Mutex::default() }))
    }

    /// The client of an account; the same one until it is discarded. Who asks while it is being made waits for that one:
    /// a program or a person who gives credentials is asked once.
    ///
    /// # Errors
    /// [`desk_model::ProblemCode::NotFound`], where demo and real AWS would meet, or where the credentials have come to
    /// belong to another AWS account.
    pub(super) async fn get(&self, id: &AccountId) -> Result<Support, Problem> {
        let making = {
            let mut slots = self.slots();
            let slot = slots.entry(id.clone()).or_default();
            if let Some(client) = &slot.made {
                return Ok(client.support.clone());
            }
            match slot.making() {
                Some(making) => making,
                None => {
                    let (clients, id) = (self.clone(), id.clone());
                    let making = async move { clients.make(&id).await }.boxed().shared();
                    slot.making = making.downgrade();
                    making
                }
            }
        };
        let made = making.clone().await;
        let mut slots = self.slots();
        let slot = slots.entry(id.clone()).or_default();
        // What was discarded while it was made is not kept.
        if slot.making().is_some_and(|known| known.ptr_eq(&making)) {
            slot.making = None;
            slot.made = made.as_ref().ok().cloned();
        }
        made.map(|client| client.support)
    }

    /// Takes the client of credentials that were just verified.
    pub(super) fn put(&self, account: &Account, provider: Provider, support: Support) {
        let made = Some(Client { provider, support });
        self.slots().insert(account.id.clone(), Slot { made, making: None });
    }

    /// Forgets the client of an account: the next one is made with what the vault and the profiles give then.
    pub(super) fn discard(&self, id: &AccountId) {
        self.slots().remove(id);
    }

    /// Notes the twelve digits of an account. Its client goes on with the same credentials, and from then on shares the
    /// limit of calls with the other accounts of that AWS account.
    pub(super) async fn note_number(&self, id: &AccountId, number: &str) -> Result<(), StoreError> {
        if !self.0.store.set_number(id, number).await? {
            return Ok(());
        }
        let Ok(account) = self.0.store.get(id).await else { return Ok(()) };
        if let Some(client) = self.slots().get_mut(id).and_then(|slot| slot.made.as_mut()) {
            client.support = self.of(&account, &client.provider);
        }
        Ok(())
    }

    /// A client that signs with what `provider` gives; it is not kept.
    pub(super) fn of(&self, account: &Account, provider: &Provider) -> Support {
        Support::of_account(provider.clone(), account.partition, &self.0.transport, account.aws_number())
    }

    async fn make(&self, id: &AccountId) -> Result<Client, Problem> {
        let Inner { store, credentials, ownership, .. } = &*self.0;
        let mut account = store.get(id).await?;
        let provider = credentials.provider(&account).await?;
        credentials.prefetch(&account, &provider).await;
        if let Some(number) = ownership.verify(&account, &provider).await?
            && account.account_number.is_none()
        {
            store.set_number(id, &number).await?;
            account.account_number = Some(number);
        }
        let support = self.of(&account, &provider);
        Ok(Client { provider, support })
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<AccountId, Slot>> {
        // The map is whole whatever panicked while it was held.
        self.0.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
