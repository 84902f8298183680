//! The log: a file for each day beside the data, bounded in size, without any text of users, address or secret.
//!
//! Three rules hold whatever filter is asked for. Events of this program keep their fixed message and the fields in
//! [`line::FIELDS`]; everything else about them is dropped. Events of libraries, which may quote requests, are written
//! from `WARN` on, and only their origin is. A day's file and all files together have a largest size ([`file`]).
//! `cargo xtask check` refuses messages with interpolated values.

pub mod crash;
mod file;
mod line;

use file::LogFile;
use std::path::Path;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt as _, filter_fn},
    fmt::MakeWriter,
    layer::SubscriberExt as _,
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

/// The filter where none is asked for.
const DEFAULT_FILTER: &str = "info,eco_desk=debug,desk_core=debug,desk_aws=debug,desk_network=debug,desk_vault=debug,desk_store=debug,desk_model=debug";
/// The crates of this program.
const OWN: [&str; 7] =
    ["eco_desk", "desk_core", "desk_aws", "desk_network", "desk_vault", "desk_store", "desk_model"];

/// Starts logging into `folder`, and to stderr too where `filter` is given. A second start in one process keeps the
/// first log.
///
/// Panics are logged by their place alone, since a panic's message may quote what a user typed.
pub fn start(folder: &Path, filter: Option<&str>) {
    crash::begin(folder);
    let to_file = LogFile::open(folder).map(|file| layer(file, filter));
    let to_stderr = filter.map(|_| layer(std::io::stderr, filter));
    let _ = tracing_subscriber::registry().with(to_file).with(to_stderr).try_init();
    log_panics();
}

/// A layer that writes the events that `filter` asks for, under the rules of this module.
#[must_use]
pub fn layer<S, W>(writer: W, filter: Option<&str>) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let wanted = EnvFilter::try_new(filter.unwrap_or(DEFAULT_FILTER))
        .unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .event_format(line::Line)
        .with_writer(writer)
        .with_filter(wanted.and(filter_fn(may_be_logged)))
        .boxed()
}

/// Logs each panic by its place, and prints that instead of the panic's message.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
        crash::report(&place);
        #[allow(clippy::print_stderr, reason = "the last resort of a program that may have no log")]
        {
            eprintln!("ECO Desk panicked at {place}");
        }
    }));
}

/// The most that a filter can ask for.
fn may_be_logged(metadata: &Metadata<'_>) -> bool {
    is_own(metadata.target()) || *metadata.level() <= Level::WARN
}

/// Whether an event is of this program and not of a library.
fn is_own(target: &str) -> bool {
    OWN.iter().any(|own| {
        target.strip_prefix(own).is_some_and(|module| module.is_empty() || module.starts_with("::"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What is written of the events that `run` makes.
    fn written(filter: Option<&str>, run: impl FnOnce()) -> String {
        let all = Written::default();
        let into = all.clone();
        let subscriber = tracing_subscriber::registry().with(layer(move || into.clone(), filter));
        tracing::subscriber::with_default(subscriber, run);
        String::from_utf8(all.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_library_logs_from_warn_on_and_without_its_words_whatever_is_asked_for() {
        for filter in [None, Some("trace"), Some("aws_smithy_runtime=trace,hyper_util=debug"), Some("info")] {
            let log = written(filter, || {
                tracing::debug!(target: "aws_smithy_runtime::client", "the SDK's debug");
                tracing::info!(target: "aws_config::profile", "https://example.com/the-sdks-info");
                let url = "https://bucket.example.com/?X-Amz-Signature=00";
                tracing::warn!(target: "aws_smithy_runtime", url, "presigned {url}");
                tracing::error!(target: "eco_desk_lookalike", "words of another crate");
            });
            for word in ["SDK", "https", "X-Amz", "words"] {
                assert!(!log.contains(word), "{filter:?}: {log}");
            }
            assert_eq!(
                log.lines().filter(|line| line.contains("of a library")).count(),
                if matches!(filter, Some("aws_smithy_runtime=trace,hyper_util=debug")) { 1 } else { 2 },
                "{filter:?}: {log}"
            );
        }
    }

    #[test]
    fn this_program_logs_its_fixed_words_and_known_fields_alone() {
        let log = written(Some("trace"), || {
            let (subject, code) = ("The user's subject\nforged line", "Network");
            tracing::warn!(subject, code, request_id = "11aa", "a call failed");
            tracing::trace!(operation = "Create\nCase", "a call");
        });
        assert!(log.contains("a call failed code=Network request_id=11aa"), "{log}");
        assert!(!log.contains("subject") && !log.contains("forged"), "{log}");
        assert_eq!(log.lines().count(), 2, "{log}");
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_the_default_one() {
        let log = written(Some("=,,=nonsense=["), || {
            tracing::debug!("fine");
            tracing::trace!("too fine");
        });
        assert!(log.contains("fine") && !log.contains("too fine"), "{log}");
    }
}
