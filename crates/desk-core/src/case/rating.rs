//! What the user thinks of ECO's correspondence in a case.

use desk_model::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Longest comment, in characters.
    pub const MAX_COMMENT: usize = 1_000;

    /// Whether it can be kept.
    ///
    /// # Errors
    /// A problem with the field `stars` or `comment`.
    pub fn check(&self) -> Result<(), Problem> {
        if !(1..=5).contains(&self.stars) {
            return Err(Problem::field("stars", "Give 1 to 5 stars."));
        }
        if self.comment.chars().count() > Self::MAX_COMMENT {
            return Err(Problem::field("comment", "The comment may have 1,000 characters. Shorten it."));
        }
        Ok(())
    }
}
