//! Searches AWS for what may be there already, by the reference in the text: after a lost answer, and before the first
//! request for an entry that another copy of this data folder may have sent.

use super::{
    Outbox, OutboxId, Request,
    entries::Entry,
    machine::{Event, Outcome},
    retry::SendError,
};
use crate::mirror::{carries, is_eco, is_text};
use desk_aws::{AwsError, AwsErrorKind, CaseRecord, CasesFilter, CommunicationRecord, Pages, Support};
use desk_model::{HOUR, Millis, Problem, ProblemCode, Reference};
use desk_store::StoreError;
use std::sync::PoisonError;

/// How far before the request is looked: AWS's own clocks may differ a little.
const BEFORE: Millis = HOUR;
/// How many communications come with a case: of so many the first may be older than these.
const RECENT: usize = 5;

/// What AWS has of an entry.
enum Finding {
    /// It is there.
    Found(Outcome),
    /// It is not there.
    Absent,
    /// Something is there that may be it, and its text cannot be seen yet.
    Undecided,
}

impl Outbox {
    /// Asks AWS at `asked_at`, by its own clock, whether it has an entry that was first requested at
    /// `first_requested_at`.
    pub(super) async fn reconcile(
        &self,
        entry: &Entry,
        support: &Support,
        first_requested_at: Millis,
        asked_at: Millis,
    ) -> Result<Event, SendError> {
        // Any of the three may come from a clock that is ahead; none is later than the request but by that.
        let from = first_requested_at.min(asked_at).min(entry.created_at);
        Ok(match self.find(entry, support, from, MatchRule::Reference).await? {
            Finding::Found(outcome) => Event::Confirmed(outcome),
            Finding::Absent => Event::NotFound { asked_at },
            Finding::Undecided => Event::Undecided { asked_at },
        })
    }

    /// Searches AWS once more before something is sent again that it may have: what it lists late is not sent. Where
    /// listing cases is not permitted, or it is still open, the decision that it goes again stands.
    pub(super) async fn find_before_next_request(
        &self,
        entry: &Entry,
        support: &Support,
    ) -> Result<Option<Outcome>, SendError> {
        let Some(first_requested_at) = entry.state.search_from() else { return Ok(None) };
        let from = first_requested_at.min(entry.created_at);
        match self.find(entry, support, from, MatchRule::Reference).await {
            Ok(Finding::Found(outcome)) => Ok(Some(outcome)),
            Ok(Finding::Absent | Finding::Undecided) => Ok(None),
            Err(SendError::Refused(error)) if error.kind == AwsErrorKind::AccessDenied => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Searches AWS, before its first request, for an entry that this process has not put into the outbox: the data
    /// folder may be a copy, from a backup or a snapshot, of one that has delivered it. Where listing cases is not
    /// permitted, it is sent without a search.
    pub(super) async fn find_earlier_copy(
        &self,
        entry: &Entry,
        support: &Support,
    ) -> Result<Option<Outcome>, SendError> {
        if entry.request.is_repeatable() || self.searched().contains(&entry.id) {
            return Ok(None);
        }
        if entry.position > self.0.found_up_to {
            return Ok(self.find_earlier_copy_of_draft(entry, support).await?);
        }
        // This computer's clock may have been ahead when the entry was made.
        let from = entry.created_at.min(support.server_time().await?);
        match self.find(entry, support, from, MatchRule::Reference).await {
            Ok(Finding::Found(outcome)) => {
                tracing::info!("an entry that was found at the start is at AWS already");
                return Ok(Some(outcome));
            }
            Ok(Finding::Absent) => {}
            Ok(Finding::Undecided) => {
                let text = "AWS lists an incident that may be this one and does not show its text yet. It is looked at again.";
                return Err(Problem::new(ProblemCode::Service, text).retryable().into());
            }
            Err(SendError::Refused(error)) if error.kind == AwsErrorKind::AccessDenied => {
                tracing::warn!(code = ?error.kind, "an entry that was found at the start cannot be looked for");
            }
            Err(error) => return Err(error),
        }
        self.searched().insert(entry.id.clone());
        Ok(None)
    }

    /// As [`Outbox::find_earlier_copy`], for an entry that was a draft when this process started: the other copy may
    /// have submitted it. Nothing waits for this: the user has submitted it now, and where it was changed since then,
    /// it is something new.
    async fn find_earlier_copy_of_draft(
        &self,
        entry: &Entry,
        support: &Support,
    ) -> Result<Option<Outcome>, StoreError> {
        if !self.0.found_drafts.lock().unwrap_or_else(PoisonError::into_inner).contains(&entry.id) {
            return Ok(None);
        }
        // This computer's clock may have been ahead when the draft was begun.
        let now = support.server_time().await.unwrap_or(entry.created_at);
        let from = entry.request.draft_created_at().unwrap_or(now).min(entry.created_at).min(now);
        let rule = MatchRule::Unchanged { files: entry.request.files().len() };
        let outcome = match self.find(entry, support, from, rule).await {
            Ok(Finding::Found(outcome)) => {
                tracing::info!("a draft that was found at the start is at AWS already");
                Some(outcome)
            }
            Ok(Finding::Absent | Finding::Undecided) => None,
            Err(SendError::Store(error)) => return Err(error),
            Err(SendError::Refused(AwsError { kind, .. }) | SendError::AnswerLost(AwsError { kind, .. })) => {
                tracing::warn!(code = ?kind, "a draft that was found at the start cannot be looked for");
                None
            }
            Err(SendError::Local(problem)) => {
                tracing::warn!(code = ?problem.code, "a draft that was found at the start cannot be looked for");
                None
            }
        };
        if outcome.is_none() {
            self.searched().insert(entry.id.clone());
        }
        Ok(outcome)
    }

    fn searched(&self) -> std::sync::MutexGuard<'_, std::collections::HashSet<OutboxId>> {
        // The set is whole whatever panicked while it was held.
        self.0.searched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for an entry among what was said since an hour before `from`.
    async fn find(
        &self,
        entry: &Entry,
        support: &Support,
        from: Millis,
        rule: MatchRule,
    ) -> Result<Finding, SendError> {
        let since = from - BEFORE;
        let wanted = |subject, text| Wanted { subject, text, reference: entry.reference(), rule };
        match &entry.request {
            Request::Report(report) => {
                Ok(find_case(support, &wanted(&report.subject, &report.text), since).await?)
            }
            Request::Reply(reply) => {
                let case_id = self.case_id(entry).await?;
                let wanted = wanted(&reply.subject, &reply.text);
                Ok(find_communication(support, &case_id, &wanted, since).await?)
            }
            // Resolving again does no harm: there is nothing to look for.
            Request::Resolve(_) => Ok(Finding::Absent),
        }
    }
}

/// What is looked for.
struct Wanted<'a> {
    subject: &'a str,
    text: &'a str,
    reference: Reference,
    rule: MatchRule,
}

/// What makes a communication the one that is looked for.
#[derive(Debug, Clone, Copy)]
enum MatchRule {
    /// Its reference, below the text that it was sent with: nothing else was ever sent with it.
    Reference,
    /// All of its text and as many files: a draft may have been changed since it was sent with the same reference.
    Unchanged { files: usize },
}

impl Wanted<'_> {
    /// Whether a communication is what was sent, and not one that quotes it.
    fn is(&self, communication: &CommunicationRecord) -> bool {
        let is_same = match self.rule {
            MatchRule::Reference => true,
            MatchRule::Unchanged { files } => {
                is_text(&communication.body, self.text) && communication.attachments.len() == files
            }
        };
        is_same
            && !is_eco(&communication.submitted_by)
            && carries(&communication.body, self.text, &self.reference)
    }

