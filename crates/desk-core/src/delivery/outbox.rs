//! The outbox as its user sees it: what waits, and what can be done about it.

use super::{
    Backoff, OutboxEntry, OutboxId, OutboxKind, Request,
    entries::{self, OpenRow},
    hand_over,
    held_up::is_not_yet_with_eco,
    lanes::{Lane, Load},
    machine::{Event, step},
    state::Withdrawal,
};
use crate::{
    account::Accounts,
    attachment::Attachments,
    catalogue::priority_of,
    draft::{
        DraftContent, DraftId, files,
        rows::{self, DraftRow},
    },
    settings::SettingsRoom,
};
use desk_model::{
    AccountId, CaseKey, Change, Changes, Clock, Millis, Problem, ProblemCode, text::single_line,
};
use desk_store::{Store, StoreError};
use rusqlite::Transaction;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Notify;

/// Told the account in which something new is at AWS.
pub(super) type Sent = Arc<dyn Fn(&AccountId) + Send + Sync>;

/// Everything that changes something at AWS. Cheap to clone.
#[derive(Clone)]
pub struct Outbox(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) store: Store,
    pub(super) accounts: Accounts,
    pub(super) settings: SettingsRoom,
    pub(super) attachments: Attachments,
    pub(super) changes: Changes,
    pub(super) clock: Clock,
    pub(super) backoff: Backoff,
    pub(super) sent: Sent,
    pub(super) woken: Notify,
    /// The cases of which something is being delivered now: one thing at a time in each.
    pub(super) running: Mutex<HashMap<Lane, Load>>,
    /// Entries up to this position were found when the outbox was opened: another copy of this data folder may have
    /// delivered them, whatever they say themselves.
    pub(super) found_up_to: i64,
    /// Drafts that were there when the outbox was opened, or were made of such entries: their ids become the ids of
    /// entries, which the other copy may have delivered too.
    pub(super) found_drafts: Mutex<HashSet<OutboxId>>,
    /// Those of both that were searched for at AWS and are not there.
    pub(super) searched: Mutex<HashSet<OutboxId>>,
    /// When the outbox was opened.
    pub(super) started_at: Millis,
    /// The reports that were told as not yet with ECO.
    pub(super) held_up: Mutex<HashSet<OutboxId>>,
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbox").field("backoff", &self.0.backoff).finish_non_exhaustive()
    }
}

impl Outbox {
    /// Opens the room over an open store; delivers nothing before [`Outbox::spawn`]. `sent` is called after each
    /// delivery.
    ///
    /// # Errors
    /// Where the database cannot be read.
    #[allow(clippy::too_many_arguments)] // One for each room that delivery leans on.
    pub async fn open(
        store: Store,
        accounts: Accounts,
        settings: SettingsRoom,
        attachments: Attachments,
        changes: Changes,
        clock: Clock,
        backoff: Backoff,
        sent: Arc<dyn Fn(&AccountId) + Send + Sync>,
    ) -> Result<Self, StoreError> {
        let (found_up_to, found_drafts) =
            store.desk.read(|desk| Ok((entries::newest_position(desk)?, rows::ids(desk)?))).await?;
        let found_drafts = found_drafts.into_iter().map(|draft| OutboxId(draft.0)).collect();
        let started_at = clock.now();
        Ok(Self(Arc::new(Inner {
            store,
            accounts,
            settings,
            attachments,
            changes,
            clock,
            backoff,
            sent,
            woken: Notify::new(),
            running: Mutex::default(),
            found_up_to,
            found_drafts: Mutex::new(found_drafts),
            searched: Mutex::default(),
            started_at,
            held_up: Mutex::default(),
        })))
    }

