//! ECO played by hand: what an operator can do with a case. Works beside a running pace; what the hand does to a
//! case does not change what the pace has planned for it, except that resolving ends the plan.

use bytes::Bytes;

use super::engine::opened;
use super::{AUTHOR, case_resolved};
use crate::catalog::{self, Severity};
use crate::disk::Record;
use crate::error::SimError;
use crate::happening::Origin;
use crate::ids::DisplayId;
use crate::model::{Case, CaseStatus, Communication};
use crate::sim::Sim;
use crate::view::find;

/// Why an operator's act is not done.
#[derive(Debug, thiserror::Error)]
pub enum EcoError {
    /// There is no such case.
    #[error("there is no case {0}")]
    NoSuchCase(String),
    /// There is no such service.
    #[error("there is no service {0}")]
    NoSuchService(String),
    /// A communication is 1 to 8000 characters long.
    #[error("a communication is 1 to 8000 characters long, not {0}")]
    BadLength(usize),
    /// It cannot be kept on disk.
    #[error(transparent)]
    Disk(#[from] SimError),
}

/// ECO's hand on one sim. Cases are named by display id or by case id with any infix.
#[derive(Clone, Debug)]
pub struct Eco {
    sim: Sim,
}

impl Eco {
    pub(crate) fn of(sim: Sim) -> Self {
        Self { sim }
    }

    /// Writes to the customer; the case is in work.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn reply(&self, case: impl AsRef<str>, body: impl Into<String>) -> Result<(), EcoError> {
        self.say(case.as_ref(), body.into(), &[], CaseStatus::WorkInProgress)
    }

    /// Writes to the customer and attaches files, each a name and its bytes.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn reply_with_files(
        &self,
        case: impl AsRef<str>,
        body: impl Into<String>,
        files: &[(&str, &[u8])],
    ) -> Result<(), EcoError> {
        self.say(case.as_ref(), body.into(), files, CaseStatus::WorkInProgress)
    }

    /// Asks the customer for something; the case waits.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn ask(&self, case: impl AsRef<str>, body: impl Into<String>) -> Result<(), EcoError> {
        self.say(case.as_ref(), body.into(), &[], CaseStatus::PendingCustomerAction)
    }

    /// Resolves a case without a word.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn resolve(&self, case: impl AsRef<str>) -> Result<(), EcoError> {
        self.set_status(case, CaseStatus::Resolved)
    }

    /// Opens an incident of its own and gives its display id.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn open_incident(
        &self,
        subject: impl AsRef<str>,
        body: impl Into<String>,
        severity: Severity,
    ) -> Result<DisplayId, EcoError> {
        let body = fit(body.into())?;
        let now = self.sim.clock().now();
        let mut state = self.sim.state();
        let (display_id, records) = opened(&mut state, subject.as_ref(), body, severity, now);
        state.commit_from(Origin::Aws, now, records)?;
        Ok(display_id)
    }

    /// Puts a case into a status without a word.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn set_status(&self, case: impl AsRef<str>, status: CaseStatus) -> Result<(), EcoError> {
        let now = self.sim.clock().now();
        self.change(case.as_ref(), |case| {
            case.enter(status, now);
            if status == CaseStatus::Resolved {
                case_resolved(case);
            }
        })
    }

    /// Reclassifies a case, as ECO does with an incident that is a service request.
    ///
    /// # Errors
    /// See [`EcoError`].
    pub fn set_service_code(&self, case: impl AsRef<str>, service_code: &str) -> Result<(), EcoError> {
        if catalog::service(service_code).is_none() {
            return Err(EcoError::NoSuchService(service_code.to_owned()));
        }
        self.change(case.as_ref(), |case| service_code.clone_into(&mut case.service_code))
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Case)) -> Result<(), EcoError> {
        let mut state = self.sim.state();
        let entry = find(&state, id).ok_or_else(|| EcoError::NoSuchCase(id.to_owned()))?;
        let mut case = entry.case.clone();
        change(&mut case);
        let now = self.sim.clock().now();
        state.commit_from(Origin::Aws, now, vec![Record::Case(Box::new(case))])?;
        Ok(())
    }

    fn say(
        &self,
        id: &str,
        body: String,
        files: &[(&str, &[u8])],
        status: CaseStatus,
    ) -> Result<(), EcoError> {
        let body = fit(body)?;
        let now = self.sim.clock().now();
        let mut state = self.sim.state();
        let entry = find(&state, id).ok_or_else(|| EcoError::NoSuchCase(id.to_owned()))?;
        let mut case = entry.case.clone();
        case.enter(status, now);
        let mut kept = Vec::new();
        for (name, data) in files {
            kept.push(state.keep(name, Bytes::copy_from_slice(data))?);
        }
        let files = state.attach(&kept);
        let display_id = case.display_id.clone();
        let communication = Communication { body, author: AUTHOR.to_owned(), at: now, files };
        let records = vec![Record::Case(Box::new(case)), Record::Said { case: display_id, communication }];
        state.commit_from(Origin::Aws, now, records)?;
        Ok(())
    }
}

fn fit(body: String) -> Result<String, EcoError> {
    match body.chars().count() {
        1..=8000 => Ok(body),
        length => Err(EcoError::BadLength(length)),
    }
}
