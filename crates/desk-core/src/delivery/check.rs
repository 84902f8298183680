//! Looks at AWS for what may be there already, by the reference in the text: after a lost answer, and before the first
//! request for an entry that another copy of this data folder may have sent.

use super::{
    Outbox, OutboxState, Request,
    entries::{self, Entry},
    finish::Done,
    verdict::{Trouble, concerns_account},
};
use crate::{
    mirror::is_eco,
    report::{carries, is_text},
};
use desk_aws::{AwsError, AwsErrorKind, CaseRecord, CasesFilter, CommunicationRecord, Pages, Support};
use desk_model::{HOUR, Millis, Problem, ProblemCode, Reference};
use desk_store::StoreError;
use std::sync::PoisonError;

/// How far before the request is looked: AWS's own clocks may differ a little.
const BEFORE: Millis = HOUR;
/// How many communications come with a case: of so many the first may be older than these.
const RECENT: usize = 5;

/// What AWS has of an entry.
enum Looked {
    /// It is there.
    Found(Done),
    /// It is not there.
    Absent,
    /// Something is there that may be it, and its text cannot be seen yet.
    Undecided,
}

impl Outbox {
    /// Looks for what a lost answer left open. `None` where that is still open, or AWS does not have it and the
    /// entry is queued again.
    pub(super) async fn look(&self, entry: &mut Entry, since: Millis) -> Result<Option<Done>, Trouble> {
        let looked = self.looked(entry).await;
        let now = self.0.clock.now();
        // A clock that was set back begins the wait anew.
        let since = since.min(now);
        let (is_absent, waited) = match looked {
            Ok((Looked::Found(done), _)) => return Ok(Some(done)),
            // One answer's date may be far ahead, so as much time must have passed here; and this computer's clock may
            // have been set, so as much must have passed at AWS.
            Ok((Looked::Absent, waited)) => (true, waited.min(now - since)),
            Ok((Looked::Undecided, waited)) => (false, waited.min(now - since)),
            Err(trouble) => {
                let problem = match trouble {
                    Trouble::Store(error) => return Err(Trouble::Store(error)),
                    Trouble::Told(problem) => problem,
                    Trouble::Aws(error) | Trouble::Lost(error) => {
                        let concerns_account = concerns_account(error.kind);
                        let problem = Problem::from(error);
                        if concerns_account {
                            self.0.accounts.note_outcome(&entry.account, Err(&problem)).await;
                        }
                        problem
                    }
                };
                tracing::warn!(code = ?problem.code, "AWS could not be asked for a lost answer");
                // Until AWS has been asked, nothing is sent, however long that takes.
                let next_check_at = now + self.0.pace.next_look((now - since).max(0));
                entry.state = OutboxState::Checking { since, next_check_at };
                self.save(entry).await?;
                return Ok(None);
            }
        };
        if is_absent && waited >= self.0.pace.settled_after() {
            // AWS was asked after all that time and has nothing: the request never arrived.
            entry.payload.progress.look_from = entry.attempted_at.take();
            entry.payload.progress.requested_at = None;
            entry.state = OutboxState::Queued;
        } else {
            let next_check_at = now + self.0.pace.next_look(waited.max(0));
            entry.state = OutboxState::Checking { since, next_check_at };
        }
        self.save(entry).await?;
        Ok(None)
    }

    /// Looks for an entry that this process has not put into the outbox, before its first request: the data folder may
    /// be a copy, from a backup or a snapshot, of one that has delivered it. Where listing cases is not permitted, it is sent without looking.
    pub(super) async fn look_before_first_request(
        &self,
        entry: &Entry,
        support: &Support,
    ) -> Result<Option<Done>, Trouble> {
        if entry.body.is_none() || self.looked_for().contains(&entry.id) {
            return Ok(None);
        }
        if entry.position > self.0.found_up_to {
            return Ok(self.look_for_found_draft(entry, support).await?);
        }
        // This computer's clock may have been ahead when the entry was made.
        let from = entry.created_at.min(support.server_time().await?);
        match self.find(entry, support, from, Sameness::Reference).await {
            Ok(Looked::Found(done)) => {
                tracing::info!("an entry that was found at the start is at AWS already");
                return Ok(Some(done));
            }
            Ok(Looked::Absent) => {}
            Ok(Looked::Undecided) => {
                let text = "AWS lists an incident that may be this one and does not show its text yet. It is looked at again.";
                return Err(Trouble::Told(Problem::new(ProblemCode::Service, text).retryable()));
            }
            Err(Trouble::Aws(error)) if error.kind == AwsErrorKind::AccessDenied => {
                tracing::warn!(code = ?error.kind, "an entry that was found at the start cannot be looked for");
            }
            Err(trouble) => return Err(trouble),
        }
        self.looked_for().insert(entry.id.clone());
        Ok(None)
    }

