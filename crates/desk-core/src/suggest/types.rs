//! The plain types of suggestions.

use crate::case::CaseRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A known case that reads like the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SimilarCase {
    /// The case.
    pub row: CaseRow,
    /// Words of the report that occur in it, most telling first, at most five.
    pub shared_words: Vec<String>,
    /// For a resolved case: ECO's last message, at most 400 characters.
    pub solution: Option<String>,
}

/// What the Solve now step shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Suggestions {
    /// Open cases of a similar subject, most similar first, at most three.
    pub open: Vec<SimilarCase>,
    /// Resolved ones, at most three.
    pub resolved: Vec<SimilarCase>,
}
