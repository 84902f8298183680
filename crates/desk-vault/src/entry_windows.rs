//! An entry of Windows' Credential Manager that stays on this computer: its default persistence, Enterprise,
//! would let it roam with the user's profile.

use std::collections::HashMap;

/// Opens the entry; it need not exist.
pub(super) fn open(service: &str, user: &str) -> keyring::Result<keyring_core::Entry> {
    // Sets the store up; an error here is the reason why there is none.
    if keyring::Entry::store_status().is_err() {
        return Err(keyring::Error::NoDefaultStore);
    }
    keyring_core::Entry::new_with_modifiers(service, user, &HashMap::from([("persistence", "Local")]))
}
