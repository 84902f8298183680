//! The program: an emulated AWS Support on a port of this computer, with the operator's page and the control API.

#[cfg_attr(unix, path = "program/end_unix.rs")]
#[cfg_attr(windows, path = "program/end_windows.rs")]
mod end;
#[path = "program/flags.rs"]
mod flags;
#[path = "program/queue.rs"]
mod queue;

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use support_sim::{Events, Scenario, Sim};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing_subscriber::EnvFilter;

use flags::Flags;
use queue::Queue;

#[tokio::main]
async fn main() -> ExitCode {
    let flags = Flags::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if flags.print_scenario {
        announce(Scenario::standard_text());
        return ExitCode::SUCCESS;
    }
    match run(&flags).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("support-sim: {error:#}\n"));
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: &Flags) -> anyhow::Result<()> {
    let queue = flags.events_queue.as_deref().map(Queue::at).transpose()?;
    let sim = flags.open()?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, flags.port));
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let server = sim.serve(listener)?;

    let (tasks, cancel) = (TaskTracker::new(), CancellationToken::new());
    if let Some(queue) = queue {
        let (events, cancel) = (Events::of(&sim, flags.event_mix()), cancel.clone());
        tasks.spawn(async move { queue.follow(events, cancel).await });
    }
    tasks.spawn({
        let (sim, cancel) = (sim.clone(), cancel.clone());
        async move { sim.run_eco(cancel).await }
    });
    let end = end::shutdown_signal()?;
    // Last, since whoever waits for it begins at once.
    announce(&greeting(flags, &sim, &server.url()));
    end.await;
    cancel.cancel();
    tasks.close();
    tasks.wait().await;
    server.shutdown().await;
    Ok(())
}

fn greeting(flags: &Flags, sim: &Sim, url: &str) -> String {
    let (customer, whose) = flags.customer();
    let (id, secret, region) = (customer.access_key_id(), customer.secret_access_key(), sim.region());
    format!(
        "access key id {id} ({whose}), Region {region}\n\
         try: AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY={secret} aws support describe-services \
         --endpoint-url {url} --region {region}\n\
         operator's page: {url}/_eco/\n\
         listening on {url}\n"
    )
}

/// Prints to the terminal. Nobody may be reading, which is no reason to stop.
fn announce(text: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        tracing::debug!(%error, "nobody reads what is printed");
    }
}

fn complain(text: &str) {
    if let Err(error) = std::io::stderr().lock().write_all(text.as_bytes()) {
        tracing::debug!(%error, "nobody reads what is printed");
    }
}
