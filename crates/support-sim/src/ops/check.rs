//! Checks that several operations share. What the service model constrains is refused with ValidationException in
//! the words of AWS's own frameworks; what only the service can know, with InvalidParameterValueException.

use jiff::{Timestamp, ToSpan};

use crate::catalog::{self, LANGUAGES, ServiceEntry};
use crate::error::WireError;
use crate::time_text::parse_filter;

/// Longest and shortest body of a communication, in characters.
pub(super) const BODY_LENGTH: std::ops::RangeInclusive<usize> = 1..=8000;

/// A member that the model requires.
pub(super) fn required<'v, T>(value: &'v Option<T>, member: &str) -> Result<&'v T, WireError> {
    value.as_ref().ok_or_else(|| WireError::validation("null", member, "Member must not be null"))
}

/// A text's length in characters.
pub(super) fn length(
    text: &str,
    member: &str,
    range: std::ops::RangeInclusive<usize>,
) -> Result<(), WireError> {
    let count = text.chars().count();
    if count < *range.start() {
        return Err(WireError::validation(
            &format!("'{}'", shown(text)),
            member,
            &format!("Member must have length greater than or equal to {}", range.start()),
        ));
    }
    if count > *range.end() {
        return Err(WireError::validation(
            &format!("'{}'", shown(text)),
            member,
            &format!("Member must have length less than or equal to {}", range.end()),
        ));
    }
    Ok(())
}

/// A list's length; an absent list is an empty one.
pub(super) fn at_most<'v>(
    list: &'v Option<Vec<String>>,
    member: &str,
    most: usize,
) -> Result<&'v [String], WireError> {
    let list = list.as_deref().unwrap_or_default();
    if list.len() > most {
        let value = format!("'[{}]'", shown(&list.join(", ")));
        let constraint = format!("Member must have length less than or equal to {most}");
        return Err(WireError::validation(&value, member, &constraint));
    }
    Ok(list)
}

/// `maxResults`: 10 to 100, and 100 where it is not said.
pub(super) fn max_results(value: Option<i64>) -> Result<usize, WireError> {
    let Some(value) = value else { return Ok(100) };
    let constraint = match value {
        10..=100 => return Ok(usize::try_from(value).expect("between 10 and 100")),
        i64::MIN..10 => "Member must have value greater than or equal to 10",
        101.. => "Member must have value less than or equal to 100",
    };
    Err(WireError::validation(&format!("'{value}'"), "maxResults", constraint))
}

/// The bounds of a filter by time, both included.
#[derive(Clone, Copy)]
pub(super) struct Window {
    after: Timestamp,
    before: Timestamp,
}

impl Window {
    pub(super) fn read(after: Option<&str>, before: Option<&str>) -> Result<Self, WireError> {
        let time = |text: Option<&str>, member: &str, open: Timestamp| match text {
            None => Ok(open),
            Some(text) => parse_filter(text).ok_or_else(|| {
                WireError::invalid_parameter(format!("Invalid date format for {member}: '{}'", shown(text)))
            }),
        };
        Ok(Self {
            after: time(after, "afterTime", Timestamp::MIN)?,
            before: time(before, "beforeTime", Timestamp::MAX)?,
        })
    }

    pub(super) fn holds(self, time: Timestamp) -> bool {
        self.after <= time && time <= self.before
    }
}

/// Cases and communications are available for 24 months.
pub(super) fn oldest_available(now: Timestamp) -> Timestamp {
    let now = now.to_zoned(jiff::tz::TimeZone::UTC);
    now.checked_sub(24.months()).map_or(Timestamp::MIN, |then| then.timestamp())
}

/// A code of a language that AWS Support knows.
pub(super) fn language(code: &str) -> Result<(), WireError> {
    if LANGUAGES.iter().any(|(known, _)| *known == code) {
        return Ok(());
    }
    Err(WireError::invalid_parameter(format!("Invalid language: '{}'", shown(code))))
}

