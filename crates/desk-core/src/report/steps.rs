//! The steps of the report form, and which field is asked on which.

use desk_model::{Field, Problem};
use serde::Serialize;
use ts_rs::TS;

/// A step of the form with its fields, in the order in which it shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportStep {
    /// Its number, as it is kept in a draft.
    pub step: u8,
    /// Its heading.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

/// The steps, in their order. What belongs to no field is told on the last one, where the report is submitted.
pub const REPORT_STEPS: [ReportStep; 4] = [
    ReportStep {
        step: 1,
        name: "How can we help?",
        fields: &[Field::Kind, Field::Account, Field::Service, Field::Category, Field::Priority],
    },
    ReportStep {
        step: 2,
        name: "Additional information",
        fields: &[Field::Subject, Field::Body, Field::Files],
    },
    ReportStep { step: 3, name: "Solve now", fields: &[] },
    ReportStep {
        step: 4,
        name: "Contact us",
        fields: &[
            Field::Language,
            Field::Contact,
            Field::PhoneRegion,
            Field::PhoneNumber,
            Field::PhoneExtension,
            Field::Cc,
        ],
    },
];

/// Puts problems into the order in which the user meets them when going through the form.
pub(super) fn sort(problems: &mut [Problem]) {
    let place = |problem: &Problem| {
        let mut fields = REPORT_STEPS.iter().flat_map(|step| step.fields);
        fields.position(|field| Some(*field) == problem.field).unwrap_or(usize::MAX)
    };
    problems.sort_by_key(place);
}
