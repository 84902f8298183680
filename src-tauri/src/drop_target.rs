//! Where dropped files go: to what the screen in front of the user takes them for.
//!
//! Screens tell when they come and go, by commands that run beside each other. Each word carries the number of its
//! screen, so that one that arrives late changes nothing.

use crate::contract::{DropMount, DropTarget};
use std::sync::{Mutex, PoisonError};

/// The target of the newest screen.
#[derive(Default)]
pub(crate) struct DropTargets(Mutex<Newest>);

#[derive(Default)]
struct Newest {
    mount: Option<DropMount>,
    target: DropTarget,
}

impl DropTargets {
    /// A screen that takes dropped files has come up.
    pub(crate) fn mount(&self, mount: DropMount, target: DropTarget) {
        let mut newest = self.newest();
        if newest.is_before(mount) {
            *newest = Newest { mount: Some(mount), target };
        }
    }

    /// That screen has gone. What a newer one has set stays.
    pub(crate) fn unmount(&self, mount: DropMount) {
        let mut newest = self.newest();
        // Its coming may still be on the way, and then counts for nothing.
        if newest.mount == Some(mount) || newest.is_before(mount) {
            *newest = Newest { mount: Some(mount), target: DropTarget::default() };
        }
    }

    /// The page with all its screens is gone. What it said last may still arrive, and counts for nothing.
    pub(crate) fn page_gone(&self) {
        let mut newest = self.newest();
        newest.target = DropTarget::default();
        if let Some(mount) = &mut newest.mount {
            mount.order = u32::MAX;
        }
    }

    /// Where dropped files go now.
    pub(crate) fn current(&self) -> DropTarget {
        self.newest().target.clone()
    }

    fn newest(&self) -> std::sync::MutexGuard<'_, Newest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Newest {
    /// Whether `mount` is newer. A page that was loaded anew counts from the beginning.
    fn is_before(&self, mount: DropMount) -> bool {
        self.mount.is_none_or(|newest| newest.page != mount.page || newest.order < mount.order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_core::report::DraftId;

    fn mount(order: u32) -> DropMount {
        DropMount { page: 7, order }
    }

    fn draft(id: &str) -> DropTarget {
        DropTarget::Draft { draft: DraftId(id.into()) }
    }

    #[test]
    fn in_whatever_order_the_words_arrive_the_newest_screen_has_it() {
        // A form is left for another: its going and the other's coming.
        type Word = fn(&DropTargets);
        let words: [Word; 3] = [
            |targets| targets.mount(mount(1), draft("first")),
            |targets| targets.unmount(mount(1)),
            |targets| targets.mount(mount(2), draft("second")),
        ];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let targets = DropTargets::default();
            for word in order {
                words[word](&targets);
            }
            assert_eq!(targets.current(), draft("second"), "{order:?}");
        }
    }

    #[test]
    fn a_screen_that_has_gone_takes_nothing_even_where_its_coming_arrives_last() {
        let targets = DropTargets::default();
        targets.unmount(mount(1));
        targets.mount(mount(1), draft("gone"));
        assert_eq!(targets.current(), DropTarget::NewReport);
    }

    #[test]
    fn a_page_that_is_gone_takes_nothing_whatever_it_still_says() {
        let targets = DropTargets::default();
        targets.mount(mount(1), draft("gone"));
        targets.page_gone();
        assert_eq!(targets.current(), DropTarget::NewReport);
        targets.mount(mount(2), draft("late"));
        assert_eq!(targets.current(), DropTarget::NewReport);
        targets.mount(DropMount { page: 8, order: 1 }, draft("next page"));
        assert_eq!(targets.current(), draft("next page"));
    }

    #[test]
    fn a_page_that_was_loaded_anew_counts_from_the_beginning() {
        let targets = DropTargets::default();
        targets.mount(mount(40), DropTarget::AccessKey);
        targets.mount(DropMount { page: 8, order: 1 }, draft("new page"));
        assert_eq!(targets.current(), draft("new page"));
    }
}
