//! Linux: there is no service that runs PAC files, so settings that name one are an error.

use proxy_watch::{
    Error,
    pac::{PacPolicy, PacResolver},
};
use std::time::Duration;

/// Creates a resolver for settings that name proxies directly.
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn resolver(_timeout: Duration) -> Result<PacResolver, Error> {
    Ok(PacResolver::new(PacPolicy::new()))
}
