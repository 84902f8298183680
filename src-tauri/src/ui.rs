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
    /// Whether something changed before the web view listened: it may have read before that.
    changed: bool,
}

/// The line to the web view. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Ui(Arc<Mutex<Line>>);

impl Ui {
    /// Takes the web view's channel and sends what has been waiting for it. A reloaded page replaces the last.
    pub(crate) fn listen(&self, listener: ShellListener) {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut line.changed) {
            listener.tell(ShellEvent::Changed { changes: Vec::new() });
        }
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
            None if matches!(event, ShellEvent::Changed { .. }) => line.changed = true,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::{CaseKey, Change};
    use std::sync::mpsc;
    use tauri::ipc::{Channel, InvokeResponseBody};

    fn page() -> (ShellListener, mpsc::Receiver<String>) {
        let (told, heard) = mpsc::channel();
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(json) = body {
                told.send(json).expect("the test listens");
            }
            Ok(())
        });
        (ShellListener::from(channel), heard)
    }

    #[test]
    fn a_change_before_the_page_listened_makes_it_read_everything_again() {
        let ui = Ui::default();
        ui.tell(ShellEvent::Changed { changes: vec![Change::Cases] });
        let (listener, heard) = page();
        ui.listen(listener);
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [r#"{"event":"changed","changes":[]}"#]);
    }

    #[test]
    fn a_wish_to_see_a_case_waits_for_the_page() {
        let ui = Ui::default();
        ui.tell(ShellEvent::DragOver { over: true });
        ui.tell(ShellEvent::OpenCase { case: CaseKey("c".into()) });
        let (listener, heard) = page();
        ui.listen(listener);
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [r#"{"event":"open-case","case":"c"}"#]);
    }
}
