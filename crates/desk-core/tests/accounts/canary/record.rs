//! What is told in the story: each answer and each problem as JSON, as the web view gets it, and as `Debug` prints it.

use desk_model::Problem;
use serde::Serialize;
use std::{
    fmt::Debug,
    io::Write as _,
    path::Path,
    sync::{Arc, Mutex},
};

#[derive(Clone)]
pub(super) struct Record(Arc<Mutex<std::fs::File>>);

impl Record {
    pub(super) fn new(path: &Path) -> Self {
        Self(Arc::new(Mutex::new(std::fs::File::create(path).unwrap())))
    }

    /// Notes a thing that crosses.
    pub(super) fn told(&self, thing: &(impl Serialize + Debug)) {
        let line = format!("{}\n{thing:?}\n", serde_json::to_string(thing).unwrap());
        self.0.lock().unwrap().write_all(line.as_bytes()).unwrap();
    }

    /// Notes an answer or why there is none, and passes it on.
    pub(super) fn of<T: Serialize + Debug>(&self, outcome: Result<T, Problem>) -> Result<T, Problem> {
        match &outcome {
            Ok(answer) => self.told(answer),
            Err(problem) => self.told(problem),
        }
        outcome
    }

    /// Notes how a thing prints itself.
    pub(super) fn printed(&self, thing: &impl Debug) {
        self.0.lock().unwrap().write_all(format!("{thing:?}\n").as_bytes()).unwrap();
    }
}
