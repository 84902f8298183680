//! An incident on its way to ECO: the draft, what is missing in it, and the text that is sent.

mod catalogue;
mod form;
pub(crate) mod hand_over;
mod hours;
mod kinds;
mod names;
mod reports;
pub(crate) mod rows;
mod rules;
mod severity;
mod steps;
mod submit;
mod text;
mod types;

pub use crate::address::{ReadContacts, is_email, read_contacts};
pub use crate::mirror::{carries, is_text, resembles};
pub(crate) use catalogue::Catalogue;
pub use hand_over::HandOver;
pub use kinds::{Hint, KINDS, KindOfProblem};
pub use names::{
    CONTACT_METHODS, ContactWords, EDI_CATEGORY, PRIORITIES, PriorityWords, SERVICES, ServiceWords, Tone,
};
pub use reports::Reports;
pub use rules::{MAX_BODY, MAX_CC, MAX_SUBJECT};
pub use severity::{priority_of, severity_codes, severity_for, target_minutes};
pub use steps::{REPORT_STEPS, ReportStep};
pub(crate) use text::rating_body;
pub use text::{TEST_MARK, added_to_reply};
pub use types::*;
