//! What the user thinks of ECO's correspondence in a case.

use crate::field::Field;
use crate::problem::Problem;
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
