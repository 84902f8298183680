//! Files of our own that another program holds for a moment. On Windows a virus scanner opens each new file, and until
//! it lets go the file can be neither renamed nor read nor deleted.

#[cfg_attr(unix, path = "held_unix.rs")]
#[cfg_attr(windows, path = "held_windows.rs")]
mod system;

use std::{
    io,
    time::{Duration, Instant},
};

/// How long it is tried again.
const LONGEST: Duration = Duration::from_secs(1);
/// The pause between two tries.
const PAUSE: Duration = Duration::from_millis(40);

/// The tries of one step.
pub(super) struct Tries {
    until: Instant,
    is_held: fn(&io::Error) -> bool,
}

impl Tries {
    pub(super) fn new() -> Self {
        Self::with(system::is_held)
    }

    fn with(is_held: fn(&io::Error) -> bool) -> Self {
        Self { until: Instant::now() + LONGEST, is_held }
    }

    /// Whether the step is to be tried again after this failure; waits a moment where it is.
    pub(super) fn again(&self, error: &io::Error) -> bool {
        let again = (self.is_held)(error) && Instant::now() < self.until;
        if again {
            std::thread::sleep(PAUSE);
        }
        again
    }

    /// Takes the step until it succeeds, fails for another reason, or has been held for too long.
    pub(super) fn take<T>(&self, mut step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        loop {
            match step() {
                Err(error) if self.again(&error) => {}
                done => return done,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;

    fn held_by_a_scanner() -> Tries {
        Tries::with(|error| error.kind() == ErrorKind::PermissionDenied)
    }

    #[test]
    fn a_file_that_is_held_for_a_moment_is_tried_again() {
        let free_at = Instant::now() + Duration::from_millis(300);
        let mut tries = 0;
        let done = held_by_a_scanner().take(|| {
            tries += 1;
            if Instant::now() < free_at { Err(ErrorKind::PermissionDenied.into()) } else { Ok(()) }
        });
        assert!(done.is_ok() && tries > 1, "{done:?} after {tries} tries");
    }

    #[test]
    fn it_is_given_up_after_a_second_and_at_once_for_another_reason() {
        let begun = Instant::now();
        let held: io::Result<()> = held_by_a_scanner().take(|| Err(ErrorKind::PermissionDenied.into()));
        assert_eq!(held.unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert!(begun.elapsed() >= LONGEST);
        let mut tries = 0;
        let full: io::Result<()> = held_by_a_scanner().take(|| {
            tries += 1;
            Err(ErrorKind::StorageFull.into())
        });
        assert_eq!((full.unwrap_err().kind(), tries), (ErrorKind::StorageFull, 1));
    }
}
