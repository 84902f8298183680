//! Copies the news from the mirror's queue into `desk.db`, where all readers read them.
//!
//! First the copy, then the drop from the queue, each in a transaction of its own file. A kill in between copies again,
//! and what was copied is known by its key.

use super::{
    news,
    notifier::{Notifier, READER},
};
use crate::{
    account::store::ids,
    case::marks,
    delivery::{entries, rating},
    draft::rows as drafts,
    mirror::{
        events::{self, QueuedEvent},
        former_keys::{self, Rekeyed},
    },
};
use desk_model::{CaseKey, DAY, Millis};
use desk_store::StoreError;
use rusqlite::Transaction;

/// How long news are kept.
const KEPT: Millis = 90 * DAY;
/// Most events that are copied in one transaction.
const AT_ONCE: u32 = 500;

/// Lets what one room keeps of a case in `desk.db` follow to another key.
type Rekey = fn(&Transaction<'_>, &CaseKey, &CaseKey) -> Result<(), StoreError>;

/// What `desk.db` keeps of a case by its key and that follows it to another one.
const FOLLOWS_A_CASE: [Rekey; 5] =
    [news::rekey, marks::rekey, rating::rekey, drafts::rekey_reply, entries::rekey];

/// What a look at both files has found.
struct Found {
    /// The oldest events of the queue.
    queued: Vec<QueuedEvent>,
    /// The cases that got another key.
    rekeyed: Vec<Rekeyed>,
    /// The name of the mirror file.
    generation: String,
    /// Whether something in `desk.db` is too old.
    has_old: bool,
}

impl Notifier {
    /// Copies what is in the mirror's queue, and deletes what is too old.
    pub(super) async fn collect(&self) -> Result<(), StoreError> {
        loop {
            let oldest = self.clock.now() - KEPT;
            let found = self.store.cases.read(move |sqlite| {
                Ok(Found {
                    queued: events::queued(sqlite, AT_ONCE)?,
                    rekeyed: former_keys::queued(sqlite)?,
                    generation: events::generation(sqlite)?,
                    has_old: news::has_older(sqlite, oldest)?,
                })
            });
            let found = found.await?;
            let Found { queued, rekeyed, generation, has_old } = found;
            let last = queued.last().map(|event| event.id);
            if last.is_none() && rekeyed.is_empty() && !has_old {
                return Ok(());
            }
            let followed = rekeyed.clone();
            self.store
                .desk
                .write(move |tx| {
                    copy(tx, &queued, &generation)?;
                    for Rekeyed { former, key } in &rekeyed {
                        for follow in FOLLOWS_A_CASE {
                            follow(tx, former, key)?;
                        }
                    }
                    news::delete_older(tx, oldest)
                })
                .await?;
            self.store
                .cases
                .write(move |tx| {
                    events::drop_up_to(tx, last.unwrap_or(0))?;
                    followed.iter().try_for_each(|rekeyed| former_keys::drop_one(tx, rekeyed))
                })
                .await?;
        }
    }
}

fn copy(tx: &Transaction<'_>, queued: &[QueuedEvent], generation: &str) -> Result<(), StoreError> {
    let connected = ids(tx)?;
    let former = news::former_cursor(tx, READER)?;
    for event in queued.iter().filter(|event| connected.contains(&event.account)) {
        let position = news::put(tx, event)?;
        // What an earlier version wrote, its reader may have told.
        let is_told = event.is_unkeyed()
            && former.as_ref().is_some_and(|(file, up_to)| file != generation || event.id <= *up_to);
        if is_told {
            news::pass(tx, READER, position)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{notify::EventKind, settings::SettingsRoom};
    use desk_model::{Changes, Clock};
    use desk_store::Store;
    use rusqlite::Connection;
    use std::path::Path;

    /// A data folder as earlier versions left it: three events and one of a first sync, of which two were told.
    fn of_an_earlier_version(folder: &Path, now: Millis) {
        let cases = Connection::open(folder.join("cases.db")).unwrap();
        for schema in [
            include_str!("../../../desk-store/src/cases.sql"),
            include_str!("../../../desk-store/src/correspondence.sql"),
        ] {
            cases.execute_batch(schema).unwrap();
        }
        cases.pragma_update(None, "user_version", 2).unwrap();
        cases
            .execute_batch(
                "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code, category_code,
                     severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at)
                 VALUES ('c', 'a', 'i', 'i', 'Disk full', 'opened', 's', 'c', 'high', '[]', 1, 1, 0, 1, 1)",
            )
            .unwrap();
        for (excerpt, baseline) in [("old", true), ("one", false), ("two", false), ("three", false)] {
            let kind = EventKind::Message { by_eco: true, excerpt: excerpt.to_owned() };
            cases
                .execute(
                    "INSERT INTO event (at, account, case_key, kind, baseline) VALUES (?1, 'a', 'c', ?2, ?3)",
                    rusqlite::params![now, serde_json::to_string(&kind).unwrap(), baseline],
                )
                .unwrap();
        }
        let generation: String =
            cases.query_row("SELECT generation FROM mirror", [], |row| row.get(0)).unwrap();
        let desk = Connection::open(folder.join("desk.db")).unwrap();
        for schema in [
            include_str!("../../../desk-store/src/desk.sql"),
            include_str!("../../../desk-store/src/sealed.sql"),
            include_str!("../../../desk-store/src/trust.sql"),
        ] {
            desk.execute_batch(schema).unwrap();
        }
        desk.pragma_update(None, "user_version", 3).unwrap();
        desk.execute_batch(
            "INSERT INTO account (id, position, name, colour, source, partition, connection, seen_at)
             VALUES ('a', 1, 'A', 0, '{}', '\"aws\"', '{}', 0);
             INSERT INTO case_link (case_key, account, canonical_id) VALUES ('c', 'a', 'i'), ('gone', 'b', 'j');
             INSERT INTO catalogue (account, what, value, fetched_at) VALUES ('a', 'services', '[]', 1);
             INSERT INTO read_mark (case_key, seen_at) VALUES ('c', 1), ('d', 1)",
        )
        .unwrap();
        desk.execute(
            "INSERT INTO cursor (reader, generation, position) VALUES ('notify', ?1, 3)",
            [generation],
        )
        .unwrap();
    }

    #[tokio::test]
    async fn an_update_of_the_program_repeats_no_notification_and_loses_none() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::stepped(1_000_000_000_000);
        of_an_earlier_version(folder.path(), clock.now());
        let store = Store::open(folder.path()).await.unwrap().store;
        let settings = SettingsRoom::new(store.desk.clone(), Changes::default());
        let notifier = Notifier::new(store.clone(), settings, clock);
        let due = notifier.due().await.unwrap();
        let told: Vec<&str> = due.notifications.iter().map(|told| told.body.as_str()).collect();
        assert_eq!(told, ["three\nA · Medium priority"]);
        notifier.shown(&due).await.unwrap();
        assert!(notifier.due().await.unwrap().is_nothing());
        let kept: Vec<EventKind> =
            notifier.recent(10).await.unwrap().into_iter().map(|event| event.event).collect();
        let message = |excerpt: &str| EventKind::Message { by_eco: true, excerpt: excerpt.to_owned() };
        assert_eq!(kept, ["three", "two", "one"].map(message));
        let owners = store.desk.read(|desk| {
            let mut select = desk.prepare(
                "SELECT case_key, account FROM read_mark UNION ALL SELECT case_key, account FROM case_link",
            )?;
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<Vec<(String, Option<String>)>, _>>()?)
        });
        let owner = |case: &str, account: Option<&str>| (case.to_owned(), account.map(str::to_owned));
        assert_eq!(owners.await.unwrap(), [owner("c", Some("a")), owner("d", None), owner("c", Some("a"))]);
        store.close().await;
    }
}
