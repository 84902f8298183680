//! The SDK's operations and the sim's are the same, apart from Trusted Advisor. An SDK that is brought up to date and
//! knows a new operation fails here until the sim has it too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use support_sim::Operation;

/// Out of scope: Trusted Advisor's part of the service, by its names in the SDK.
const TRUSTED_ADVISOR: [&str; 5] = [
    "describe_trusted_advisor_check_refresh_statuses",
    "describe_trusted_advisor_check_result",
    "describe_trusted_advisor_check_summaries",
    "describe_trusted_advisor_checks",
    "refresh_trusted_advisor_check",
];

/// Where cargo has the sources of the SDK that this workspace is built with.
fn sdk() -> PathBuf {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let sdk = packages.iter().find(|package| package["name"] == "aws-sdk-support").unwrap();
    PathBuf::from(sdk["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

/// `CreateCase` as the SDK names its module: `create_case`.
fn module_name(operation: &str) -> String {
    let mut name = String::new();
    for letter in operation.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[test]
fn the_sdk_knows_no_operation_that_the_sim_lacks() {
    let listed = std::fs::read_to_string(sdk().join("src/operation.rs")).unwrap();
    let of_sdk: BTreeSet<&str> =
        listed.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(of_sdk.contains("create_case"), "the SDK's sources are no longer laid out as this test expects");
    let of_sim: Vec<String> = Operation::ALL.iter().map(|operation| module_name(operation.name())).collect();
    let covered: BTreeSet<&str> = of_sim.iter().map(String::as_str).chain(TRUSTED_ADVISOR).collect();
    assert_eq!(of_sdk, covered, "left: the SDK's operations; right: the sim's and those out of scope");
    assert_eq!(of_sim.len(), covered.len() - TRUSTED_ADVISOR.len(), "an operation is listed twice");
}

#[test]
fn module_names_are_the_sdks() {
    assert_eq!(module_name("DescribeCreateCaseOptions"), "describe_create_case_options");
}
