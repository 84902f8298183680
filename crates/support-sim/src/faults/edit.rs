//! Changes of single members in the JSON of an answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A change of the members that a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Member names and places in lists with a slash between them; `*` stands for every item of a list:
    /// `cases/*/recentCommunications`.
    pub path: String,
    /// What stands there afterwards, also where nothing stood; without it the member is taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

impl Edit {
    /// Takes members out.
    #[must_use]
    pub fn remove(path: &str) -> Self {
        Self { path: path.to_owned(), value: None }
    }

    /// Puts a value in place of members.
    #[must_use]
    pub fn set(path: &str, value: impl Into<Value>) -> Self {
        Self { path: path.to_owned(), value: Some(value.into()) }
    }

    /// Makes the change in `answer`. A path that leads nowhere changes nothing.
    pub(crate) fn apply(&self, answer: &mut Value) {
        let steps: Vec<&str> = self.path.split('/').collect();
        change(answer, &steps, self.value.as_ref());
    }
}

fn change(at: &mut Value, steps: &[&str], value: Option<&Value>) {
    let Some((step, rest)) = steps.split_first() else { return };
    match at {
        Value::Object(members) if rest.is_empty() => match value {
            Some(value) => drop(members.insert((*step).to_owned(), value.clone())),
            None => drop(members.remove(*step)),
        },
        Value::Object(members) => {
            if let Some(member) = members.get_mut(*step) {
                change(member, rest, value);
            }
        }
        Value::Array(items) => {
            let places = match *step {
                "*" => 0..items.len(),
                place => place.parse().map_or(0..0, |place: usize| {
                    place.min(items.len())..place.saturating_add(1).min(items.len())
                }),
            };
            match (rest.is_empty(), value) {
                (true, None) => drop(items.drain(places)),
                (true, Some(value)) => items[places].fill(value.clone()),
                (false, _) => items[places].iter_mut().for_each(|item| change(item, rest, value)),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_changed_added_and_taken_out() {
        let answer = || json!({ "cases": [{ "a": 1, "b": { "c": 2 } }, { "a": 3 }] });
        for (edit, expected) in [
            (Edit::remove("cases/*/a"), json!({ "cases": [{ "b": { "c": 2 } }, {}] })),
            (
                Edit::set("cases/1/a", json!([])),
                json!({ "cases": [{ "a": 1, "b": { "c": 2 } }, { "a": []}] }),
            ),
            (Edit::set("cases/*/b/c", "x"), json!({ "cases": [{ "a": 1, "b": { "c": "x" } }, { "a": 3 }] })),
            (Edit::set("nextToken", "t"), json!({ "cases": answer()["cases"], "nextToken": "t" })),
            (Edit::remove("cases/0"), json!({ "cases": [{ "a": 3 }] })),
            (Edit::set("cases/0", 7), json!({ "cases": [7, { "a": 3 }] })),
            (Edit::remove("cases/5"), answer()),
            (Edit::remove("nothing/here"), answer()),
            (Edit::set("cases/0/a/b", 1), answer()),
        ] {
            let mut changed = answer();
            edit.apply(&mut changed);
            assert_eq!(changed, expected, "{edit:?}");
        }
    }
}
