//! Tells the web view what it did not ask for.
//!
//! The web view registers one channel; it holds no permission to listen to Tauri's own events, whose drop
//! events would give it paths of the user's disk. There may be no page at all: none that has loaded yet, or a window
//! that was destroyed while it was hidden. What the user wished to see then waits for the next page.

use crate::contract::{ShellEvent, ShellListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Default)]
struct Page {
    listener: Option<ShellListener>,
    /// What was to be shown before the page listened: a click on a notification that started the program or opened the
    /// window.
    waiting: Vec<ShellEvent>,
    /// Whether something changed before the page listened: it may have read before that.
    changed: bool,
}

/// The channel to the page in the window, if there is one. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Ui(Arc<Mutex<Page>>);

impl Ui {
    /// Takes the page's channel and sends what has been waiting for it.
    pub(crate) fn listen(&self, listener: ShellListener) {
        let mut page = self.page();
        if std::mem::take(&mut page.changed) {
            listener.tell(ShellEvent::Changed { changes: Vec::new() });
        }
        for event in page.waiting.drain(..) {
            listener.tell(event);
        }
        page.listener = Some(listener);
    }

    /// Drops the page's channel: its window is gone, or loads the page anew. The next page reads everything by itself.
    pub(crate) fn hang_up(&self) {
        let mut page = self.page();
        page.listener = None;
        page.changed = false;
    }

    /// Tells the page. Answers whether there is one that listens.
    pub(crate) fn tell(&self, event: ShellEvent) -> bool {
        let mut page = self.page();
        if let Some(listener) = &page.listener {
            listener.tell(event);
            return true;
        }
        if matches!(event, ShellEvent::Changed { .. }) {
            page.changed = true;
        } else if event.is_wish_to_show() && !page.waiting.contains(&event) {
            page.waiting.push(event);
        }
        false
    }

    fn page(&self) -> MutexGuard<'_, Page> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn open(case: &str) -> ShellEvent {
        ShellEvent::OpenCase { case: CaseKey(case.into()) }
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
        ui.tell(open("c"));
        ui.tell(open("c"));
        let (listener, heard) = page();
        ui.listen(listener);
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [r#"{"event":"open-case","case":"c"}"#]);
    }

    #[test]
    fn a_page_that_is_gone_is_told_nothing_and_the_next_one_gets_what_the_user_wished_to_see() {
        let ui = Ui::default();
        let (listener, heard_by_the_first) = page();
        ui.listen(listener);
        assert!(ui.tell(ShellEvent::OpenReport));
        ui.hang_up();
        assert!(!ui.tell(ShellEvent::Flush));
        assert!(!ui.tell(open("c")));
        let (listener, heard) = page();
        ui.listen(listener);
        assert_eq!(
            heard_by_the_first.iter().collect::<Vec<_>>(),
            [r#"{"event":"open-report"}"#],
            "and it is dropped"
        );
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [r#"{"event":"open-case","case":"c"}"#]);
    }
}
