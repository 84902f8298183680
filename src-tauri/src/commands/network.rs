//! How AWS is reached: the proxy, certificates that are trusted beside the system's, and the test of it.

use crate::{dialogs, state::App};
use desk_model::{Problem, Secret};
use desk_network::{NetworkSettings, NetworkTest, ProxySettings};

pub(crate) async fn network_get(app: &App) -> Result<NetworkSettings, Problem> {
    Ok(app.desk().await?.network.settings().await)
}

pub(crate) async fn network_save(
    app: &App,
    proxy: ProxySettings,
    password: Option<Secret>,
) -> Result<NetworkSettings, Problem> {
    app.desk().await?.save_network(proxy, password).await
}

pub(crate) async fn network_add_certificates(app: &App) -> Result<NetworkSettings, Problem> {
    let desk = app.desk().await?;
    let chosen = dialogs::choose_certificates(&app.handle).await?;
    desk.add_certificates(chosen).await
}

pub(crate) async fn network_remove_certificate(
    app: &App,
    certificate: String,
) -> Result<NetworkSettings, Problem> {
    let desk = app.desk().await?;
    desk.network.remove_certificate(&certificate).await?;
    Ok(desk.network.settings().await)
}

pub(crate) async fn network_test(
    app: &App,
    proxy: ProxySettings,
    password: Option<Secret>,
) -> Result<NetworkTest, Problem> {
    app.desk().await?.test_network(proxy, password).await
}
