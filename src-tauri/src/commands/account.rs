//! Accounts.

use crate::state::App;
use desk_core::{
    Problem,
    account::{Account, AccountId, ConnectionCheck, FoundProfile, Partition, Secret},
};

pub(crate) async fn account_list(app: &App) -> Result<Vec<Account>, Problem> {
    Ok(app.desk().await?.accounts.list().await?)
}

pub(crate) async fn account_profiles(app: &App) -> Result<Vec<FoundProfile>, Problem> {
    Ok(app.desk().await?.accounts.profiles().await)
}

pub(crate) async fn account_connect_profile(
    app: &App,
    profile: String,
    name: String,
) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let account = desk.accounts.connect_profile(&profile, &name).await?;
    desk.account_works(&account.id);
    Ok(account)
}

pub(crate) async fn account_connect_keys(
    app: &App,
    access_key_id: String,
    secret_access_key: Secret,
    partition: Partition,
    name: String,
) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let account = desk.accounts.connect_keys(&access_key_id, &secret_access_key, partition, &name).await?;
    desk.account_works(&account.id);
    Ok(account)
}

pub(crate) async fn account_check(app: &App, account: AccountId) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let checked = desk.accounts.check(&account).await?;
    desk.account_works(&account);
    Ok(checked)
}

pub(crate) async fn connection_check(app: &App, account: AccountId) -> Result<ConnectionCheck, Problem> {
    app.desk().await?.check_connection(&account).await
}

pub(crate) async fn account_rename(
    app: &App,
    account: AccountId,
    name: String,
    colour: u8,
) -> Result<Account, Problem> {
    app.desk().await?.accounts.rename(&account, &name, colour).await
}

pub(crate) async fn account_remove(app: &App, account: AccountId) -> Result<(), Problem> {
    app.desk().await?.remove_account(&account).await
}
