//! The options of a sim that are fixed for its lifetime.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::direction::Direction;

/// Whose time a signature must be near, within five minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SigningTime {
    /// The sim's own.
    #[default]
    Sim,
    /// The sim's or the computer's: for clients that sign by the computer's clock while the sim's runs ahead.
    SimOrComputer,
}

/// What the ETag of a part is. S3 gives both kinds, and tells clients not to take it for an MD5 digest:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html>. Which one AWS Support's links give, AWS does not
/// say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Etags {
    /// It means nothing and is new each time that a part arrives, as S3's is where it encrypts with KMS keys.
    #[default]
    Opaque,
    /// The MD5 digest of the part, as S3's is elsewhere.
    Md5,
}

/// What stays the same while a sim runs (plan, callers and quotas can be changed).
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) clock: Clock,
    pub(crate) signing_time: SigningTime,
    pub(crate) seed: u64,
    pub(crate) direction: Direction,
    pub(crate) appear_after: Duration,
    /// How long a case waits for the customer until it is resolved.
    pub(crate) patience: Option<Duration>,
    pub(crate) redaction: bool,
    pub(crate) links: LinkOptions,
    pub(crate) data_dir: Option<PathBuf>,
}

/// What concerns uploads and downloads by links.
#[derive(Clone, Debug)]
pub(crate) struct LinkOptions {
    pub(crate) origin: Option<String>,
    pub(crate) live: Duration,
    pub(crate) part_size: u64,
    /// How long an upload takes to become ready once all its parts are reported.
    pub(crate) ready_after: Duration,
    pub(crate) etags: Etags,
}
