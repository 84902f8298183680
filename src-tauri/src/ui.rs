//! Tells the web view what it did not ask for.
//!
//! The web view registers one channel; it holds no permission to listen to Tauri's own events, whose drop
//! events would give it paths of the user's disk.

use crate::contract::{ShellEvent, ShellListener};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Default)]
struct Line {
    listener: Option<ShellListener>,
    /// What was to be shown before the web view listened: a click on a notification that started the program.
    waiting: Vec<ShellEvent>,
}

/// The line to the web view. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Ui(Arc<Mutex<Line>>);

impl Ui {
    /// Takes the web view's channel and sends what has been waiting for it. A reloaded page replaces the last.
    pub(crate) fn listen(&self, listener: ShellListener) {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for event in line.waiting.drain(..) {
            listener.tell(event);
        }
        line.listener = Some(listener);
    }

    /// Tells the web view.
    pub(crate) fn tell(&self, event: ShellEvent) {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &line.listener {
            Some(listener) => listener.tell(event),
            None if event.is_wish_to_show() => line.waiting.push(event),
            // The page reads everything anew when it starts.
            None => {}
        }
    }
}
