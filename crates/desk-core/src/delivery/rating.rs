//! What the user thinks of ECO's correspondence in a case: the table `rating`.

use crate::draft::plain;
use desk_model::{AccountId, CaseKey, Field, Millis, Problem, Reference};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What each number of stars means, from one star on.
pub const STAR_WORDS: [&str; Rating::MAX_STARS as usize] = ["poor", "fair", "ok", "good", "excellent"];

/// Stars and a comment for ECO's correspondence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rating {
    /// 1 (poor) to 5 (excellent).
    pub stars: u8,
    /// At most 1,000 characters; may be empty.
    pub comment: String,
    /// Whether it goes to ECO as a last message in the case, or stays on this computer.
    pub send_to_eco: bool,
}

impl Rating {
    /// Most stars.
    pub const MAX_STARS: u8 = 5;
    /// Longest comment, in characters.
    pub const MAX_COMMENT: usize = 1_000;

    /// Whether it can be kept.
    ///
    /// # Errors
    /// A problem with the field `stars` or `comment`.
    pub fn check(&self) -> Result<(), Problem> {
        if !(1..=Self::MAX_STARS).contains(&self.stars) {
            return Err(Problem::field(Field::Stars, "Give 1 to 5 stars."));
        }
        if self.comment.chars().count() > Self::MAX_COMMENT {
            return Err(Problem::field(Field::Comment, "The comment may have 1,000 characters. Shorten it."));
        }
        Ok(())
    }
}

/// A rating that goes to ECO as a message, word for word.
pub(super) fn rating_body(rating: &Rating, reference: &Reference) -> String {
    let stars = rating.stars;
    let mut text = format!("Rating of the correspondence in this case: {stars} of 5 stars");
    let comment = plain(&rating.comment);
    if !comment.is_empty() {
        text.push_str("\nComment: ");
        text.push_str(&comment);
    }
    format!("{text}\n\n{}", reference.line())
}

/// Keeps a rating of a case of `account`, in place of an earlier one.
pub(crate) fn put(
    desk: &Transaction<'_>,
    account: &AccountId,
    case: &CaseKey,
    rating: &Rating,
    now: Millis,
) -> Result<(), StoreError> {
    desk.execute(
        "INSERT INTO rating (case_key, rating, rated_at, account) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (case_key) DO UPDATE SET rating = excluded.rating, rated_at = excluded.rated_at,
             account = excluded.account",
        rusqlite::params![case.0, serde_json::to_string(rating)?, now, account.0],
    )?;
    Ok(())
}

/// The stars of all cases, for a query of another room: `JOIN {STARS} g`. Runs on a connection that sees both files.
pub(crate) const STARS: &str = "(SELECT case_key, rating ->> 'stars' AS stars FROM desk.rating)";

/// The rating of a case. Runs on a connection that sees `desk.db`.
pub(crate) fn get(desk: &Connection, case: &CaseKey) -> Result<Option<Rating>, StoreError> {
    let select = "SELECT rating FROM rating WHERE case_key = ?1";
    let json: Option<String> =
        desk.prepare_cached(select)?.query_row([&case.0], |row| row.get(0)).optional()?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// Deletes the rating of a case.
pub(crate) fn forget(desk: &Transaction<'_>, case: &CaseKey) -> Result<(), StoreError> {
    desk.prepare_cached("DELETE FROM rating WHERE case_key = ?1")?.execute([&case.0])?;
    Ok(())
}

/// Lets what is kept of a case follow to its new key, unless that has its own.
pub(crate) fn rekey(desk: &Transaction<'_>, from: &CaseKey, to: &CaseKey) -> Result<(), StoreError> {
    desk.execute("UPDATE OR IGNORE rating SET case_key = ?2 WHERE case_key = ?1", [&from.0, &to.0])?;
    forget(desk, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_a_text_with_its_comment() {
        let reference = Reference::parse("ED-7K2M-9QXA").unwrap();
        let rating = Rating { stars: 4, comment: "Quick and clear.".into(), send_to_eco: true };
        insta::assert_snapshot!(rating_body(&rating, &reference), @r"
        Rating of the correspondence in this case: 4 of 5 stars
        Comment: Quick and clear.

        Ref ED-7K2M-9QXA
        ");
        let bare = Rating { comment: " ".into(), ..rating };
        insta::assert_snapshot!(rating_body(&bare, &reference), @r"
        Rating of the correspondence in this case: 4 of 5 stars

        Ref ED-7K2M-9QXA
        ");
    }
}