    /// As [`Outbox::look_before_first_request`], for an entry that was a draft when this process started: the other copy
    /// may have submitted it. Nothing waits for this: the user has submitted it now, and where it was changed since then,
    /// it is something new.
    async fn look_for_found_draft(
        &self,
        entry: &Entry,
        support: &Support,
    ) -> Result<Option<Done>, StoreError> {
        if !self.0.found_drafts.lock().unwrap_or_else(PoisonError::into_inner).contains(&entry.id) {
            return Ok(None);
        }
        let id = entry.id.clone();
        let files = self.0.store.desk.read(move |desk| Ok(entries::files(desk, &id)?.len())).await?;
        // This computer's clock may have been ahead when the draft was begun.
        let now = support.server_time().await.unwrap_or(entry.created_at);
        let from = entry.payload.draft_created_at().unwrap_or(now).min(entry.created_at).min(now);
        let done = match self.find(entry, support, from, Sameness::Unchanged { files }).await {
            Ok(Looked::Found(done)) => {
                tracing::info!("a draft that was found at the start is at AWS already");
                Some(done)
            }
            Ok(Looked::Absent | Looked::Undecided) => None,
            Err(Trouble::Store(error)) => return Err(error),
            Err(Trouble::Aws(AwsError { kind, .. }) | Trouble::Lost(AwsError { kind, .. })) => {
                tracing::warn!(code = ?kind, "a draft that was found at the start cannot be looked for");
                None
            }
            Err(Trouble::Told(problem)) => {
                tracing::warn!(code = ?problem.code, "a draft that was found at the start cannot be looked for");
                None
            }
        };
        if done.is_none() {
            self.looked_for().insert(entry.id.clone());
        }
        Ok(done)
    }

    fn looked_for(&self) -> std::sync::MutexGuard<'_, std::collections::HashSet<super::OutboxId>> {
        // The set is whole whatever panicked while it was held.
        self.0.looked_for.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What AWS has, and how long after the last request it was asked, by AWS's own clock.
    async fn looked(&self, entry: &Entry) -> Result<(Looked, Millis), Trouble> {
        let support = self.0.accounts.support(&entry.account).await?;
        let asked_at = support.server_time().await?;
        let attempted_at = entry.attempted_at.unwrap_or(asked_at);
        let waited = asked_at - entry.payload.progress.requested_at.unwrap_or(attempted_at);
        // Any of the three may come from a clock that is ahead; none is later than the request but by that.
        let from = attempted_at.min(asked_at).min(entry.created_at);
        Ok((self.find(entry, &support, from, Sameness::Reference).await?, waited))
    }

    /// Looks for an entry among what was said since an hour before `from`.
    async fn find(
        &self,
        entry: &Entry,
        support: &Support,
        from: Millis,
        sameness: Sameness,
    ) -> Result<Looked, Trouble> {
        let since = from - BEFORE;
        let wanted = Wanted {
            subject: &entry.subject,
            body: entry.body.as_deref().unwrap_or_default(),
            reference: entry.reference(),
            sameness,
        };
        match &entry.payload.request {
            Request::Report(_) => Ok(find_case(support, &wanted, since).await?),
            Request::Reply(_) => {
                let case_id = self.case_id(entry).await?;
                Ok(find_communication(support, &case_id, &wanted, since).await?)
            }
            // Resolving again does no harm: there is nothing to look for.
            Request::Resolve => Ok(Looked::Absent),
        }
    }
}

/// What is looked for.
struct Wanted<'a> {
    subject: &'a str,
    body: &'a str,
    reference: Reference,
    sameness: Sameness,
}

/// What makes a communication the one that is looked for.
#[derive(Debug, Clone, Copy)]
enum Sameness {
    /// Its reference, below the text that it was sent with: nothing else was ever sent with it.
    Reference,
    /// All of its text and as many files: a draft may have been changed since it was sent with the same reference.
    Unchanged { files: usize },
}

impl Wanted<'_> {
    /// Whether a communication is what was sent, and not one that quotes it.
    fn is(&self, communication: &CommunicationRecord) -> bool {
        let is_same = match self.sameness {
            Sameness::Reference => true,
            Sameness::Unchanged { files } => {
                is_text(&communication.body, self.body) && communication.attachments.len() == files
            }
        };
        is_same
            && !is_eco(&communication.submitted_by)
            && carries(&communication.body, self.body, &self.reference)
    }

    /// Whether a case of this subject can be the one that is wanted.
    fn may_be_called(&self, subject: &str) -> bool {
        match self.sameness {
            Sameness::Reference => true,
            Sameness::Unchanged { .. } => subject.trim() == self.subject.trim(),
        }
    }

    fn is_among(&self, communications: &[CommunicationRecord]) -> bool {
        communications.iter().any(|communication| self.is(communication))
    }
}

