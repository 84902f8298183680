//! Accounts.

use crate::{dialogs, links, state::App};
use desk_core::{
    account::{
        Account, ConnectionCheck, FoundProfile, HeldKey, HeldKeyId, KeyEntry, PortalAccount, ProfileEntry,
        SignInBegun, SignInId, SignInWay,
    },
    attachment::OpenedFile,
};
use desk_model::{AccountId, Problem, ProblemCode, Secret};

pub(crate) async fn account_list(app: &App) -> Result<Vec<Account>, Problem> {
    Ok(app.desk().await?.accounts.list().await?)
}

pub(crate) async fn account_profiles(app: &App) -> Result<Vec<FoundProfile>, Problem> {
    Ok(app.desk().await?.accounts.credentials.profiles().await)
}

pub(crate) async fn account_connect_profile(
    app: &App,
    profile: String,
    name: String,
    code: Option<Secret>,
    command: Option<String>,
) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let entry = ProfileEntry { profile, name, code, command };
    let account = desk.accounts.setup.connect_profile_entry(&entry).await?;
    desk.account_works(&account.id);
    Ok(account)
}

pub(crate) async fn account_connect_keys(
    app: &App,
    entry: KeyEntry,
    name: String,
) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let account = desk.accounts.setup.connect_key_entry(entry, &name).await?;
    desk.account_works(&account.id);
    Ok(account)
}

pub(crate) async fn account_key_choose(app: &App) -> Result<Option<HeldKey>, Problem> {
    let desk = app.desk().await?;
    match dialogs::choose_key_file(&app.handle).await? {
        Some(path) => {
            let opened = tokio::task::spawn_blocking(move || OpenedFile::open(&path)).await;
            let opened = opened.map_err(|_| {
                Problem::new(ProblemCode::Internal, "The chosen file could not be opened. Choose it again.")
            })?;
            Ok(Some(desk.accounts.key_files.hold(opened).await?))
        }
        None => Ok(None),
    }
}

pub(crate) async fn account_key_forget(app: &App, key: HeldKeyId) -> Result<(), Problem> {
    app.desk().await?.accounts.key_files.forget(&key);
    Ok(())
}

pub(crate) async fn sign_in_begin(
    app: &App,
    start_url: String,
    region: String,
    way: SignInWay,
) -> Result<SignInBegun, Problem> {
    let begun = app.desk().await?.accounts.sign_ins.begin(&start_url, &region, way).await?;
    // Where no browser comes up the page shows the address, to be opened by hand.
    if let Err(problem) = links::open(&begun.page, true) {
        // Its text names the page, whose address stays out of the log.
        tracing::warn!(code = ?problem.code, "the sign-in page was not opened");
    }
    Ok(begun)
}

pub(crate) async fn sign_in_wait(app: &App, sign_in: SignInId) -> Result<Vec<PortalAccount>, Problem> {
    app.desk().await?.accounts.sign_ins.wait(&sign_in).await
}

pub(crate) async fn sign_in_roles(
    app: &App,
    sign_in: SignInId,
    account_number: String,
) -> Result<Vec<String>, Problem> {
    app.desk().await?.accounts.sign_ins.roles(&sign_in, &account_number).await
}

pub(crate) async fn sign_in_connect(
    app: &App,
    sign_in: SignInId,
    account_number: String,
    role: String,
    name: String,
) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let account = desk.accounts.setup.connect_portal(&sign_in, &account_number, &role, &name).await?;
    works_again(app, &account.id).await?;
    Ok(account)
}

pub(crate) async fn sign_in_renew(
    app: &App,
    account: AccountId,
    sign_in: SignInId,
) -> Result<Account, Problem> {
    let renewed = app.desk().await?.accounts.setup.renew_portal(&account, &sign_in).await?;
    works_again(app, &account).await?;
    Ok(renewed)
}

pub(crate) async fn sign_in_cancel(app: &App, sign_in: SignInId) -> Result<(), Problem> {
    app.desk().await?.accounts.sign_ins.cancel(&sign_in);
    Ok(())
}

/// Goes on with what waited for any account of the same sign-in.
async fn works_again(app: &App, account: &AccountId) -> Result<(), Problem> {
    let desk = app.desk().await?;
    for id in desk.accounts.of_same_sign_in(account).await? {
        desk.account_works(&id);
    }
    Ok(())
}

pub(crate) async fn account_enter_code(
    app: &App,
    account: AccountId,
    code: Secret,
) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let mended = desk.accounts.setup.enter_code(&account, &code).await?;
    desk.account_works(&account);
    Ok(mended)
}

pub(crate) async fn account_command(app: &App, account: AccountId) -> Result<Option<String>, Problem> {
    app.desk().await?.accounts.setup.command_to_approve(&account).await
}

pub(crate) async fn account_approve_command(
    app: &App,
    account: AccountId,
    command: String,
) -> Result<Account, Problem> {
    let desk = app.desk().await?;
    let checked = desk.accounts.setup.approve_command(&account, &command).await?;
    desk.account_works(&account);
    Ok(checked)
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
