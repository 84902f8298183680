//! The program: an emulated AWS Support on a port of this computer.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use support_sim::{Customer, EcoPace, Sim};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

/// An emulator of the AWS Support API with ECO (EDI Cloud Operations) behind it.
///
/// Listens on the loopback interface only. Logs go to standard error, steered by RUST_LOG.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 4567)]
    port: u16,
    /// Folder to keep the state in; without it everything is forgotten at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Access key id that callers must use; AWS's documented example pair unless told otherwise.
    #[arg(long, value_name = "ID", requires = "secret_access_key")]
    access_key_id: Option<String>,
    /// The secret that belongs to it.
    #[arg(long, value_name = "SECRET", requires = "access_key_id")]
    secret_access_key: Option<String>,
    /// How fast ECO works.
    #[arg(long, value_enum, default_value_t = Pace::Demo)]
    pace: Pace,
    /// Fill an empty sim with this many generated cases of ten communications each.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed_cases: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Pace {
    /// A few seconds a step.
    Demo,
    /// Within the promised response times.
    Targets,
    /// ECO keeps silent.
    Off,
}

impl Pace {
    fn times(self) -> Option<EcoPace> {
        match self {
            Self::Demo => Some(EcoPace::demo()),
            Self::Targets => Some(EcoPace::targets()),
            Self::Off => EcoPace::off(),
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();

    let (customer, whose) = match (arguments.access_key_id, arguments.secret_access_key) {
        (Some(id), Some(secret)) => {
            (Customer::new(id, secret, "AdminRole (Role) <jane@example.com>"), "as told")
        }
        (None, None) | (Some(_), None) | (None, Some(_)) => {
            (Customer::example(), "AWS's documented example pair")
        }
    };
    let mut builder = Sim::builder().customer(customer.clone()).pace(arguments.pace.times());
    if let Some(folder) = arguments.data {
        builder = builder.data_dir(folder);
    }
    let sim = builder.build()?;
    if arguments.seed_cases > 0 && sim.case_count() == 0 {
        sim.seed(arguments.seed_cases, 10, 1)?;
    }

    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let server = sim.serve(listener)?;
    let url = server.url();
    announce(&format!(
        "access key id {id} ({whose}), Region {region}\n\
         try: AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY={secret} aws support describe-services \
         --endpoint-url {url} --region {region}\n\
         listening on {url}\n",
        id = customer.access_key_id(),
        secret = customer.secret_access_key(),
        region = sim.region(),
    ));

    let cancel = CancellationToken::new();
    let eco = tokio::spawn({
        let (sim, cancel) = (sim.clone(), cancel.clone());
        async move { sim.run_eco(cancel).await }
    });
    tokio::signal::ctrl_c().await.context("cannot wait for ctrl-c")?;
    cancel.cancel();
    eco.await?;
    server.shutdown().await;
    Ok(())
}

/// Prints to the terminal. Nobody may be reading, which is no reason to stop.
fn announce(text: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        tracing::debug!(%error, "nobody reads what is printed");
    }
}
