//! One poll of one account: what AWS gives is put beside the mirror, page by page.
//!
//! A page is written in one transaction with its events, so a poll that breaks off anywhere is simply made again.
//! What a page does not tell (more new messages than it shows, where a case went that is no longer listed) is asked
//! for before anything is written that would hide the gap.

use super::state::{self, Wanted};
use crate::{
    account::{Account, AccountId},
    aws::{
        AwsError, AwsErrorKind, CaseRecord, CasesFilter, CommunicationRecord, Support, account_number,
        canonical_case_id,
    },
    case::{
        CaseKey,
        mirror::{self, Observed, Put, Reach},
    },
    change::{Change, Changes},
    problem::Problem,
    store::Store,
    time::{Clock, DAY, Millis},
};
use std::collections::{HashMap, HashSet, VecDeque};

/// Most cases that can be asked for by id in one call (service model).
const IDS: usize = 100;
/// Cases whose older correspondence is fetched in one poll: a call each, so few enough to leave room for others.
const BACKFILL: usize = 20;
/// What is asked for again before the newest known message, so that none of its instant is missed.
const OVERLAP: Millis = 1_000;
/// More changed cases than this are told as a change of the list alone.
const TOLD_ONE_BY_ONE: usize = 50;

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
    /// Brings the mirror up to date: with `sweep` by all cases, else by those that are not resolved. Answers the
    /// account's twelve digits, where a case told them.
    ///
    /// # Errors
    /// What AWS says, or that the cases are of another AWS account than `known`: then none is put.
    pub(super) async fn run(&self, known: &Account, sweep: bool) -> Result<Option<String>, Problem> {
        let filter =
            CasesFilter { include_resolved: sweep, include_communications: true, ..CasesFilter::default() };
        let mut seen = HashSet::new();
        let mut number = None;
        let mut trouble = None;
        let mut token = None;
        loop {
            let page = self.support.describe_cases(&filter, token).await?;
            for record in &page.items {
                seen.insert(canonical_case_id(&record.case_id));
                if number.is_none()
                    && let Some(digits) = account_number(&record.case_id)
                {
                    known.is_of(digits)?;
                    number = Some(digits.to_owned());
                }
            }
            let failed = self.put(page.items).await?;
            trouble = trouble.or(failed);
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        let believed = state::believed(&self.store.cases, self.account, sweep).await?;
        let unlisted = believed.into_iter().filter(|case| !seen.contains(&case.canonical_id)).collect();
        let failed = self.ask_for(unlisted).await?;
        if let Some(problem) = trouble.or(failed) {
            return Err(problem);
        }
        self.backfill().await?;
        Ok(number)
    }

    /// Fetches all correspondence of a case.
    pub(super) async fn complete(&self, case: Wanted) -> Result<(), Problem> {
        for record in self.records_of(&[case], false).await? {
            self.complete_record(record).await?;
        }
        Ok(())
    }

    async fn complete_record(&self, record: CaseRecord) -> Result<(), Problem> {
        let communications = self.communications(&record.case_id, None).await?;
        Ok(self.write(vec![Observed { record, communications, reach: Reach::Beginning }]).await?)
    }

    /// Fetches a little of the older correspondence that a first sync leaves out. That AWS refuses is no failure of
    /// the poll: it is tried again with the next.
    async fn backfill(&self) -> Result<(), Problem> {
        let cases = state::incomplete(&self.store.cases, self.account, BACKFILL).await?;
        if cases.is_empty() {
            return Ok(());
        }
        let records = match self.records_of(&cases, false).await {
            Ok(records) => records,
            // One of them is gone: asked for one by one they tell which, and the next poll does without it.
            Err(error) if error.kind == AwsErrorKind::CaseNotFound => {
                self.ask_for(cases).await?;
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

    /// Asks for cases that AWS did not list: they are resolved, not listed yet, or gone.
    async fn ask_for(&self, cases: Vec<Wanted>) -> Result<Option<Problem>, Problem> {
        let mut trouble = None;
        let mut open: VecDeque<Vec<Wanted>> = cases.chunks(IDS).map(<[Wanted]>::to_vec).collect();
        while let Some(mut asked) = open.pop_front() {
            match self.records_of(&asked, true).await {
                Ok(records) => {
                    let given: HashSet<String> =
                        records.iter().map(|record| canonical_case_id(&record.case_id)).collect();
                    trouble = trouble.or(self.put(records).await?);
                    asked.retain(|case| !given.contains(&case.canonical_id));
                    // What was left out of an answer about several is asked for alone before it counts as gone.
                    match asked.len() {
                        0 => {}
                        1 if given.is_empty() => self.put_gone(&asked[0]).await?,
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
    ) -> Result<Vec<CaseRecord>, AwsError> {
        let filter = CasesFilter {
            case_ids: cases.iter().map(|case| case.case_id.clone()).collect(),
            include_resolved: true,
            include_communications: with_communications,
            ..CasesFilter::default()
        };
        let mut records = Vec::new();
        let mut token = None;
        loop {
            let page = self.support.describe_cases(&filter, token).await?;
            records.extend(page.items);
            token = page.next;
            if token.is_none() {
                return Ok(records);
            }
        }
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
        let newest = state::newest_known(&self.store.cases, self.account, &records).await?;
        let mut trouble = None;
        let mut observed = Vec::with_capacity(records.len());
        for mut record in records {
            let recent = std::mem::take(&mut record.recent);
            match self.reach_back(&record, recent, &newest).await {
                Ok((communications, reach)) => observed.push(Observed { record, communications, reach }),
                Err(error) => trouble = trouble.or(Some(error.into())),
            }
        }
        self.write(observed).await?;
        Ok(trouble)
    }

    /// The communications of a case without a gap to what is known, fetching what the five newest do not hold.
    async fn reach_back(
        &self,
        record: &CaseRecord,
        recent: Vec<CommunicationRecord>,
        newest: &HashMap<String, Millis>,
    ) -> Result<(Vec<CommunicationRecord>, Reach), AwsError> {
        if !record.more_communications {
            return Ok((recent, Reach::Beginning));
        }
        let known = newest.get(&canonical_case_id(&record.case_id)).copied();
        // Of the oldest's own instant there may be more than these.
        let touches = |known: Millis| recent.first().is_some_and(|oldest| oldest.at < known);
        match known {
            Some(known) if touches(known) => Ok((recent, Reach::Known)),
            // The many cases of a first sync are completed bit by bit.
            Some(_) | None if self.baseline => Ok((recent, Reach::Gap)),
            Some(known) => {
                Ok((self.communications(&record.case_id, Some(known - OVERLAP)).await?, Reach::Known))
            }
            None => Ok((self.communications(&record.case_id, None).await?, Reach::Beginning)),
        }
    }

    /// All communications of a case since `after`, oldest first.
    async fn communications(
        &self,
        case_id: &str,
        after: Option<Millis>,
    ) -> Result<Vec<CommunicationRecord>, AwsError> {
        let mut pages = Vec::new();
        let mut token = None;
        loop {
            let page = self.support.describe_communications(case_id, after, token).await?;
            pages.push(page.items);
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        // AWS gives the newest page first.
        let mut all: Vec<CommunicationRecord> = pages.into_iter().rev().flatten().collect();
        all.sort_by_key(|communication| communication.at);
        Ok(all)
    }

    async fn write(&self, observed: Vec<Observed>) -> Result<(), crate::store::StoreError> {
        if observed.is_empty() {
            return Ok(());
        }
        let pairs = observed.iter().map(|seen| (&seen.record, seen.communications.as_slice()));
        let known = state::known(&self.store.desk, self.account, pairs).await?;
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
