//! Linux has no service that runs PAC files: settings that name one are told as such.

use proxy_watch::{
    Error,
    pac::{PacPolicy, PacResolver},
};
use std::time::Duration;

/// Answers for settings that name proxies themselves.
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn resolver(_limit: Duration) -> Result<PacResolver, Error> {
    Ok(PacResolver::new(PacPolicy::new()))
}