/// The case that was created with this text since `since`, if AWS lists it.
///
/// `afterTime` only makes the answer shorter. Whether AWS takes it for a filter on cases or on communications, a case that
/// was created since then is in it; older ones that are in it too are left out here.
async fn find_case(support: &Support, wanted: &Wanted<'_>, since: Millis) -> Result<Looked, AwsError> {
    let filter = CasesFilter {
        after: Some(since),
        include_resolved: true,
        include_communications: true,
        ..CasesFilter::default()
    };
    let mut undecided = false;
    let mut pages = Pages::of("DescribeCases", |token| support.describe_cases(&filter, token));
    while let Some(page) = pages.next().await? {
        for case in page.items {
            // 1970 stands for a time that could not be read.
            if case.created_at > 0 && case.created_at < since {
                continue;
            }
            match begins_with(support, &case, wanted).await? {
                Begins::With if wanted.may_be_called(&case.subject) => {
                    return Ok(created(case.case_id, case.created_at));
                }
                Begins::With => {}
                Begins::Otherwise => {}
                // Only what can be it keeps the answer open.
                Begins::Unseen => undecided |= case.subject.trim() == wanted.subject.trim(),
            }
        }
        // Of a case that cannot be read, the communications may be readable.
        for case_id in page.unreadable.into_iter().filter_map(|case| case.case_id) {
            match first_of(support, &case_id, wanted).await? {
                Begins::With => return Ok(created(case_id, since)),
                Begins::Otherwise => {}
                Begins::Unseen => undecided = true,
            }
        }
    }
    Ok(if undecided { Looked::Undecided } else { Looked::Absent })
}

fn created(case_id: String, created_at: Millis) -> Looked {
    Looked::Found(Done::Created { case_id, created_at })
}

/// What a case begins with.
enum Begins {
    With,
    Otherwise,
    /// AWS does not show its first communication.
    Unseen,
}

/// Whether a case begins with the text that is wanted: what stands further down may quote it.
async fn begins_with(support: &Support, case: &CaseRecord, wanted: &Wanted<'_>) -> Result<Begins, AwsError> {
    let first_is_recent = !case.more_communications && case.recent.len() < RECENT;
    if let Some(first) = case.recent.first().filter(|_| first_is_recent) {
        return Ok(if wanted.is(first) { Begins::With } else { Begins::Otherwise });
    }
    first_of(support, &case.case_id, wanted).await
}

/// As [`begins_with`], of a case that was listed without its first communication.
async fn first_of(support: &Support, case_id: &str, wanted: &Wanted<'_>) -> Result<Begins, AwsError> {
    let fetch = |token| support.describe_communications(case_id, None, token);
    let all = match Pages::of("DescribeCommunications", fetch).all().await {
        Ok(all) => all,
        // Not known everywhere at AWS yet, or only listing cases is permitted.
        Err(error) if matches!(error.kind, AwsErrorKind::CaseNotFound | AwsErrorKind::AccessDenied) => {
            return Ok(Begins::Unseen);
        }
        Err(error) => return Err(error),
    };
    let first = all.items.iter().min_by_key(|communication| communication.at);
    Ok(match first {
        Some(first) if wanted.is(first) => Begins::With,
        // The one that cannot be read may be the first.
        Some(_) if all.unreadable.is_empty() => Begins::Otherwise,
        Some(_) | None => Begins::Unseen,
    })
}

/// What AWS has of a communication with this text in the case, since `since`.
async fn find_communication(
    support: &Support,
    case_id: &str,
    wanted: &Wanted<'_>,
    since: Millis,
) -> Result<Looked, AwsError> {
    let fetch = |token| support.describe_communications(case_id, Some(since), token);
    let all = match Pages::of("DescribeCommunications", fetch).all().await {
        Ok(all) => all,
        // There is no such case, so there is nothing of ours in it.
        Err(error) if error.kind == AwsErrorKind::CaseNotFound => return Ok(Looked::Absent),
        Err(error) if error.kind == AwsErrorKind::AccessDenied => {
            return find_among_newest(support, case_id, wanted, since).await;
        }
        Err(error) => return Err(error),
    };
    Ok(if wanted.is_among(&all.items) {
        Looked::Found(Done::Added)
    } else if all.unreadable.is_empty() {
        Looked::Absent
    } else {
        Looked::Undecided
    })
}

/// As [`find_communication`], where only listing cases is permitted.
async fn find_among_newest(
    support: &Support,
    case_id: &str,
    wanted: &Wanted<'_>,
    since: Millis,
) -> Result<Looked, AwsError> {
    let filter = CasesFilter {
        case_ids: vec![case_id.to_owned()],
        include_resolved: true,
        include_communications: true,
        ..CasesFilter::default()
    };
    let page = support.describe_cases(&filter, None).await?;
    let Some(case) = page.items.first() else { return Ok(Looked::Undecided) };
    let reaches_back = case.recent.first().is_some_and(|oldest| oldest.at < since);
    Ok(if wanted.is_among(&case.recent) {
        Looked::Found(Done::Added)
    } else if (reaches_back && !case.recent_unreadable) || !case.more_communications {
        Looked::Absent
    } else {
        Looked::Undecided
    })
}
