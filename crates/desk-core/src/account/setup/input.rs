//! What a user enters to connect an account, and its rules.

use crate::account::HeldKeyId;
use desk_aws::RoleToAssume;
use desk_model::{AccountId, Field, Partition, Problem, Secret};
use serde::Deserialize;
use ts_rs::TS;

/// Longest name, in characters.
pub const MAX_NAME: usize = 60;

/// A profile as it is connected.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileEntry {
    /// The profile's name in the AWS config files.
    pub profile: String,
    /// What the account is to be called; empty for the profile's name.
    pub name: String,
    /// The code of the device that the profile asks for.
    pub code: Option<Secret>,
    /// The command of the profile's `credential_process` that was shown and agreed to.
    pub command: Option<String>,
}

impl ProfileEntry {
    /// A profile that asks for no code and has no command run.
    #[must_use]
    pub fn new(profile: &str, name: &str) -> Self {
        Self { profile: profile.to_owned(), name: name.to_owned(), code: None, command: None }
    }
}

/// A key pair as a user enters it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind", rename_all_fields = "camelCase")]
pub enum EnteredKey {
    /// Typed or pasted.
    Typed {
        /// The key's id.
        access_key_id: String,
        /// Its secret.
        secret_access_key: Secret,
    },
    /// From a file.
    Held {
        /// The name that the key was given.
        key: HeldKeyId,
    },
}

/// An access key as it is entered, and what is to be done with it.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyEntry {
    /// The pair.
    pub key: EnteredKey,
    /// The part of AWS that it is of.
    pub partition: Partition,
    /// The role that is to be assumed with it.
    pub role: Option<RoleToAssume>,
    /// The serial number or ARN of the multi-factor device that AWS asks for where no role is assumed.
    pub mfa_serial: Option<String>,
    /// The code of the device that the role or the key itself asks for.
    pub code: Option<Secret>,
    /// The account whose key this one replaces; it stays the same account, with its incidents and its outbox.
    pub replaces: Option<AccountId>,
}

impl KeyEntry {
    /// A key that is used as it is.
    #[must_use]
    pub fn new(key: EnteredKey, partition: Partition) -> Self {
        Self { key, partition, role: None, mfa_serial: None, code: None, replaces: None }
    }
}

/// A role as AWS takes it (IAM User Guide, "IAM ARNs").
pub(super) fn checked_role(role: &RoleToAssume) -> Result<RoleToAssume, Problem> {
    let arn = role.arn.trim();
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let whole = matches!(
        parts.as_slice(),
        ["arn", "aws" | "aws-cn" | "aws-us-gov", "iam", "", account, resource]
            if account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit()) && resource.starts_with("role/")
    );
    if !whole {
        return Err(Problem::field(
            Field::RoleArn,
            "This is not the ARN of a role. It looks like arn:aws:iam::123456789012:role/EdiSupport.",
        ));
    }
    Ok(RoleToAssume {
        arn: arn.to_owned(),
        external_id: role.external_id.trim().to_owned(),
        mfa_serial: checked_serial(&role.mfa_serial)?.unwrap_or_default(),
    })
}

/// A multi-factor device as STS takes it: the ARN of a virtual one, or the number on a hardware one (AWS STS API
/// Reference, "GetSessionToken": 9 to 256 of these signs). `None` where nothing was entered.
pub(super) fn checked_serial(serial: &str) -> Result<Option<String>, Problem> {
    let serial = serial.trim();
    if serial.is_empty() {
        return Ok(None);
    }
    let whole = (9..=256).contains(&serial.len())
        && serial.chars().all(|sign| sign.is_ascii_alphanumeric() || "_+=/:,.@-".contains(sign));
    if whole {
        return Ok(Some(serial.to_owned()));
    }
    Err(Problem::field(
        Field::MfaSerial,
        "This is not an MFA device. It looks like arn:aws:iam::123456789012:mfa/jane, or it is the number on the device. A six-digit code is asked for afterwards.",
    ))
}

