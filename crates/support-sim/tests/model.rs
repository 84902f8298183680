//! The service's contract: every constraint that botocore's model puts on a request is broken once, and the signature
//! check is held against botocore's signer. The tests themselves are in python/.

mod python;

/// Each constraint of the model, broken and met.
#[test]
fn every_constraint_of_the_model_is_kept() {
    python::tests_of("test_constraints");
}

/// Signatures by botocore, right and spoilt in every way.
#[test]
fn botocores_signatures_are_judged() {
    python::tests_of("test_signature");
}
