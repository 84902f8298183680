//! DescribeCreateCaseOptions: how and when one can be reached. Incidents around the clock; service requests by
//! phone and chat in the day, not on 25 December and 1 January.

use bytes::Bytes;
use jiff::civil::date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use super::model::Constraints;
use super::{ReadContext, check, end_dry_run};
use crate::catalog::{self, REQUEST_SERVICE_CODE};
use crate::error::WireError;
use crate::{time_text, wire};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    issue_type: Option<String>,
    service_code: Option<String>,
    language: Option<String>,
    category_code: Option<String>,
    dry_run: Option<bool>,
}

pub(super) fn call(context: &ReadContext<'_>, input: &Input) -> Result<Bytes, WireError> {
    let mut model = Constraints::default();
    let issue_type = model.required(input.issue_type.as_deref(), "issueType");
    let service = model.required(input.service_code.as_deref(), "serviceCode");
    let language = model.required(input.language.as_deref(), "language");
    let category = model.required(input.category_code.as_deref(), "categoryCode");
    model.end()?;
    check::issue_type(issue_type)?;
    check::language(Some(language))?;
    let entry = check::service_and_category(service, category)?;
    end_dry_run(input.dry_run)?;

    let availability = if catalog::languages_of(entry.code).iter().all(|(code, _)| *code != language) {
        "unavailable"
    } else if matches!(language, "en" | "ja" | "zh" | "ko") {
        "available"
    } else {
        "best_effort"
    };
    let always = json!([{ "startTime": "00:00:00.000", "endTime": "23:59:59.999" }]);
    let (live_hours, closed) = if entry.code == REQUEST_SERVICE_CODE {
        (json!([{ "startTime": "07:00:00.000", "endTime": "19:00:00.000" }]), holidays(context))
    } else {
        (always.clone(), Vec::new())
    };
    let types = json!([
        { "type": "web", "supportedHours": always, "datesWithoutSupport": [] },
        { "type": "chat", "supportedHours": live_hours, "datesWithoutSupport": closed },
        { "type": "call", "supportedHours": live_hours, "datesWithoutSupport": closed },
    ]);
    Ok(wire::body(&json!({ "languageAvailability": availability, "communicationTypes": types })))
}

fn holidays(context: &ReadContext<'_>) -> Vec<Value> {
    let year = context.now.to_zoned(TimeZone::UTC).year();
    [date(year, 12, 25), date(year.saturating_add(1), 1, 1)]
        .into_iter()
        .filter_map(|day| {
            let from = day.to_zoned(TimeZone::UTC).ok()?;
            let to = day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
            Some(json!({
                "startDateTime": time_text::offset(from.timestamp()),
                "endDateTime": time_text::offset(to.timestamp()),
            }))
        })
        .collect()
}