/// What can be said of a key pair without asking AWS (IAM User Guide, "IAM identifiers": long-term keys begin with
/// AKIA, temporary ones with ASIA and need a session token besides).
pub(super) fn check_keys(access_key_id: &str, secret: &Secret) -> Result<(), Problem> {
    if access_key_id.is_empty() {
        return Err(Problem::field(Field::AccessKeyId, "Enter the access key ID. It begins with AKIA."));
    }
    if access_key_id.starts_with("ASIA") {
        let message = "This key is a temporary one and ends within hours. Use a key that begins with AKIA, or a profile.";
        return Err(Problem::field(Field::AccessKeyId, message));
    }
    if !access_key_id.chars().all(|sign| sign.is_ascii_alphanumeric()) || access_key_id.len() < 16 {
        return Err(Problem::field(
            Field::AccessKeyId,
            "This is not an access key ID. It begins with AKIA and has 20 letters and digits.",
        ));
    }
    if secret.is_empty() {
        return Err(Problem::field(Field::SecretAccessKey, "Enter the secret access key."));
    }
    Ok(())
}

pub(in crate::account) fn checked_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Problem::field(Field::Name, "Enter a name.")),
        1..=MAX_NAME => Ok(name.to_owned()),
        _ => Err(Problem::field(Field::Name, format!("Enter at most {MAX_NAME} characters."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::assert_not_impl;

    assert_not_impl!(EnteredKey: serde::Serialize, std::fmt::Display);
    assert_not_impl!(KeyEntry: serde::Serialize, std::fmt::Display);
    assert_not_impl!(ProfileEntry: serde::Serialize, std::fmt::Display);

    #[test]
    fn a_device_is_told_from_a_code_and_a_role_from_its_name() {
        for serial in ["arn:aws:iam::123456789012:mfa/jane", "GAHT12345678"] {
            assert_eq!(checked_serial(&format!(" {serial} ")).unwrap().as_deref(), Some(serial));
        }
        assert_eq!(checked_serial("  ").unwrap(), None);
        assert_eq!(checked_serial("123456").unwrap_err().field, Some(Field::MfaSerial));
        let role = |arn: &str| RoleToAssume {
            arn: arn.to_owned(),
            external_id: " norvik ".to_owned(),
            mfa_serial: String::new(),
        };
        let whole = checked_role(&role(" arn:aws-cn:iam::123456789012:role/a/EdiSupport ")).unwrap();
        assert_eq!(
            whole,
            RoleToAssume {
                external_id: "norvik".to_owned(),
                ..role("arn:aws-cn:iam::123456789012:role/a/EdiSupport")
            }
        );
        for wrong in ["EdiSupport", "arn:aws:iam::1:role/x", "arn:aws:iam::123456789012:user/jane"] {
            assert_eq!(checked_role(&role(wrong)).unwrap_err().field, Some(Field::RoleArn), "{wrong}");
        }
    }

    #[test]
    fn a_key_pair_that_cannot_be_one_is_told_by_its_field() {
        let secret = Secret::new("wJalrXUtnFEMI");
        check_keys("AKIAIOSFODNN7EXAMPLE", &secret).unwrap();
        for (id, secret, field) in [
            ("", &secret, Field::AccessKeyId),
            ("ASIAIOSFODNN7EXAMPLE", &secret, Field::AccessKeyId),
            ("AKIA", &secret, Field::AccessKeyId),
            ("AKIA IOSFODNN7EXAMPLE", &secret, Field::AccessKeyId),
            ("AKIAIOSFODNN7EXAMPLE", &Secret::new(""), Field::SecretAccessKey),
        ] {
            assert_eq!(check_keys(id, secret).unwrap_err().field, Some(field), "{id}");
        }
    }

    #[test]
    fn a_name_is_neither_empty_nor_too_long() {
        assert_eq!(checked_name(" Production ").unwrap(), "Production");
        assert!(checked_name("  ").is_err());
        assert!(checked_name(&"ü".repeat(MAX_NAME)).is_ok());
        assert!(checked_name(&"ü".repeat(MAX_NAME + 1)).is_err());
    }
}
