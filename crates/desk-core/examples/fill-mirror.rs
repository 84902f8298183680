//! Fills a data folder as the first sync of an account with many cases leaves it: `fill-mirror DIR CASES ADDRESS`. For
//! `cargo xtask bench`. With 0 cases the account is connected and its mirror is empty; with `long` there is one case, of
//! 5,000 messages.
//!
//! AWS is pretended at ADDRESS (`127.0.0.1:4599`). The data lies where the program looks for it that is started with
//! `--data-dir DIR --support-endpoint http://ADDRESS`.
//!
//! The account is the profile `bench` of `DIR/aws/config` and `DIR/aws/credentials`; name these files to the
//! program by AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.

use desk_aws::{CustomEndpoint, Endpoint};
use desk_core::{Desk, DeskOptions, account::ConfigFiles, delivery::Backoff, sync::SyncPace};
use desk_model::Clock;
use std::{error::Error, fs, path::PathBuf};
use support_sim::{Customer, Severity, Sim};

/// Messages of each case.
const MESSAGES: usize = 10;

/// Messages of the long case.
const LONG: usize = 5000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let data_dir = PathBuf::from(arguments.next().ok_or("name a folder")?);
    let filling = arguments.next().ok_or("name a number of cases, or `long`")?;
    let cases: usize = if filling == "long" { 1 } else { filling.parse()? };
    let address = arguments.next().ok_or("name an address")?;
    let customer = Customer::example();
    let aws = data_dir.join("aws");
    fs::create_dir_all(&aws)?;
    let config = ConfigFiles { config: aws.join("config"), credentials: aws.join("credentials") };
    fs::write(&config.config, "[profile bench]\nregion = eu-west-1\n")?;
    fs::write(
        &config.credentials,
        format!(
            "[bench]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            customer.access_key_id(),
            customer.secret_access_key()
        ),
    )?;
    let sim = Sim::builder().customer(customer).build()?;
    if filling == "long" {
        let case = sim.eco().open_incident("Long conversation", "The first message.", Severity::Urgent)?;
        for number in 2..=LONG {
            sim.eco()
                .reply(&case, format!("Message {number}: the ingestion of partition opendes goes on."))?;
        }
    } else {
        sim.seed(cases, MESSAGES, 1)?;
    }
    let server = sim.serve(tokio::net::TcpListener::bind(&address).await?)?;
    let endpoint = Endpoint::Override(CustomEndpoint::parse(&server.url())?);
    let desk = Desk::open(DeskOptions {
        data_dir: endpoint.backend().folder_in(&data_dir),
        clock: Clock::System,
        endpoint,
        config,
        sync: SyncPace::default(),
        delivery: Backoff::default(),
    })
    .await?;
    let account = desk.accounts.setup.connect_profile("bench", "Production").await?;
    desk.sync.sync_account(&account.id).await?;
    if filling == "long" {
        // The first sync leaves what came before the newest page for later polls.
        desk.sync.sync_account(&account.id).await?;
    }
    let known = desk.cases.list(desk_core::case::CaseQuery::default()).await?.counts.total;
    desk.shut_down().await;
    if usize::try_from(known)? == cases {
        Ok(())
    } else {
        Err(format!("{known} of {cases} cases arrived").into())
    }
}
