//! The constraints of the service model: what breaks them is refused with ValidationException, all of it at once, in
//! the words of AWS's own frameworks.

use std::ops::RangeInclusive;

use crate::error::WireError;

/// Longest and shortest body of a communication, in characters.
pub(super) const BODY_LENGTH: RangeInclusive<usize> = 1..=8000;
/// Longest and shortest upload id, in characters.
pub(super) const UPLOAD_ID_LENGTH: RangeInclusive<usize> = 1..=2048;

/// Collects what breaks a constraint.
#[derive(Default)]
pub(super) struct Constraints {
    broken: Vec<String>,
}

impl Constraints {
    /// A member that has to be there.
    pub(super) fn required<T: Copy + Default>(&mut self, value: Option<T>, member: &str) -> T {
        value.unwrap_or_else(|| {
            self.broke("null", member, "Member must not be null");
            T::default()
        })
    }

    /// A text that has to be there, and its length in characters.
    pub(super) fn required_text<'v>(
        &mut self,
        value: Option<&'v str>,
        member: &str,
        length: RangeInclusive<usize>,
    ) -> &'v str {
        self.text(value, member, length);
        self.required(value, member)
    }

    /// A text's length in characters, where there is one.
    pub(super) fn text(&mut self, value: Option<&str>, member: &str, length: RangeInclusive<usize>) {
        let Some(text) = value else { return };
        if let Some(constraint) = length_constraint(text.chars().count(), &length) {
            self.broke(&format!("'{}'", shown(text)), member, &constraint);
        }
    }

    /// A number's range, where there is one.
    pub(super) fn number(&mut self, value: Option<i64>, member: &str, range: RangeInclusive<i64>) {
        let Some(value) = value else { return };
        let constraint = if value < *range.start() {
            format!("Member must have value greater than or equal to {}", range.start())
        } else if value > *range.end() {
            format!("Member must have value less than or equal to {}", range.end())
        } else {
            return;
        };
        self.broke(&format!("'{value}'"), member, &constraint);
    }

    /// A list's length; an absent list is an empty one.
    pub(super) fn at_most<'v>(
        &mut self,
        list: &'v Option<Vec<String>>,
        member: &str,
        most: usize,
    ) -> &'v [String] {
        let list = list.as_deref().unwrap_or_default();
        if let Some(constraint) = length_constraint(list.len(), &(0..=most)) {
            self.broke(&format!("'[{}]'", shown(&list.join(", "))), member, &constraint);
        }
        list
    }

    /// Upload ids: ten at most, each of its length.
    pub(super) fn upload_ids<'v>(&mut self, list: &'v Option<Vec<String>>) -> &'v [String] {
        let list = self.at_most(list, "uploadIds", 10);
        let fits = |id: &String| length_constraint(id.chars().count(), &UPLOAD_ID_LENGTH).is_none();
        if !list.iter().all(fits) {
            let (least, most) = (UPLOAD_ID_LENGTH.start(), UPLOAD_ID_LENGTH.end());
            let constraint = format!(
                "Member must satisfy constraint: [Member must have length less than or equal to {most}, Member must \
                 have length greater than or equal to {least}]"
            );
            self.broke(&format!("'[{}]'", shown(&list.join(", "))), "uploadIds", &constraint);
        }
        list
    }

    /// `maxResults`: 10 to 100, and 100 where it is not said.
    pub(super) fn max_results(&mut self, value: Option<i64>) -> usize {
        self.number(value, "maxResults", 10..=100);
        value.map_or(100, |value| usize::try_from(value.clamp(10, 100)).expect("between 10 and 100"))
    }

    /// Whether all constraints hold.
    pub(super) fn end(self) -> Result<(), WireError> {
        let count = self.broken.len();
        if count == 0 {
            return Ok(());
        }
        let errors = if count == 1 { "error" } else { "errors" };
        let text = format!("{count} validation {errors} detected: {}", self.broken.join("; "));
        Err(WireError::new("ValidationException", text))
    }

    fn broke(&mut self, value: &str, member: &str, constraint: &str) {
        self.broken.push(format!("Value {value} at '{member}' failed to satisfy constraint: {constraint}"));
    }
}

fn length_constraint(length: usize, range: &RangeInclusive<usize>) -> Option<String> {
    if length < *range.start() {
        return Some(format!("Member must have length greater than or equal to {}", range.start()));
    }
    (length > *range.end()).then(|| format!("Member must have length less than or equal to {}", range.end()))
}

/// The beginning of a value, for an error's text.
pub(super) fn shown(text: &str) -> String {
    const SHOWN: usize = 200;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain("...".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(check: impl FnOnce(&mut Constraints)) -> Option<String> {
        let mut constraints = Constraints::default();
        check(&mut constraints);
        let error = constraints.end().err()?;
        assert_eq!(error.code, "ValidationException");
        Some(error.message)
    }

    #[test]
    fn lengths_count_characters_and_include_their_ends() {
        let body = |text: &str| told(|model| model.text(Some(text), "communicationBody", BODY_LENGTH));
        assert_eq!(body("ä"), None);
        assert_eq!(body(&"ä".repeat(8000)), None);
        let long = body(&"ä".repeat(8001)).unwrap();
        assert!(long.ends_with("Member must have length less than or equal to 8000"), "{long}");
        assert_eq!(
            body("").unwrap(),
            "1 validation error detected: Value '' at 'communicationBody' failed to satisfy constraint: Member must \
             have length greater than or equal to 1"
        );
    }

    #[test]
    fn everything_that_is_broken_is_said_at_once() {
        let text = told(|model| {
            model.required(None::<&str>, "subject");
            model.required_text(None, "communicationBody", BODY_LENGTH);
        });
        assert_eq!(
            text.unwrap(),
            "2 validation errors detected: Value null at 'subject' failed to satisfy constraint: Member must not be \
             null; Value null at 'communicationBody' failed to satisfy constraint: Member must not be null"
        );
    }

    #[test]
    fn max_results_is_ten_to_a_hundred() {
        for (value, expected) in [(None, 100), (Some(10), 10), (Some(55), 55), (Some(100), 100)] {
            assert_eq!(told(|model| assert_eq!(model.max_results(value), expected)), None);
        }
        for value in [i64::MIN, -1, 0, 9, 101, i64::MAX] {
            assert!(told(|model| _ = model.max_results(Some(value))).is_some(), "{value}");
        }
    }

    #[test]
    fn upload_ids_are_counted_and_measured() {
        let ids = |ids: &[&str]| {
            let list = Some(ids.iter().map(|id| (*id).to_owned()).collect());
            told(|model| _ = model.upload_ids(&list))
        };
        assert_eq!(ids(&["a"; 10]), None);
        assert_eq!(ids(&["a".repeat(2048).as_str()]), None);
        assert!(ids(&["a"; 11]).unwrap().contains("less than or equal to 10"));
        for bad in [&["a", ""][..], &["a".repeat(2049).as_str()]] {
            assert!(ids(bad).unwrap().contains("Member must satisfy constraint: [Member must have length"));
        }
    }
}