/// A service and one of its categories.
pub(super) fn service_and_category(
    service: &str,
    category: &str,
) -> Result<&'static ServiceEntry, WireError> {
    let Some(entry) = catalog::service(service) else {
        return Err(WireError::invalid_parameter(format!("Invalid service code: '{}'", shown(service))));
    };
    if !entry.categories.iter().any(|(code, _)| *code == category) {
        let text = format!("Invalid category code '{}' for service '{service}'", shown(category));
        return Err(WireError::invalid_parameter(text));
    }
    Ok(entry)
}

/// Additional contacts: ten at most, each of the form of an address.
pub(super) fn contacts(list: &Option<Vec<String>>) -> Result<&[String], WireError> {
    let list = at_most(list, "ccEmailAddresses", 10)?;
    for address in list {
        let fits = address.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
                && !address.chars().any(|c| c.is_whitespace() || c == ',' || c == ';')
        });
        if !fits {
            let text = format!("Invalid email address: '{}'", shown(address));
            return Err(WireError::invalid_parameter(text));
        }
    }
    Ok(list)
}

/// Ids of uploads: ten at most, and none is known, since the sim offers no uploads yet.
pub(super) fn uploads(list: &Option<Vec<String>>) -> Result<(), WireError> {
    match at_most(list, "uploadIds", 10)?.first() {
        None => Ok(()),
        Some(id) => Err(WireError::new(
            "UploadIdNotFound",
            format!("The specified uploadId couldn't be located: {id}"),
        )),
    }
}

/// The beginning of a value, for an error's text.
fn shown(text: &str) -> String {
    const SHOWN: usize = 200;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain("...".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_characters_and_include_their_ends() {
        assert!(length("ä", "communicationBody", BODY_LENGTH).is_ok());
        assert!(length(&"ä".repeat(8000), "communicationBody", BODY_LENGTH).is_ok());
        let long = length(&"ä".repeat(8001), "communicationBody", BODY_LENGTH).unwrap_err();
        assert_eq!(long.code, "ValidationException");
        assert!(long.message.ends_with("Member must have length less than or equal to 8000"), "{long}");
        let empty = length("", "communicationBody", BODY_LENGTH).unwrap_err();
        assert_eq!(
            empty.message,
            "1 validation error detected: Value '' at 'communicationBody' failed to satisfy constraint: Member must \
             have length greater than or equal to 1"
        );
    }

    #[test]
    fn max_results_is_ten_to_a_hundred() {
        for (value, expected) in [(None, 100), (Some(10), 10), (Some(55), 55), (Some(100), 100)] {
            assert_eq!(max_results(value).unwrap(), expected);
        }
        for value in [i64::MIN, -1, 0, 9, 101, i64::MAX] {
            assert_eq!(max_results(Some(value)).unwrap_err().code, "ValidationException", "{value}");
        }
    }

    #[test]
    fn contacts_are_addresses_and_ten_at_most() {
        let list = |addresses: &[&str]| Some(addresses.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>());
        assert!(contacts(&None).unwrap().is_empty());
        assert_eq!(contacts(&list(&["a@b.example"; 10])).unwrap().len(), 10);
        assert_eq!(contacts(&list(&["a@b.example"; 11])).unwrap_err().code, "ValidationException");
        for bad in
            ["", "a", "@b.example", "a@", "a@b", "a b@c.example", "a@b@c.example", "a@.b", "a@b.x,c@d.x"]
        {
            let error = contacts(&list(&[bad])).unwrap_err();
            assert_eq!(error.code, "InvalidParameterValueException", "{bad}");
        }
    }

    #[test]
    fn a_window_includes_its_ends() {
        let window = Window::read(Some("2026-05-14T00:00:00Z"), Some("2026-05-15T00:00:00Z")).unwrap();
        let at = |text: &str| window.holds(text.parse().unwrap());
        assert!(at("2026-05-14T00:00:00Z") && at("2026-05-15T00:00:00Z"));
        assert!(!at("2026-05-13T23:59:59.999Z") && !at("2026-05-15T00:00:00.001Z"));
        assert_eq!(Window::read(Some("soon"), None).err().unwrap().code, "InvalidParameterValueException");
    }

    #[test]
    fn two_years_are_kept() {
        let now = "2026-11-22T07:00:00Z".parse().unwrap();
        assert_eq!(oldest_available(now), "2024-11-22T07:00:00Z".parse().unwrap());
    }
}
