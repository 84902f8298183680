//! The Keychain of the user who runs the tests.

/// Every user has one.
pub(super) fn is_there() -> bool {
    true
}