    /// What is not delivered yet, in the order of sending.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn list(&self) -> Result<Vec<OutboxEntry>, Problem> {
        let settings = self.0.settings.get().await?;
        let now = self.0.clock.now();
        let listed = self.0.store.desk.read(entries::open).await?;
        let high = self.high_cases(&listed).await?;
        let shown = listed.into_iter().map(|row| {
            let not_yet_with_eco = is_not_yet_with_eco(&row, now);
            let entry = match row {
                OpenRow::Entry(entry) => entry,
                OpenRow::Unreadable(unreadable) => return unreadable.shown(&settings),
            };
            let (withdrawal, has_files) = (entry.withdrawal(), !entry.request.files().is_empty());
            OutboxEntry {
                kind: entry.request.kind(),
                subject: single_line(entry.request.subject()),
                priority: entry.request.severity_code().map(|code| priority_of(code, &settings)),
                files: u32::try_from(entry.request.files().len()).unwrap_or(u32::MAX),
                bytes: entry.request.files().iter().map(|file| file.size).sum(),
                state: entry.state.shown(has_files, high.contains(&entry.id), &self.0.backoff),
                tries: entry.state.tries(),
                editable: withdrawal == Withdrawal::Clean,
                discardable: withdrawal != Withdrawal::Impossible,
                may_be_with_eco: withdrawal == Withdrawal::MayBeThere,
                sent_again: entry.state.sent_again(),
                not_yet_with_eco,
                id: entry.id,
                account: entry.account,
                case: entry.case_key,
                created_at: entry.created_at,
            }
        });
        Ok(shown.collect())
    }

    /// Tries an entry now, or where an answer was lost, looks for it now. One that is on its way goes on.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] where it is delivered or gone; [`ProblemCode::Internal`] where it cannot be read.
    pub async fn retry(&self, id: &OutboxId) -> Result<(), Problem> {
        self.decide(id, Event::RetryRequested).await
    }

    /// Sends an entry again whose answer was lost, with the same reference, although ECO may have it. AWS is asked for it
    /// once more before.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] where its answer is not lost; [`ProblemCode::NotFound`] where it is delivered or gone;
    /// [`ProblemCode::Internal`] where it cannot be read.
    pub async fn send_again(&self, id: &OutboxId) -> Result<(), Problem> {
        self.decide(id, Event::SendAgain).await
    }

    async fn decide(&self, id: &OutboxId, event: Event) -> Result<(), Problem> {
        let now = self.0.clock.now();
        let (wanted, outbox) = (id.clone(), self.clone());
        let key = self
            .0
            .store
            .desk
            .write(move |desk| {
                let mut entry = match entries::get(desk, &wanted)? {
                    Some(OpenRow::Entry(entry)) => entry,
                    Some(OpenRow::Unreadable(unreadable)) => return Ok(Err(unreadable.problem())),
                    None => return Ok(Err(gone())),
                };
                // What the user decides is the same for all priorities.
                let given = entry.given(&outbox, now, false);
                let Some(asked) = step(entry.state.clone(), event, &given) else {
                    let text = "This is not being looked for at AWS any more, so it is not sent again.";
                    return Ok(Err(Problem::new(ProblemCode::Conflict, text)));
                };
                entry.state = asked.state;
                entries::update(desk, &entry)?;
                Ok(Ok(entry.case_key))
            })
            .await?;
        self.tell(&key?);
        self.wake();
        Ok(())
    }

    /// Takes an entry back and makes it a draft again, with its files and its text as it was entered.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] where ECO may have it already, where other entries of its case wait for it, or
    /// where the case has another draft; [`ProblemCode::NotFound`] where it is delivered or gone;
    /// [`ProblemCode::Internal`] where it cannot be read.
    pub async fn edit(&self, id: &OutboxId) -> Result<DraftId, Problem> {
        let now = self.0.clock.now();
        let wanted = id.clone();
        let edited = self.0.store.desk.write(move |desk| edited(desk, &wanted, now)).await?;
        let Edited { draft, key, position } = edited?;
        if position <= self.0.found_up_to {
            self.0.found_drafts.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone());
        }
        self.0.changes.tell(Change::Drafts);
        self.tell(&key);
        Ok(draft)
    }

    /// Throws an entry away, with the copies of its files. It is never sent then, and where its answer was lost, never
    /// again: ECO may have it. One that cannot be read can always go, unless others wait for it: nobody else can end it.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] where it is being requested right now or other entries of its case wait for it;
    /// [`ProblemCode::NotFound`] where it is delivered or gone.
    pub async fn discard(&self, id: &OutboxId) -> Result<(), Problem> {
        let wanted = id.clone();
        let discarded = self
            .0
            .store
            .desk
            .write(move |desk| {
                let row = match removable(desk, &wanted)? {
                    Ok(row) => row,
                    Err(problem) => return Ok(Err(problem)),
                };
                take_out(desk, &row)?;
                Ok(Ok(row))
            })
            .await?;
        let row = discarded?;
        self.tell(row.case_key());
        let staged = match &row {
            OpenRow::Entry(entry) => entry.request.files().iter().map(|file| file.sha256.clone()).collect(),
            OpenRow::Unreadable(unreadable) => unreadable.staged(),
        };
        self.0.attachments.release(staged).await;
        // What stood behind it may go now.
        self.wake();
        Ok(())
    }

    /// Looks at once for what can be sent: an account works again, or something new was submitted.
    pub fn wake(&self) {
        self.0.woken.notify_one();
    }

    /// Tells the views that an entry of a case has changed.
    pub(super) fn tell(&self, key: &CaseKey) {
        for change in [Change::Outbox, Change::Cases, Change::Case { key: key.clone() }] {
            self.0.changes.tell(change);
        }
    }
}

