//! A scenario: how ECO behaves and what it writes, read from a file that a tester can edit. Everything in it is
//! checked when it is read, so that nothing can be amiss in it while ECO works. The built-in ECO is such a file too
//! (`scenarios/standard.toml`), so there is one way of working.

mod form;
mod read;
mod story;
mod text;
mod time;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

pub(crate) use story::{
    AlarmKind, Asked, Content, Letter, Priority, Rule, Script, Step, Story, Target, Topic, Trigger,
};
pub(crate) use text::Template;
pub(crate) use time::{After, Delay, Pace, Time, duration};

const STANDARD: &str = include_str!("../../scenarios/standard.toml");

/// What ECO does and writes, and at which pace. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub(crate) script: Arc<Script>,
    pub(crate) pace_name: String,
    pub(crate) pace: Arc<Pace>,
}

/// Why a scenario cannot be used. It says where, and what is allowed there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// The file cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// Something in it is wrong.
    #[error("{name}, line {line}: {reason}")]
    Wrong {
        /// The file's name.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong, and what is allowed.
        reason: String,
    },
    /// It has no such pace.
    #[error("there is no pace {wanted:?}; there are {known}")]
    NoSuchPace {
        /// The requested name.
        wanted: String,
        /// The available names.
        known: String,
    },
}

static STANDARD_SCENARIO: LazyLock<Scenario> =
    LazyLock::new(|| Scenario::parse("standard.toml", STANDARD).expect("a test reads the built-in scenario"));

impl Scenario {
    /// The built-in ECO at the demo's pace; [`Scenario::at_pace`] takes another.
    #[must_use]
    pub fn standard() -> Self {
        STANDARD_SCENARIO.clone()
    }

    /// The built-in scenario's file, to be copied and changed.
    #[must_use]
    pub fn standard_text() -> &'static str {
        STANDARD
    }

    /// Reads a scenario at its first pace. Files that it attaches are looked for beside it.
    ///
    /// # Errors
    /// See [`ScenarioError`].
    pub fn load(path: impl AsRef<Path>) -> Result<Self, ScenarioError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| ScenarioError::Unreadable {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        read::scenario(&path.display().to_string(), &text, path.parent())
    }

    /// Reads a scenario from its text; `name` is what errors call it. It cannot attach files of its own.
    ///
    /// # Errors
    /// See [`ScenarioError`].
    pub fn parse(name: &str, text: &str) -> Result<Self, ScenarioError> {
        read::scenario(name, text, None)
    }

    /// The same at another of its paces.
    ///
    /// # Errors
    /// [`ScenarioError::NoSuchPace`].
    pub fn at_pace(&self, name: &str) -> Result<Self, ScenarioError> {
        let pace = self.script.paces.iter().find(|(known, _)| known == name).ok_or_else(|| {
            ScenarioError::NoSuchPace { wanted: name.to_owned(), known: self.paces().join(", ") }
        })?;
        Ok(Self {
            script: Arc::clone(&self.script),
            pace_name: name.to_owned(),
            pace: Arc::new(pace.1.clone()),
        })
    }

    /// The names of its paces, in the file's order.
    #[must_use]
    pub fn paces(&self) -> Vec<&str> {
        self.script.paces.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The pace it is at.
    #[must_use]
    pub fn pace_name(&self) -> &str {
        &self.pace_name
    }

    /// The names of its stories, each with what it is about.
    #[must_use]
    pub fn stories(&self) -> Vec<(&str, &str)> {
        self.script.stories.iter().map(|story| (story.name.as_str(), story.about.as_str())).collect()
    }
}

#[cfg(test)]
mod tests;
