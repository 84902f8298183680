//! Windows: WinHTTP fetches and runs PAC files and looks for them with WPAD, where the settings ask for it.

use proxy_watch::{
    Error,
    pac::{NativePacResolver, PacPolicy, PacResolver},
};
use std::time::Duration;

/// Creates a resolver for all of Windows's settings.
pub(super) fn resolver(timeout: Duration) -> Result<PacResolver, Error> {
    Ok(PacResolver::new(PacPolicy::new())
        .with_native(NativePacResolver::with_timeout(timeout)?.with_wpad(true)))
}
