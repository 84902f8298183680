//! What the list shows of a case, told from its correspondence and status: pure rules, no database.

use super::{CaseStatus, Waiting};
use desk_model::Millis;

/// A communication as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// Its time at AWS, in milliseconds since 1970.
    pub(super) at: Millis,
    /// Whether ECO said it.
    pub(super) by_eco: bool,
    /// How many files it carries.
    pub(super) files: u32,
}

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course<'a> {
    /// Known correspondence, oldest first.
    pub(super) said: &'a [Said],
    /// Whether that is all of it.
    pub(super) complete: bool,
    /// Whether AWS's own author of the case is ECO.
    pub(super) submitted_by_eco: bool,
    /// The status as AWS gives it.
    pub(super) status: &'a str,
    /// When this computer learned of that.
    pub(super) status_at: Millis,
}

/// What is told from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) opened_by_eco: bool,
    pub(super) first_response_at: Option<Millis>,
    pub(super) waiting_since: Millis,
    pub(super) attachments: u32,
}

/// Who has to act next, by the status alone: AWS changes it when either side writes.
pub(crate) fn waiting(status: &str) -> Waiting {
    match status {
        CaseStatus::RESOLVED => Waiting::Nobody,
        CaseStatus::PENDING_CUSTOMER => Waiting::You,
        // unassigned, opened, work-in-progress, customer-action-completed, reopened, and any status yet unknown.
        _ => Waiting::Eco,
    }
}

/// Tells the facts. What would have to be guessed (the first of a correspondence of which only the end is known)
/// stays untold.
pub(super) fn facts(course: Course<'_>) -> Facts {
    let Course { said, complete, submitted_by_eco, status, status_at } = course;
    let opened_by_eco = match said.first() {
        Some(first) if complete => first.by_eco,
        Some(_) | None => submitted_by_eco,
    };
    let first_response_at = if complete && !opened_by_eco {
        said.iter().find(|said| said.by_eco).map(|said| said.at)
    } else {
        None
    };
    let last_of_eco = said.iter().rposition(|said| said.by_eco);
    let waiting_since = match waiting(status) {
        Waiting::Nobody => status_at,
        Waiting::You => last_of_eco.map_or(status_at, |last| said[last].at),
        // Since the first thing that the customer said after ECO's last word.
        Waiting::Eco => said.get(last_of_eco.map_or(0, |last| last + 1)).map_or(status_at, |said| said.at),
    };
    Facts {
        opened_by_eco,
        first_response_at,
        waiting_since,
        attachments: said.iter().map(|said| said.files).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(at: Millis, by_eco: bool) -> Said {
        Said { at, by_eco, files: 1 }
    }

    fn told(said: &[Said], complete: bool, status: &str) -> Facts {
        facts(Course { said, complete, submitted_by_eco: false, status, status_at: 99 })
    }

    #[test]
    fn the_side_that_has_to_act_has_to_since_the_others_last_word() {
        let (me, eco) = (false, true);
        let table: [(&[Said], &str, Millis); 7] = [
            (&[said(1, me)], "unassigned", 1),
            (&[said(1, me), said(2, me)], "unassigned", 1),
            (&[said(1, me), said(2, eco)], "pending-customer-action", 2),
            (&[said(1, me), said(2, eco), said(3, me), said(4, me)], "customer-action-completed", 3),
            (&[said(1, me), said(2, eco)], "work-in-progress", 99),
            (&[said(1, me), said(2, eco)], "resolved", 99),
            (&[], "something-new", 99),
        ];
        for (course, status, since) in table {
            assert_eq!(told(course, true, status).waiting_since, since, "{status} {course:?}");
        }
        assert_eq!(waiting("something-new"), Waiting::Eco);
        assert_eq!(waiting("resolved"), Waiting::Nobody);
        assert_eq!(waiting("pending-customer-action"), Waiting::You);
    }

    #[test]
    fn the_first_response_is_ecos_first_word_in_a_case_of_the_customers() {
        let asked = [said(1, false), said(5, true), said(7, true)];
        assert_eq!(told(&asked, true, "opened").first_response_at, Some(5));
        assert_eq!(told(&asked[..1], true, "opened").first_response_at, None);
        let ecos_own = [said(1, true), said(5, true)];
        let facts = told(&ecos_own, true, "opened");
        assert_eq!((facts.opened_by_eco, facts.first_response_at), (true, None));
        assert_eq!(facts.attachments, 2);
    }

    #[test]
    fn the_beginning_of_a_correspondence_is_not_guessed_from_its_end() {
        let end = [said(5, true), said(7, false)];
        let facts = told(&end, false, "opened");
        assert_eq!((facts.opened_by_eco, facts.first_response_at), (false, None));
    }
}
