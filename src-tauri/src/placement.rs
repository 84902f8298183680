//! Where on the screens the window may be, as a rule without a window.
//!
//! A saved place can be on a screen that is gone, and a saved size can be larger than the screen that is there. A
//! window is reachable where all of it lies on screens: its title bar, by which it is moved, and its foot, where the
//! buttons are. Everything here is in physical pixels, whose origin may lie anywhere.

/// A rectangle on the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rect {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Rect {
    fn left(self) -> i64 {
        self.x.into()
    }

    fn top(self) -> i64 {
        self.y.into()
    }

    fn right(self) -> i64 {
        self.left() + i64::from(self.width)
    }

    fn bottom(self) -> i64 {
        self.top() + i64::from(self.height)
    }

    /// The area that both have in common.
    fn overlap(self, other: Self) -> i64 {
        let width = self.right().min(other.right()) - self.left().max(other.left());
        let height = self.bottom().min(other.bottom()) - self.top().max(other.top());
        width.max(0) * height.max(0)
    }

    fn area(self) -> i64 {
        i64::from(self.width) * i64::from(self.height)
    }

    /// The square of the distance between the nearest points of both; 0 where they touch.
    fn distance(self, other: Self) -> i64 {
        let gap = |from: i64, to: i64, other_from: i64, other_to: i64| {
            (other_from - to).max(from - other_to).max(0)
        };
        let x = gap(self.left(), self.right(), other.left(), other.right());
        let y = gap(self.top(), self.bottom(), other.top(), other.bottom());
        x.saturating_mul(x).saturating_add(y.saturating_mul(y))
    }
}

/// The place for a window with its frame that is at `window`, on screens whose work areas (without the bars of the
/// desktop) are `screens`. It stays where it is if all of it is on screens; else it is moved, and where it is too large
/// made smaller, into the screen that has most of it, or the nearest one. Without screens nothing is known, and it
/// stays.
pub(crate) fn place(window: Rect, screens: &[Rect]) -> Rect {
    let screens = || screens.iter().copied().filter(|screen| screen.area() > 0);
    // The screens of a desktop do not overlap, unless one mirrors another; then the window is on both.
    let seen: i64 = screens().map(|screen| screen.overlap(window)).sum();
    let fits_one = screens().any(|screen| screen.width >= window.width && screen.height >= window.height);
    if fits_one && seen >= window.area() {
        return window;
    }
    let best = screens().max_by_key(|screen| {
        (screen.overlap(window), std::cmp::Reverse(screen.distance(window)), screen.area())
    });
    let Some(screen) = best else { return window };
    let width = window.width.min(screen.width);
    let height = window.height.min(screen.height);
    Rect {
        x: within(window.x, width, screen.x, screen.width),
        y: within(window.y, height, screen.y, screen.height),
        width,
        height,
    }
}

/// The place nearest to `at` for something of this length inside a screen that is at least as long.
fn within(at: i32, length: u32, screen_at: i32, screen_length: u32) -> i32 {
    let room = i32::try_from(screen_length - length).unwrap_or(i32::MAX);
    at.clamp(screen_at, screen_at.saturating_add(room))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: i32, y: i32, width: u32, height: u32) -> Rect {
        Rect { x, y, width, height }
    }

    /// Full HD with a task bar of 40 pixels at its foot.
    const DESK: Rect = Rect { x: 0, y: 0, width: 1920, height: 1040 };
    /// A small notebook at 150 per cent, under a bar at its top.
    const NOTEBOOK: Rect = Rect { x: 0, y: 32, width: 1366, height: 736 };
    /// A 4K screen left of and above the origin.
    const LEFT: Rect = Rect { x: -3840, y: -600, width: 3840, height: 2160 };

    #[test]
    fn a_window_that_is_out_of_reach_comes_back() {
        let table: [(&str, Rect, &[Rect], Rect); 14] = [
            (
                "all but a corner is above and left",
                rect(-1270, -820, 1280, 832),
                &[DESK],
                rect(0, 0, 1280, 832),
            ),
            ("larger than the screen", rect(0, 0, 3600, 2000), &[DESK], rect(0, 0, 1920, 1040)),
            ("on a screen that is gone", rect(2000, 100, 1280, 832), &[DESK], rect(640, 100, 1280, 832)),
            ("the default on a small screen", rect(43, 0, 1280, 832), &[NOTEBOOK], rect(43, 32, 1280, 736)),
            ("its foot is below the screen", rect(100, 900, 800, 600), &[DESK], rect(100, 440, 800, 600)),
            ("its title bar is above the screen", rect(100, -30, 800, 600), &[DESK], rect(100, 0, 800, 600)),
            (
                "its title bar is under the desktop's bar",
                rect(0, 0, 800, 600),
                &[NOTEBOOK],
                rect(0, 32, 800, 600),
            ),
            ("half of it is to the right", rect(1500, 100, 800, 600), &[DESK], rect(1120, 100, 800, 600)),
            ("far away in each direction", rect(-32000, -32000, 1280, 832), &[DESK], rect(0, 0, 1280, 832)),
            ("larger than all numbers", rect(i32::MAX, i32::MIN, u32::MAX, u32::MAX), &[DESK], DESK),
            ("nearer to the left screen", rect(-9000, 0, 800, 600), &[DESK, LEFT], rect(-3840, 0, 800, 600)),
            (
                "larger than the one of two screens that has most of it",
                rect(-100, 0, 2400, 1040),
                &[DESK, NOTEBOOK],
                DESK,
            ),
            (
                "it spans two screens and is larger than each",
                rect(-3000, 0, 4000, 1000),
                &[DESK, LEFT],
                rect(-3840, 0, 3840, 1000),
            ),
            ("a screen without an area is none", rect(0, 0, 2000, 2000), &[rect(0, 0, 0, 0), DESK], DESK),
        ];
        for (what, window, screens, expected) in table {
            let placed = place(window, screens);
            assert_eq!(placed, expected, "{what}");
            assert_eq!(place(placed, screens), placed, "{what}: a second look changes nothing");
        }
    }

    #[test]
    fn a_window_that_can_be_reached_stays_where_it_is() {
        let table: [(&str, Rect, &[Rect]); 6] = [
            ("inside", rect(100, 100, 1280, 832), &[DESK]),
            ("as large as the screen", DESK, &[DESK]),
            ("at negative coordinates", rect(-3000, -500, 1280, 832), &[DESK, LEFT]),
            ("across two screens", rect(-600, 100, 1280, 832), &[DESK, LEFT]),
            ("on two screens that show the same", rect(10, 10, 800, 600), &[DESK, DESK]),
            ("no screen is known", rect(-32000, 5, 1280, 832), &[]),
        ];
        for (what, window, screens) in table {
            assert_eq!(place(window, screens), window, "{what}");
        }
    }
}
