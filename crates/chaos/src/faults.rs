//! Faults of AWS and of the network, drawn at random.

use std::time::Duration;

use jiff::SignedDuration;
use rand::RngExt as _;
use rand::prelude::IndexedRandom as _;
use rand::rngs::StdRng;
use support_sim::{Edit, Fault, On, Operation, Sim};

/// The calls that are hurt.
const CALLS: [Operation; 8] = [
    Operation::CreateCase,
    Operation::AddCommunicationToCase,
    Operation::ResolveCase,
    Operation::AddAttachmentsToSet,
    Operation::DescribeCases,
    Operation::DescribeCommunications,
    Operation::DescribeServices,
    Operation::DescribeSeverityLevels,
];

/// Lets some of the next calls fail in one way. Tells what was chosen. AWS's own clock lies only where `clock_may_lie`: no
/// program can tell the time where this computer's does too.
pub(crate) fn add(sim: &Sim, random: &mut StdRng, clock_may_lie: bool) -> String {
    let call = *CALLS.choose(random).expect("there are calls");
    let processed = random.random_bool(0.5);
    let hours = if processed { 1 } else { -1 };
    let (name, fault) = match random.random_range(0..13) {
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
        10 if call == Operation::DescribeCases => {
            let edits = vec![Edit::remove("cases/*/recentCommunications")];
            ("cases without communications", Fault::Edit { edits })
        }
        11 if clock_may_lie => ("a wrong date", Fault::WrongTime(SignedDuration::from_hours(hours))),
        _ => ("late", Fault::Delay(Duration::from_millis(random.random_range(20..200)))),
    };
    let count = random.random_range(1..=4);
    sim.faults().times(On::Operation(call), count, fault);
    format!("{count} × {call:?}: {name}")
}
