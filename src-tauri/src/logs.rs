//! The log: a file a day beside the data, seven days of them. It holds no text of users and no secret.

use desk_core::aws::LOG_LIMITS;
use std::path::Path;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Days of log files that are kept.
const DAYS: usize = 7;

/// Starts logging into `data_dir/logs`. `ECO_DESK_LOG` sets the filter and shows the log on stderr too.
pub(crate) fn start(data_dir: &Path) {
    let wanted = std::env::var("ECO_DESK_LOG").ok();
    let filter = EnvFilter::try_new(wanted.as_deref().unwrap_or("info,eco_desk=debug,desk_core=debug"))
        .unwrap_or_else(|_| EnvFilter::new("info"));
    let limits = LOG_LIMITS.into_iter().filter_map(|limit| limit.parse().ok());
    let filter = limits.fold(filter, EnvFilter::add_directive);
    // The appender looks into the folder before it makes it, and complains on stderr.
    let _ = std::fs::create_dir_all(data_dir.join("logs"));
    let file = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("eco-desk")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(data_dir.join("logs"));
    let to_file = file.ok().map(|file| tracing_subscriber::fmt::layer().with_ansi(false).with_writer(file));
    let to_stderr = wanted.is_some().then(|| tracing_subscriber::fmt::layer().with_writer(std::io::stderr));
    // A second start in one process (a test) keeps the first log.
    let _ = tracing_subscriber::registry().with(filter).with(to_file).with(to_stderr).try_init();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // The place alone: a panic's message may quote what a user typed.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!("panicked at {place}");
        before(panic);
    }));
}
