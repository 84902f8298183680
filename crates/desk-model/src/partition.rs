//! AWS partitions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An AWS partition: it has its own accounts, endpoints and consoles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Partition {
    /// Commercial AWS.
    Aws,
    /// China.
    AwsCn,
    /// GovCloud (US).
    AwsUsGov,
}

impl Partition {
    /// All partitions.
    pub const ALL: [Self; 3] = [Self::Aws, Self::AwsCn, Self::AwsUsGov];
}
