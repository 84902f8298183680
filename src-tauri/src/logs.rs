//! Starts the log beside the data: `desk_core::log` says what may stand in it.

use desk_core::log;
use std::path::Path;

/// Starts logging into `data_dir/logs`. `ECO_DESK_LOG` sets the filter and shows the log on stderr too; it can ask for
/// less than may be logged, never for more.
pub(crate) fn start(data_dir: &Path) {
    log::start(&data_dir.join("logs"), std::env::var("ECO_DESK_LOG").ok().as_deref());
}
