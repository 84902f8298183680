//! Checks of what only the service can know, which several operations share: refused with
//! InvalidParameterValueException.

use jiff::{Timestamp, ToSpan};

use super::model::shown;
use crate::catalog::{self, LANGUAGES, ServiceEntry};
use crate::error::WireError;
use crate::model::IssueType;
use crate::time_text::parse_filter;

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

    /// Whether it holds any time.
    pub(super) fn is_open(self) -> bool {
        self.after == Timestamp::MIN && self.before == Timestamp::MAX
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

/// A code of a language that AWS Support knows, where one is given.
pub(super) fn language(code: Option<&str>) -> Result<(), WireError> {
    match code {
        Some(code) if LANGUAGES.iter().all(|(known, _)| *known != code) => {
            Err(WireError::invalid_parameter(format!("Invalid language: '{}'", shown(code))))
        }
        Some(_) | None => Ok(()),
    }
}

/// A kind of issue.
pub(super) fn issue_type(text: &str) -> Result<IssueType, WireError> {
    text.parse().map_err(|()| WireError::invalid_parameter(format!("Invalid issue type: '{}'", shown(text))))
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

/// Additional contacts: each of the form of an address.
pub(super) fn addresses(list: &[String]) -> Result<(), WireError> {
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
    Ok(())
}

/// A file's name.
pub(super) fn file_name(name: &str) -> Result<(), WireError> {
    if name.trim().is_empty() {
        return Err(WireError::invalid_parameter("The fileName must not be blank."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_addresses() {
        let told = |address: &str| addresses(&[address.to_owned()]);
        assert!(addresses(&[]).is_ok() && told("a@b.example").is_ok());
        for bad in
            ["", "a", "@b.example", "a@", "a@b", "a b@c.example", "a@b@c.example", "a@.b", "a@b.x,c@d.x"]
        {
            assert_eq!(told(bad).unwrap_err().code, "InvalidParameterValueException", "{bad}");
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
