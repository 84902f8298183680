//! An AWS account the user works in: where its credentials come from and whether they work.

mod accounts;
mod approval;
mod belonging;
mod check;
mod connecting;
mod following;
mod key_file;
mod leaving;
mod portal;
mod profiles;
pub(crate) mod rows;
mod secret;
mod types;
mod vault;

pub use accounts::Accounts;
pub(crate) use check::Examined;
pub use check::{ConnectionCheck, EdiCategory, Identity, Obstacle, ObstacleKind, OperationCheck, Permission};
pub use connecting::{KeyEntry, ProfileEntry};
pub use key_file::{EnteredKey, HeldKey, HeldKeyId};
pub use portal::{PortalAccount, SignInBegun, SignInId, SignInWay};
pub use profiles::ConfigFiles;
pub use secret::Secret;
pub use types::*;
pub(crate) use vault::{Kept, Vault};
