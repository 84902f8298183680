//! AWS's own Python clients, boto3 and the AWS CLI, drive the program over its socket; each answer is held against
//! botocore's model of the service. The tests themselves are in python/.
#![allow(clippy::unwrap_used)]

mod python;

/// boto3 uses each operation as documented, and sees each member of the model.
#[test]
fn boto3_drives_every_operation() {
    python::tests_of("test_operations");
}

/// Each error, modelled or not, is caught as client code catches it.
#[test]
fn boto3_catches_every_error() {
    python::tests_of("test_errors");
}

/// Parts, ETags, resuming, expiry, and downloads.
#[test]
fn boto3_and_http_move_large_files() {
    python::tests_of("test_uploads");
}

/// Each operation and error by the AWS CLI, in processes of its own.
#[test]
fn the_aws_cli_drives_every_operation() {
    python::tests_of("test_cli");
}