/// The row, where it may be taken out of the outbox.
fn removable(desk: &Transaction<'_>, id: &OutboxId) -> Result<Result<OpenRow, Problem>, StoreError> {
    let Some(row) = entries::get(desk, id)? else { return Ok(Err(gone())) };
    if let OpenRow::Entry(entry) = &row
        && entry.withdrawal() == Withdrawal::Impossible
    {
        return Ok(Err(Problem::new(
            ProblemCode::Conflict,
            "This is being sent right now, and ECO may have it already. Wait until AWS has answered.",
        )));
    }
    if is_report(&row) && entries::others_wait(desk, row.case_key(), id)? {
        return Ok(Err(Problem::new(
            ProblemCode::Conflict,
            "Other messages of this incident wait for its report. Edit or discard them first.",
        )));
    }
    Ok(Ok(row))
}

fn take_out(desk: &Transaction<'_>, row: &OpenRow) -> Result<(), StoreError> {
    entries::delete(desk, row.id())?;
    if is_report(row) {
        hand_over::forget(desk, row.case_key())?;
    }
    Ok(())
}

fn is_report(row: &OpenRow) -> bool {
    let kind = match row {
        OpenRow::Entry(entry) => entry.request.kind(),
        OpenRow::Unreadable(unreadable) => unreadable.kind,
    };
    kind == OutboxKind::Report
}

/// An entry that has become a draft again.
struct Edited {
    draft: DraftId,
    key: CaseKey,
    /// The position that it had.
    position: i64,
}

fn edited(desk: &Transaction<'_>, id: &OutboxId, now: Millis) -> Result<Result<Edited, Problem>, StoreError> {
    let row = match removable(desk, id)? {
        Ok(row) => row,
        Err(problem) => return Ok(Err(problem)),
    };
    let entry = match &row {
        OpenRow::Entry(entry) => entry,
        OpenRow::Unreadable(unreadable) => return Ok(Err(unreadable.problem())),
    };
    if entry.withdrawal() == Withdrawal::MayBeThere {
        return Ok(Err(Problem::new(
            ProblemCode::Conflict,
            "ECO may have this already, and a changed text would come as a second one. Send it again as it is, or discard it and write anew.",
        )));
    }
    let (content, case, created_at) = match &entry.request {
        Request::Report(report) => {
            (DraftContent::Report(report.draft.clone()), None, report.draft_created_at)
        }
        Request::Reply(reply) => {
            (DraftContent::Reply(reply.draft.clone()), Some(entry.case_key.clone()), reply.draft_created_at)
        }
        Request::Resolve(_) => {
            return Ok(Err(Problem::new(
                ProblemCode::Conflict,
                "There is no text to edit in a resolution. Discard it, and resolve the incident later.",
            )));
        }
    };
    if let Some(case) = &case
        && let Some(other) = rows::of_case(desk, case)?
    {
        // The composer of a case makes an empty draft as soon as it is shown; one with a text is kept.
        if !other.is_blank() {
            return Ok(Err(Problem::new(
                ProblemCode::Conflict,
                "There is another draft of a reply in this incident. Send or discard it first.",
            )));
        }
        rows::delete(desk, &other.id)?;
    }
    let draft = DraftRow {
        id: DraftId(entry.id.0.clone()),
        case,
        content,
        is_unreadable: false,
        files: Vec::new(),
        created_at,
        saved_at: now,
    };
    rows::insert(desk, &draft)?;
    files::insert_staged(desk, &draft.id, entry.request.files())?;
    take_out(desk, &row)?;
    Ok(Ok(Edited { draft: draft.id, key: entry.case_key.clone(), position: entry.position }))
}

fn gone() -> Problem {
    Problem::new(ProblemCode::NotFound, "This is no longer in the outbox: it was sent or discarded.")
}
