//! Reads the person and the role off an Amazon Resource Name of STS and IAM.

use super::Identity;
use desk_aws::Caller;

/// What IAM Identity Center puts around the name of a permission set, together with an underscore and 16 hex digits.
const PERMISSION_SET: &str = "AWSReservedSSO_";

/// Who calls, in words (IAM User Guide, "IAM ARNs").
pub(super) fn identity_of(caller: Caller) -> Identity {
    let Caller { account_number, arn } = caller;
    let resource = arn.splitn(6, ':').nth(5).unwrap_or(&arn);
    let (name, role) = match resource.split('/').collect::<Vec<_>>().as_slice() {
        ["assumed-role", role, session, ..] => ((*session).to_owned(), Some(role_name(role))),
        ["root"] => ("root user".to_owned(), None),
        [.., name] => ((*name).to_owned(), None),
        [] => (resource.to_owned(), None),
    };
    Identity { account_number, name, role, arn }
}

fn role_name(role: &str) -> String {
    let set = role.strip_prefix(PERMISSION_SET).and_then(|rest| rest.rsplit_once('_'));
    match set {
        Some((name, suffix)) if suffix.bytes().all(|byte| byte.is_ascii_hexdigit()) => name.to_owned(),
        Some(_) | None => role.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_roles_are_read_off_every_kind_of_arn() {
        let table = [
            ("arn:aws:iam::123456789012:user/jane", "jane", None),
            ("arn:aws:iam::123456789012:user/staff/geo/jane", "jane", None),
            ("arn:aws:iam::123456789012:root", "root user", None),
            ("arn:aws:sts::123456789012:federated-user/jane", "jane", None),
            (
                "arn:aws:sts::123456789012:assumed-role/Admin/jane@example.com",
                "jane@example.com",
                Some("Admin"),
            ),
            (
                "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Edi_Support_0123456789abcdef/jane",
                "jane",
                Some("Edi_Support"),
            ),
            (
                "arn:aws-cn:sts::123456789012:assumed-role/AWSReservedSSO_Odd/jane",
                "jane",
                Some("AWSReservedSSO_Odd"),
            ),
            ("something else", "something else", None),
        ];
        for (arn, name, role) in table {
            let caller = Caller { account_number: "123456789012".to_owned(), arn: arn.to_owned() };
            let identity = identity_of(caller);
            assert_eq!((identity.name.as_str(), identity.role.as_deref()), (name, role), "{arn}");
        }
    }
}
