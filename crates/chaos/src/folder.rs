//! The data folder: made, copied aside, and put back from a copy.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use support_sim::Customer;

use crate::desk::ACCOUNTS;

/// Writes the AWS files of the folder's accounts: one profile for each customer.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn write_profiles(folder: &Path, customers: &[Customer]) -> Result<()> {
    let aws = folder.join("aws");
    fs::create_dir_all(&aws)?;
    let (mut config, mut keys) = (String::new(), String::new());
    for (profile, customer) in ACCOUNTS.iter().zip(customers) {
        config.push_str(&format!("[profile {profile}]\nregion = eu-west-1\n"));
        keys.push_str(&format!(
            "[{profile}]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            customer.access_key_id(),
            customer.secret_access_key()
        ));
    }
    fs::write(aws.join("config"), config)?;
    fs::write(aws.join("credentials"), keys).context("the profiles cannot be written")
}

/// Makes `to` a copy of `from`, with nothing else in it.
///
/// # Errors
/// When it cannot be copied.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
