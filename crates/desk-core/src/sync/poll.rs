//! One poll of one account: what AWS gives is put beside the mirror, page by page.
//!
//! A page is written in one transaction with its events, so a poll that breaks off anywhere is simply made again.
//! What a page does not tell (more new messages than it shows, where a case went that is no longer listed) is asked
//! for before anything is written that would hide the gap. What cannot be had costs only itself: a record that cannot be
//! read, a case of another AWS account, correspondence that may not be read; it is told as a gap.

use super::{lookup, owner::Owner};
use crate::{
    account::Account,
    mirror::{
        self, Gap, Observed, Put, Reach,
        incident::{self, Wanted},
    },
};
use desk_aws::{
    AwsError, AwsErrorKind, CaseRecord, CasesFilter, CommunicationRecord, Page, Pages, Support, Unreadable,
    canonical_case_id,
};
use desk_model::{AccountId, CaseKey, Change, Changes, Clock, DAY, Millis, Problem, ProblemCode};
use desk_store::Store;
use std::collections::{HashMap, HashSet, VecDeque};

/// Most cases that can be asked for by id in one call (service model).
const IDS: usize = 100;
/// Cases whose older correspondence is fetched in one poll: a call each, so few enough to leave room for others.
const BACKFILL: u32 = 20;
/// What is asked for again before the newest known message, so that none of its instant is missed.
const OVERLAP: Millis = 1_000;
/// More changed cases than this are told as a change of the list alone.
const TOLD_ONE_BY_ONE: usize = 50;

/// What a poll that came to its end has found out beside.
#[derive(Debug)]
pub(super) struct Found {
    /// The account's twelve digits, where a case told them.
    pub(super) number: Option<String>,
    /// What had to be left out.
    pub(super) gap: Option<Problem>,
}

/// A poll under way.
#[derive(Debug)]
pub(super) struct Poll<'a> {
    pub(super) store: &'a Store,
    pub(super) support: &'a Support,
    pub(super) changes: &'a Changes,
    pub(super) clock: &'a Clock,
    pub(super) account: &'a AccountId,
    /// Nobody is notified of what this poll finds.
    pub(super) baseline: bool,
}

