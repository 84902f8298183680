//! An AWS account the user works in: where its credentials come from and whether they work.

mod accounts;
mod approval;
mod belonging;
mod check;
mod connecting;
mod following;
mod key_file;
mod leaving;
mod names;
mod portal;
mod profiles;
mod regions;
mod rows;
mod secret;
mod types;
mod vault;

pub use accounts::Accounts;
pub(crate) use check::Examined;
pub use check::{
    CLOCK_NOTICED, CLOCK_REFUSED, ConnectionCheck, EdiCategory, Identity, Obstacle, ObstacleKind,
    OperationCheck, PURPOSES, Permission, Purpose,
};
pub use connecting::{KeyEntry, MAX_NAME, ProfileEntry};
pub use key_file::{EnteredKey, HeldKey, HeldKeyId};
pub use names::{ACCOUNT_COLOURS, PARTITIONS, PartitionWords};
pub use portal::{PortalAccount, SignInBegun, SignInId, SignInWay};
pub use profiles::ConfigFiles;
pub use regions::{REGIONS, Region};
pub use secret::Secret;
pub use types::*;
pub(crate) use vault::{Kept, Vault};
