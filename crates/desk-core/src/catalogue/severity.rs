//! ECO's three priorities over the Support API's five severities.
//!
//! The mapping is published nowhere, so it is configuration: the settings' codes come first, then the standard
//! table. What a plan does not offer is replaced by the next one that it does.

use crate::settings::Settings;
use desk_aws::NamedCode;
use desk_model::Priority;

/// The five codes, most urgent first, with the priority each stands for where the settings say nothing.
const STANDARD: [(&str, Priority); 5] = [
    ("critical", Priority::High),
    ("urgent", Priority::High),
    ("high", Priority::Medium),
    ("normal", Priority::Low),
    ("low", Priority::Low),
];

fn configured(priority: Priority, settings: &Settings) -> &str {
    match priority {
        Priority::High => settings.severity_high.trim(),
        Priority::Medium => settings.severity_medium.trim(),
        Priority::Low => settings.severity_low.trim(),
    }
}

/// The priority that a severity code stands for: the settings' own codes first (the more urgent priority where two
/// share a code), then low, normal → Low; high → Medium; urgent, critical → High. A code that nobody knows reads
/// as Medium, the middle, and is shown beside it.
#[must_use]
pub fn priority_of(severity_code: &str, settings: &Settings) -> Priority {
    [Priority::High, Priority::Medium, Priority::Low]
        .into_iter()
        .find(|priority| configured(*priority, settings) == severity_code)
        .or_else(|| STANDARD.iter().find(|(code, _)| *code == severity_code).map(|(_, priority)| *priority))
        .unwrap_or(Priority::Medium)
}

/// All known severity codes that read as `priority`, for filters. Codes that nobody knows are not among them.
#[must_use]
pub fn severity_codes(priority: Priority, settings: &Settings) -> Vec<String> {
    let own = [&settings.severity_high, &settings.severity_medium, &settings.severity_low];
    let mut codes: Vec<String> = own
        .into_iter()
        .map(|code| code.trim())
        .chain(STANDARD.iter().map(|(code, _)| *code))
        .filter(|code| priority_of(code, settings) == priority)
        .map(str::to_owned)
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

/// The severity code to send for `priority`: the settings' code where the plan offers it, else the most urgent of
/// the offered ones that is no more urgent than it, else the least urgent offered one. With nothing `offered`
/// (AWS was never asked) it is the settings' code.
#[must_use]
pub fn severity_for(priority: Priority, settings: &Settings, offered: &[NamedCode]) -> String {
    let wished = configured(priority, settings);
    let is_offered = |code: &str| offered.iter().any(|severity| severity.code == code);
    if offered.is_empty() || is_offered(wished) {
        return wished.to_owned();
    }
    // A code of the settings that is none of the five stands where its priority begins.
    let from = STANDARD
        .iter()
        .position(|(code, _)| *code == wished)
        .or_else(|| STANDARD.iter().position(|(_, standard)| *standard == priority))
        .unwrap_or(0);
    let milder = STANDARD[from..].iter().map(|(code, _)| *code).find(|code| is_offered(code));
    let stronger = || STANDARD[..from].iter().rev().map(|(code, _)| *code).find(|code| is_offered(code));
    milder.or_else(stronger).unwrap_or(wished).to_owned()
}

/// Minutes from a case's creation within which ECO responds first (guide, "Incident management response time").
#[must_use]
pub const fn target_minutes(priority: Priority) -> u32 {
    match priority {
        Priority::High => 15,
        Priority::Medium => 4 * 60,
        Priority::Low => 12 * 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(codes: &[&str]) -> Vec<NamedCode> {
        codes.iter().map(|code| NamedCode { code: (*code).to_owned(), name: String::new() }).collect()
    }

    #[test]
    fn what_the_plan_does_not_offer_is_replaced_by_the_next_milder_one() {
        let all = ["low", "normal", "high", "urgent", "critical"];
        let table: [(&[&str], [&str; 3]); 6] = [
            (&all, ["critical", "high", "normal"]),
            (&["low", "normal", "high", "urgent"], ["urgent", "high", "normal"]),
            (&["low", "normal", "high"], ["high", "high", "normal"]),
            (&["low", "normal"], ["normal", "normal", "normal"]),
            (&["low"], ["low", "low", "low"]),
            (&[], ["critical", "high", "normal"]),
        ];
        for (codes, expected) in table {
            let sent = [Priority::High, Priority::Medium, Priority::Low]
                .map(|priority| severity_for(priority, &Settings::default(), &offered(codes)));
            assert_eq!(sent, expected, "with {codes:?}");
        }
        let none_milder = severity_for(Priority::Low, &Settings::default(), &offered(&["critical", "high"]));
        assert_eq!(none_milder, "high");
    }

    #[test]
    fn the_settings_codes_come_before_the_standard_ones() {
        let settings = Settings {
            severity_high: "urgent".into(),
            severity_medium: "normal".into(),
            severity_low: "low".into(),
            ..Settings::default()
        };
        assert_eq!(severity_for(Priority::High, &settings, &offered(&["critical", "urgent"])), "urgent");
        assert_eq!(severity_for(Priority::Medium, &settings, &[]), "normal");
        assert_eq!(priority_of("normal", &settings), Priority::Medium);
        assert_eq!(priority_of("critical", &settings), Priority::High);
        assert_eq!(severity_codes(Priority::Medium, &settings), ["high", "normal"]);
    }

    #[test]
    fn every_severity_reads_back_as_a_priority() {
        let settings = Settings::default();
        let table = [
            ("low", Priority::Low),
            ("normal", Priority::Low),
            ("high", Priority::Medium),
            ("urgent", Priority::High),
            ("critical", Priority::High),
            ("something-new", Priority::Medium),
        ];
        for (code, expected) in table {
            assert_eq!(priority_of(code, &settings), expected, "{code}");
        }
        assert_eq!(severity_codes(Priority::High, &settings), ["critical", "urgent"]);
        assert_eq!(severity_codes(Priority::Low, &settings), ["low", "normal"]);
    }
}
