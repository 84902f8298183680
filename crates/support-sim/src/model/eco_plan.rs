//! ECO's plan for a case, as the case carries it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The plan that a case carries. It names stories and steps, so that it survives a change of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct EcoPlan {
    /// The story that is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) story: Option<String>,
    /// The story's last step that was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) done: Option<String>,
    /// What comes next, once its time has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) planned: Option<Planned>,
    /// An operator has started the story, so it goes on even when ECO does not act by itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) by_hand: bool,
    /// What the case was opened about, where monitoring opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alarm: Option<AlarmFacts>,
    /// Chooses between the wordings, and is the seed of what is drawn.
    pub(crate) variety: u32,
}

/// A step with its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Planned {
    pub(crate) step: String,
    pub(crate) at: Timestamp,
    /// Only if the customer keeps silent until then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) if_silent: bool,
}

impl EcoPlan {
    /// The plan of a case that stood there before: nothing to do until the customer writes.
    pub(crate) fn idle(variety: u32) -> Self {
        Self { variety, ..Self::default() }
    }

    /// When there is something to do.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.planned.as_ref().map(|planned| planned.at)
    }

    /// Nothing more is to do.
    pub(crate) fn end(&mut self) {
        self.story = None;
        self.done = None;
        self.planned = None;
        self.by_hand = false;
    }

    /// Takes the next wording.
    pub(crate) fn turn(&mut self) {
        self.variety = self.variety.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    }
}

/// What monitoring saw, for the letters of the case that was opened about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AlarmFacts {
    pub(crate) alarm: String,
    pub(crate) effect: String,
    pub(crate) metric: String,
    pub(crate) value: u64,
    pub(crate) threshold: u64,
    pub(crate) since: Timestamp,
}
