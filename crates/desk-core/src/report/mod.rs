//! The report form, what is missing in a report or a reply, and the text that is sent.

mod form;
mod hours;
mod kinds;
mod names;
mod reports;
mod rules;
mod steps;
mod submit;
mod text;
mod types;

pub use crate::address::{ReadContacts, is_email, read_contacts};
pub use crate::catalogue::{
    Category, EDI_CATEGORY, SERVICES, Service, ServiceOption, ServiceWords, priority_of, severity_codes,
    severity_for, target_minutes,
};
pub use crate::delivery::HandOver;
pub use crate::draft::{
    ContactMethod, Draft, DraftContent, DraftId, DraftSaved, PhoneContact, ProblemKind, ReplyContent,
    ReportContent,
};
pub use crate::mirror::{carries, is_text, resembles};
pub(crate) use crate::{catalogue::Catalogue, delivery::hand_over};
pub use kinds::{Hint, KINDS, KindOfProblem};
pub use names::{CONTACT_METHODS, ContactWords, PRIORITIES, PriorityWords, Tone};
pub use reports::Reports;
pub use rules::{MAX_BODY, MAX_CC, MAX_SUBJECT};
pub use steps::{REPORT_STEPS, ReportStep};
pub use text::{TEST_MARK, added_to_reply};
pub use types::*;