    /// Whether a case of this subject can be the one that is wanted.
    fn may_be_called(&self, subject: &str) -> bool {
        match self.rule {
            MatchRule::Reference => true,
            MatchRule::Unchanged { .. } => subject.trim() == self.subject.trim(),
        }
    }

    fn is_among(&self, communications: &[CommunicationRecord]) -> bool {
        communications.iter().any(|communication| self.is(communication))
    }
}

/// The case that was created with this text since `since`, if AWS lists it.
///
/// `afterTime` only makes the answer shorter. Whether AWS takes it for a filter on cases or on communications, a case
/// that was created since then is in it; older ones that are in it too are left out here.
async fn find_case(support: &Support, wanted: &Wanted<'_>, since: Millis) -> Result<Finding, AwsError> {
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
    Ok(if undecided { Finding::Undecided } else { Finding::Absent })
}

fn created(case_id: String, created_at: Millis) -> Finding {
    Finding::Found(Outcome::CaseCreated { case_id, created_at })
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
) -> Result<Finding, AwsError> {
    let fetch = |token| support.describe_communications(case_id, Some(since), token);
    let all = match Pages::of("DescribeCommunications", fetch).all().await {
        Ok(all) => all,
        // There is no such case, so there is nothing of ours in it.
        Err(error) if error.kind == AwsErrorKind::CaseNotFound => return Ok(Finding::Absent),
        Err(error) if error.kind == AwsErrorKind::AccessDenied => {
            return find_among_newest(support, case_id, wanted, since).await;
        }
        Err(error) => return Err(error),
    };
    Ok(if wanted.is_among(&all.items) {
        Finding::Found(Outcome::CommunicationAdded)
    } else if all.unreadable.is_empty() {
        Finding::Absent
    } else {
        Finding::Undecided
    })
}

/// As [`find_communication`], where only listing cases is permitted.
async fn find_among_newest(
    support: &Support,
    case_id: &str,
    wanted: &Wanted<'_>,
    since: Millis,
) -> Result<Finding, AwsError> {
    let filter = CasesFilter {
        case_ids: vec![case_id.to_owned()],
        include_resolved: true,
        include_communications: true,
        ..CasesFilter::default()
    };
    let page = support.describe_cases(&filter, None).await?;
    let Some(case) = page.items.first() else { return Ok(Finding::Undecided) };
    let reaches_back = case.recent.first().is_some_and(|oldest| oldest.at < since);
    Ok(if wanted.is_among(&case.recent) {
        Finding::Found(Outcome::CommunicationAdded)
    } else if (reaches_back && !case.recent_unreadable) || !case.more_communications {
        Finding::Absent
    } else {
        Finding::Undecided
    })
}
