//! Whose cases AWS lists: those of the account that is polled, of another one, or of several.

use crate::account::Account;
use desk_aws::{CaseRecord, account_number};
use desk_model::Problem;

/// Finds out, over the pages of a poll, to which AWS account the cases belong.
#[derive(Debug)]
pub(super) struct Owner<'a> {
    account: &'a Account,
    /// The number of the cases that are the account's own, once one told it.
    number: Option<String>,
    /// Cases of other AWS accounts that were listed among them.
    strangers: usize,
}

impl<'a> Owner<'a> {
    pub(super) fn of(account: &'a Account) -> Self {
        Self { account, number: account.aws_number().map(str::to_owned), strangers: 0 }
    }

    /// The account's own cases of a page. One that does not tell its account counts as its own.
    ///
    /// # Errors
    /// The credentials lead to another AWS account than before: all that tell their account are of another one.
    pub(super) fn own(&mut self, page: Vec<CaseRecord>) -> Result<Vec<CaseRecord>, Problem> {
        let told: Vec<&str> = page.iter().filter_map(|record| account_number(&record.case_id)).collect();
        let Some(number) = self.number.clone().or_else(|| most_frequent(&told)) else { return Ok(page) };
        if let Some(other) = told.first()
            && told.iter().all(|told| *told != number)
        {
            self.account.is_of(other)?;
            // Keys and roles are of one account for good: then it is the number that was taken for theirs.
            return Ok(page);
        }
        self.number = Some(number.clone());
        let all = page.len();
        let own: Vec<CaseRecord> = page
            .into_iter()
            .filter(|record| account_number(&record.case_id).is_none_or(|told| told == number))
            .collect();
        self.strangers += all - own.len();
        Ok(own)
    }

    /// How many cases of other AWS accounts were listed.
    pub(super) fn strangers(&self) -> usize {
        self.strangers
    }

    /// The number of the account's own cases.
    pub(super) fn into_number(self) -> Option<String> {
        self.number
    }
}

fn most_frequent(numbers: &[&str]) -> Option<String> {
    let count = |number: &str| numbers.iter().filter(|other| **other == number).count();
    // Of equally many the first one.
    let most = numbers.iter().rev().max_by_key(|number| count(number))?;
    Some((*most).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Connection, CredentialSource};
    use desk_model::{AccountId, Partition, ProblemCode};

    fn account(source: CredentialSource, number: Option<&str>) -> Account {
        Account {
            id: AccountId("a".to_owned()),
            name: "A".to_owned(),
            colour: 0,
            source,
            partition: Partition::Aws,
            account_number: number.map(str::to_owned),
            connection: Connection::Unchecked,
        }
    }

    fn profile(number: Option<&str>) -> Account {
        account(CredentialSource::Profile { name: "p".to_owned() }, number)
    }

    fn case(number: &str) -> CaseRecord {
        CaseRecord {
            case_id: format!("case-{number}-muen-2026-01"),
            display_id: None,
            subject: String::new(),
            status: String::new(),
            service_code: String::new(),
            category_code: String::new(),
            severity_code: String::new(),
            submitted_by: None,
            created_at: 0,
            cc: Vec::new(),
            recent: Vec::new(),
            recent_unreadable: false,
            more_communications: false,
        }
    }

    const OURS: &str = "111111111111";
    const THEIRS: &str = "222222222222";

    #[test]
    fn one_case_of_another_account_costs_only_itself() {
        for known in [None, Some(OURS)] {
            let account = profile(known);
            let mut owner = Owner::of(&account);
            let own = owner.own(vec![case(THEIRS), case(OURS), case(OURS)]).unwrap();
            assert_eq!(own, [case(OURS), case(OURS)], "{known:?}");
            assert_eq!(owner.strangers(), 1);
            assert_eq!(owner.into_number().as_deref(), Some(OURS));
        }
    }

    #[test]
    fn cases_that_are_all_of_another_account_are_refused_with_the_cause() {
        let account = profile(Some(OURS));
        let problem = Owner::of(&account).own(vec![case(THEIRS), case(THEIRS)]).unwrap_err();
        assert_eq!(problem.code, ProblemCode::OtherAccount);
        assert!(problem.message.contains(OURS) && problem.message.contains(THEIRS), "{problem}");
    }

    #[test]
    fn cases_that_do_not_tell_their_account_are_taken_as_they_come() {
        let account = profile(Some(OURS));
        let mut owner = Owner::of(&account);
        let odd = CaseRecord { case_id: "odd".to_owned(), ..case(OURS) };
        assert_eq!(owner.own(vec![odd.clone()]).unwrap(), [odd]);
        assert_eq!(owner.own(Vec::new()).unwrap(), []);
        assert_eq!(owner.strangers(), 0);
    }
}
