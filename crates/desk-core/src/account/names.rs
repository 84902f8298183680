//! What accounts are told apart by: their colours, and the part of AWS that they are in.

use desk_model::Partition;
use serde::Serialize;
use ts_rs::TS;

/// How many colours there are.
pub(super) const COLOURS: u8 = 8;

/// The colours of accounts by name; an account's `colour` is a place in this list.
pub const ACCOUNT_COLOURS: [&str; COLOURS as usize] =
    ["Purple", "Orange", "Teal", "Light blue", "Pink", "Dark blue", "Wine", "Dark green"];

/// A part of AWS in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartitionWords {
    /// The partition.
    pub partition: Partition,
    /// Its name.
    pub name: &'static str,
}

/// The parts of AWS, the usual one first.
pub const PARTITIONS: [PartitionWords; 3] = [
    PartitionWords { partition: Partition::Aws, name: "Commercial" },
    PartitionWords { partition: Partition::AwsCn, name: "China" },
    PartitionWords { partition: Partition::AwsUsGov, name: "GovCloud" },
];
