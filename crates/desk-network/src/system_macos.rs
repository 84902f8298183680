//! macOS: CFNetwork fetches and runs PAC files and looks for them with WPAD, where the settings ask for it.

use proxy_watch::{
    Error,
    pac::{NativePacResolver, PacPolicy, PacResolver},
};
use std::time::Duration;

/// Answers for all settings that macOS has.
pub(super) fn resolver(limit: Duration) -> Result<PacResolver, Error> {
    Ok(PacResolver::new(PacPolicy::new())
        .with_native(NativePacResolver::with_timeout(limit)?.with_wpad(true)))
}