impl Poll<'_> {
    /// Brings the mirror up to date: with `sweep` by all cases, else by those that are not resolved.
    ///
    /// # Errors
    /// What AWS says, or that the cases are of another AWS account than `known`: then none is put.
    pub(super) async fn run(&self, known: &Account, sweep: bool) -> Result<Found, Problem> {
        self.tell(lookup::keep_derived(self.store, self.account).await?);
        let filter =
            CasesFilter { include_resolved: sweep, include_communications: true, ..CasesFilter::default() };
        let mut seen = HashSet::new();
        let mut owner = Owner::of(known);
        let mut trouble = None;
        let mut unreadable = Vec::new();
        let mut pages = Pages::of("DescribeCases", |token| self.support.describe_cases(&filter, token));
        while let Some(page) = pages.next().await? {
            let records = owner.own(page.items)?;
            seen.extend(records.iter().map(|record| canonical_case_id(&record.case_id)));
            // What cannot be read is there all the same.
            seen.extend(ids_of(&page.unreadable));
            unreadable.extend(page.unreadable);
            let failed = self.put(records).await?;
            trouble = trouble.or(failed);
        }
        let believed = lookup::believed(&self.store.cases, self.account, sweep).await?;
        let unlisted = believed.into_iter().filter(|case| !seen.contains(&case.canonical_id)).collect();
        let failed = self.ask_for(unlisted, &mut unreadable).await?;
        let (account, ids) = (self.account.clone(), ids_of(&unreadable).collect::<Vec<_>>());
        let known = self.store.cases.write(move |tx| incident::put_unreadable(tx, &account, &ids)).await?;
        self.tell(known);
        if let Some(problem) = trouble.or(failed) {
            return Err(problem);
        }
        self.backfill().await?;
        let gap = gap_of(unreadable.len(), owner.strangers());
        Ok(Found { number: owner.into_number(), gap })
    }

    /// Fetches all correspondence of a case.
    pub(super) async fn complete(&self, case: Wanted) -> Result<(), Problem> {
        for record in self.records_of(&[case], false).await?.items {
            self.complete_record(record).await?;
        }
        Ok(())
    }

    async fn complete_record(&self, record: CaseRecord) -> Result<(), Problem> {
        let (communications, gap) = self.communications(&record.case_id, None).await?;
        Ok(self.write(vec![Observed { record, communications, reach: Reach::Beginning, gap }]).await?)
    }

    /// Fetches a little of the older correspondence that a first sync leaves out. That AWS refuses is no failure of
    /// the poll: it is tried again with the next.
    async fn backfill(&self) -> Result<(), Problem> {
        let account = self.account.clone();
        let cases =
            self.store.cases.read(move |sqlite| incident::incomplete(sqlite, &account, BACKFILL)).await?;
        if cases.is_empty() {
            return Ok(());
        }
        let records = match self.records_of(&cases, false).await {
            Ok(page) => page.items,
            // One of them is gone: asked for one by one they tell which, and the next poll does without it.
            Err(error) if error.kind == AwsErrorKind::CaseNotFound => {
                self.ask_for(cases, &mut Vec::new()).await?;
                return Ok(());
            }
            Err(error) => {
                tracing::info!(operation = error.operation, kind = ?error.kind, "older correspondence stays unfetched for now");
                return Ok(());
            }
        };
        for record in records {
            if let Err(problem) = self.complete_record(record).await {
                tracing::info!(code = ?problem.code, "older correspondence stays unfetched for now");
                break;
            }
        }
        Ok(())
    }

    /// Asks for cases that AWS did not list: they are resolved, not listed yet, or gone. What of them cannot be read is
    /// added to `unreadable`.
    async fn ask_for(
        &self,
        cases: Vec<Wanted>,
        unreadable: &mut Vec<Unreadable>,
    ) -> Result<Option<Problem>, Problem> {
        let mut trouble = None;
        let mut open: VecDeque<Vec<Wanted>> = cases.chunks(IDS).map(<[Wanted]>::to_vec).collect();
        while let Some(mut asked) = open.pop_front() {
            match self.records_of(&asked, true).await {
                Ok(page) => {
                    let mut given: HashSet<String> =
                        page.items.iter().map(|record| canonical_case_id(&record.case_id)).collect();
                    given.extend(ids_of(&page.unreadable));
                    // One that does not even tell its id may be any of them.
                    let is_told = page.unreadable.iter().all(|record| record.case_id.is_some());
                    unreadable.extend(page.unreadable);
                    trouble = trouble.or(self.put(page.items).await?);
                    asked.retain(|case| !given.contains(&case.canonical_id));
                    // What was left out of an answer about several is asked for alone before it counts as gone.
                    match asked.len() {
                        0 => {}
                        1 if given.is_empty() && is_told => self.put_gone(&asked[0]).await?,
                        1 if given.is_empty() => {}
                        _ => open.extend(asked.into_iter().map(|case| vec![case])),
                    }
                }
                Err(error) if error.kind == AwsErrorKind::CaseNotFound => match asked.len() {
                    0 => {}
                    1 => self.put_gone(&asked[0]).await?,
                    several => {
                        let rest = asked.split_off(several / 2);
                        open.push_back(asked);
                        open.push_back(rest);
                    }
                },
                Err(error) => return Err(error.into()),
            }
        }
        Ok(trouble)
    }

    async fn records_of(
        &self,
        cases: &[Wanted],
        with_communications: bool,
    ) -> Result<Page<CaseRecord>, AwsError> {
        let filter = CasesFilter {
            case_ids: cases.iter().map(|case| case.case_id.clone()).collect(),
            include_resolved: true,
            include_communications: with_communications,
            ..CasesFilter::default()
        };
        Pages::of("DescribeCases", |token| self.support.describe_cases(&filter, token)).all().await
    }

    async fn put_gone(&self, case: &Wanted) -> Result<(), Problem> {
        let now = self.clock.now();
        // A case that was just created may not be known everywhere at AWS yet.
        if !case.listed && now < case.created_at + DAY {
            return Ok(());
        }
        let key = case.key.clone();
        self.store.cases.write(move |tx| mirror::put_gone(tx, &key, now)).await?;
        self.changes.tell(Change::Case { key: case.key.clone() });
        self.changes.tell(Change::Cases);
        Ok(())
    }

    /// Puts cases with their newest communications. Where one needs more and that fails, it is left for the next
    /// poll and its problem answered; the others are put.
    async fn put(&self, records: Vec<CaseRecord>) -> Result<Option<Problem>, Problem> {
        let newest = lookup::newest_known(&self.store.cases, self.account, &records).await?;
        let mut trouble = None;
        let mut observed = Vec::with_capacity(records.len());
        for mut record in records {
            let recent = std::mem::take(&mut record.recent);
            match self.reach_back(&record, recent, &newest).await {
                Ok((communications, reach, gap)) => {
                    observed.push(Observed { record, communications, reach, gap });
                }
                Err(error) => trouble = trouble.or(Some(error.into())),
            }
        }
        self.write(observed).await?;
        Ok(trouble)
    }

    /// The communications of a case without a gap to what is known, fetching what the five newest do not hold. Where that
    /// is not permitted, these are all there is, and the gap is told.
    async fn reach_back(
        &self,
        record: &CaseRecord,
        recent: Vec<CommunicationRecord>,
        newest: &HashMap<String, Millis>,
    ) -> Result<(Vec<CommunicationRecord>, Reach, Option<Gap>), AwsError> {
        if !record.more_communications {
            return Ok((recent, Reach::Beginning, None));
        }
        let known = newest.get(&canonical_case_id(&record.case_id)).copied();
        // Of the oldest's own instant there may be more than these.
        let touches = |known: Millis| recent.first().is_some_and(|oldest| oldest.at < known);
        let fetched = match known {
            Some(known) if touches(known) && !record.recent_unreadable => {
                return Ok((recent, Reach::Known, None));
            }
            // The many cases of a first sync are completed bit by bit.
            Some(_) | None if self.baseline => return Ok((recent, Reach::Gap, None)),
            Some(known) => {
                let since = Some(known - OVERLAP);
                self.communications(&record.case_id, since).await.map(|fetched| (fetched, Reach::Known))
            }
            None => {
                self.communications(&record.case_id, None).await.map(|fetched| (fetched, Reach::Beginning))
            }
        };
        match fetched {
            Ok(((fetched, gap), reach)) => Ok((fetched, reach, gap)),
            Err(error) if error.kind == AwsErrorKind::AccessDenied => {
                tracing::info!(code = ?error.kind, "a case is shown with its newest messages alone");
                Ok((recent, Reach::Gap, Some(Gap::Denied)))
            }
            Err(error) => Err(error),
        }
    }

    /// All communications of a case since `after`, oldest first, and whether some of them cannot be read.
    async fn communications(
        &self,
        case_id: &str,
        after: Option<Millis>,
    ) -> Result<(Vec<CommunicationRecord>, Option<Gap>), AwsError> {
        let fetch = |token| self.support.describe_communications(case_id, after, token);
        let mut walk = Pages::of("DescribeCommunications", fetch);
        let (mut pages, mut gap) = (Vec::new(), None);
        while let Some(page) = walk.next().await? {
            if !page.unreadable.is_empty() {
                gap = Some(Gap::Unreadable);
            }
            pages.push(page.items);
        }
        // AWS gives the newest page first.
        let mut all: Vec<CommunicationRecord> = pages.into_iter().rev().flatten().collect();
        all.sort_by_key(|communication| communication.at);
        Ok((all, gap))
    }

    async fn write(&self, observed: Vec<Observed>) -> Result<(), desk_store::StoreError> {
        if observed.is_empty() {
            return Ok(());
        }
        let pairs = observed.iter().map(|seen| (&seen.record, seen.communications.as_slice()));
        let known = lookup::known(&self.store.desk, self.account, pairs).await?;
        let (account, baseline, now) = (self.account.clone(), self.baseline, self.clock.now());
        let put: Vec<Put> = self
            .store
            .cases
            .write(move |tx| {
                observed
                    .iter()
                    .map(|observed| mirror::put_record(tx, &account, observed, &known, baseline, now))
                    .collect()
            })
            .await?;
        self.tell(put.into_iter().filter(|put| put.changed).map(|put| put.key).collect());
        Ok(())
    }

    fn tell(&self, changed: Vec<CaseKey>) {
        if changed.is_empty() {
            return;
        }
        if changed.len() <= TOLD_ONE_BY_ONE {
            for key in changed {
                self.changes.tell(Change::Case { key });
            }
        }
        self.changes.tell(Change::Cases);
    }
}

/// The canonical ids of records that cannot be read, of those that tell them.
fn ids_of(unreadable: &[Unreadable]) -> impl Iterator<Item = String> {
    unreadable.iter().filter_map(|record| record.case_id.as_deref()).map(canonical_case_id)
}

/// What a poll had to leave out, in words.
fn gap_of(unreadable: usize, strangers: usize) -> Option<Problem> {
    let incidents =
        |count: usize| if count == 1 { "1 incident".to_owned() } else { format!("{count} incidents") };
    let unreadable = (unreadable > 0).then(|| {
        format!(
            "AWS gave {} in a form that ECO Desk cannot read. Look in Support Center.",
            incidents(unreadable)
        )
    });
    let strangers = (strangers > 0).then(|| {
        format!("AWS listed {} of another AWS account, which are not shown here.", incidents(strangers))
    });
    let sentences: Vec<String> = [unreadable, strangers].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| {
        Problem::new(ProblemCode::Service, format!("{} Everything else is up to date.", sentences.join(" ")))
    })
}
