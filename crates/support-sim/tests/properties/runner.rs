//! Runs a property with a seed that is always known.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use rand::Rng as _;

/// The variable that repeats a run.
const SEED: &str = "SUPPORT_SIM_SEED";

/// Checks a property with so many random values.
///
/// # Panics
/// With the smallest value found that breaks it, and the seed.
#[track_caller]
pub(crate) fn holds<S: Strategy>(cases: u32, values: &S, property: impl Fn(S::Value) -> TestCaseResult) {
    let seed: [u8; 32] = match std::env::var(SEED) {
        Ok(text) => hex::decode(text).ok().and_then(|seed| seed.try_into().ok()).expect("64 hex digits"),
        Err(_) => {
            let mut seed = [0; 32];
            rand::rng().fill_bytes(&mut seed);
            seed
        }
    };
    let seed_text = hex::encode(seed);
    // Shown by cargo when the test fails, also when it does by a panic.
    #[allow(clippy::print_stdout, reason = "whoever reads a failure repeats the run with it")]
    {
        println!("{SEED}={seed_text}");
    }
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    if let Err(error) = runner.run(values, property) {
        panic!("{error}\nto repeat it: {SEED}={seed_text}");
    }
}

/// A runtime for one value of a property.
pub(crate) fn block_on<F: Future>(work: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
