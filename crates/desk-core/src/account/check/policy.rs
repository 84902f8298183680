//! The IAM policy that an administrator is asked for: exactly what is missing, and nothing more.
//!
//! The Support API has neither resources nor condition keys (Service Authorization Reference, "AWS Support"), so the
//! resource is always `*`.

use super::{OperationCheck, Permission};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    version: &'static str,
    statement: [Statement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    sid: &'static str,
    effect: &'static str,
    action: Vec<String>,
    resource: &'static str,
}

/// The policy that allows what is denied, as JSON to be pasted; `None` where nothing is.
pub(super) fn of_missing(operations: &[OperationCheck]) -> Option<String> {
    let action: Vec<String> = operations
        .iter()
        .filter(|check| match check.permission {
            Permission::Denied | Permission::NotNeeded => true,
            Permission::Allowed | Permission::Unknown { .. } => false,
        })
        .map(|check| format!("support:{}", check.operation.name()))
        .collect();
    if action.is_empty() {
        return None;
    }
    let statement = [Statement { sid: "EcoDesk", effect: "Allow", action, resource: "*" }];
    let policy = Policy { version: "2012-10-17", statement };
    Some(serde_json::to_string_pretty(&policy).expect("text in a struct is always JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_aws::Operation;
    use desk_model::{Problem, ProblemCode};

    #[test]
    fn it_holds_what_is_denied_and_nothing_else() {
        let check = |operation, permission| OperationCheck { operation, permission };
        let problem = Problem::new(ProblemCode::Throttled, "Later.");
        let operations = [
            check(Operation::DescribeCases, Permission::Allowed),
            check(Operation::ResolveCase, Permission::Denied),
            check(Operation::CreateCase, Permission::Unknown { problem }),
            check(Operation::DescribeSupportedLanguages, Permission::NotNeeded),
        ];
        assert_eq!(
            of_missing(&operations).unwrap(),
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "EcoDesk",
      "Effect": "Allow",
      "Action": [
        "support:ResolveCase",
        "support:DescribeSupportedLanguages"
      ],
      "Resource": "*"
    }
  ]
}"#
        );
        assert_eq!(of_missing(&operations[..1]), None);
    }
    #[test]
    fn the_whole_of_it_stands_in_the_docs() {
        let denied = |operation| OperationCheck { operation, permission: Permission::Denied };
        let whole = of_missing(&Operation::ALL.map(denied)).unwrap();
        let docs = include_str!("../../../../../docs/CONNECTING.md").replace("\r\n", "\n");
        assert!(docs.contains(&format!("```json\n{whole}\n```")), "docs/CONNECTING.md lacks:\n{whole}");
    }
}
