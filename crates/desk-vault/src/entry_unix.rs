//! An entry of the Secret Service or of the macOS Keychain.

/// Opens the entry; it need not exist.
pub(super) fn open(service: &str, user: &str) -> keyring::Result<keyring_core::Entry> {
    keyring::Entry::new(service, user).map(|entry| entry.inner)
}
