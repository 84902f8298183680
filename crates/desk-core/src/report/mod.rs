//! An incident on its way to ECO: the draft, what is missing in it, and the text that is sent.

mod address;
mod catalogue;
mod form;
mod hours;
mod kinds;
mod names;
mod reference;
mod reports;
pub(crate) mod rows;
mod rules;
mod same_text;
mod severity;
mod steps;
mod submit;
mod text;
mod types;

pub use address::{ReadContacts, is_email, read_contacts};
pub(crate) use catalogue::Catalogue;
pub use kinds::{Hint, KINDS, KindOfProblem};
pub use names::{
    CONTACT_METHODS, ContactWords, EDI_CATEGORY, PRIORITIES, PriorityWords, SERVICES, ServiceWords, Tone,
};
pub use reference::{Reference, find_reference, has_reference, strip_reference};
pub use reports::Reports;
pub(crate) use rules::{CompleteReply, CompleteReport, GivenReport};
pub use rules::{MAX_BODY, MAX_CC, MAX_SUBJECT};
pub use same_text::{carries, is_text, resembles};
pub use severity::{priority_of, severity_codes, severity_for, target_minutes};
pub use steps::{REPORT_STEPS, ReportStep};
pub(crate) use text::rating_body;
pub use text::{TEST_MARK, added_to_reply};
pub use types::*;
