//! Faults of AWS and of the network, drawn at random.

use std::time::Duration;

use rand::RngExt as _;
use rand::prelude::IndexedRandom as _;
use rand::rngs::StdRng;
use support_sim::{Fault, On, Operation, Sim};

/// The calls that are hurt.
const CALLS: [Operation; 7] = [
    Operation::CreateCase,
    Operation::AddCommunicationToCase,
    Operation::ResolveCase,
    Operation::AddAttachmentsToSet,
    Operation::DescribeCases,
    Operation::DescribeCommunications,
    Operation::DescribeServices,
];

/// Lets some of the next calls fail in one way. Tells what was chosen.
pub(crate) fn add(sim: &Sim, random: &mut StdRng) -> String {
    let call = *CALLS.choose(random).expect("there are calls");
    let processed = random.random_bool(0.5);
    let (name, fault) = match random.random_range(0..11) {
        0 => ("lost answer", Fault::LoseAnswer),
        1 => ("unreachable", Fault::Unreachable),
        2 => ("reset", Fault::Reset { processed }),
        3 => ("throttled", Fault::throttle()),
        4 => ("internal error", Fault::refuse("InternalServerError")),
        5 => ("malformed", Fault::Malformed),
        6 => ("truncated", Fault::Truncated),
        7 => ("empty 200", Fault::Answer { body: String::new(), processed }),
        8 => ("{} as an answer", Fault::Answer { body: "{}".to_owned(), processed }),
        9 => ("expired credentials", Fault::refuse("ExpiredTokenException")),
        _ => ("late", Fault::Delay(Duration::from_millis(random.random_range(20..200)))),
    };
    let count = random.random_range(1..=4);
    sim.faults().times(On::Operation(call), count, fault);
    format!("{count} × {call:?}: {name}")
}
