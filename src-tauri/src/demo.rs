//! The demo: a pretended ECO inside this program, on its own data. Nothing leaves the computer.

use crate::state::App;
use desk_aws::{Endpoint, InProcessApi};
use desk_model::{Problem, ProblemCode};
use desk_store::private_folder;
use std::path::Path;
use support_sim::{Customer, EcoPace, Sim};

/// Opens the pretended ECO, whose state is kept in `data_dir/eco`, and lets it work until the program ends.
pub(crate) fn endpoint(data_dir: &Path, app: &App) -> Result<Endpoint, Problem> {
    let customer = Customer::example();
    let (key, secret) = (customer.access_key_id().to_owned(), customer.secret_access_key().to_owned());
    let folder = data_dir.join("eco");
    private_folder(&folder).map_err(|error| not_opened(&error))?;
    let sim = Sim::builder()
        .customer(customer)
        .pace(EcoPace::demo())
        .data_dir(&folder)
        .build()
        .map_err(|error| not_opened(&error))?;
    sim.demo_seed().map_err(|error| not_opened(&error))?;
    private_folder(&folder).map_err(|error| not_opened(&error))?;
    let (working, cancel) = (sim.clone(), app.cancel.clone());
    app.tasks.spawn(async move { working.run_eco(cancel).await });
    Ok(Endpoint::InProcess(InProcessApi::new(sim.http_client(), key, secret)))
}

fn not_opened(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(ProblemCode::Storage, format!("The demo's pretended ECO could not be opened: {error}."))
}
