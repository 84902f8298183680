//! Who wrote something, from AWS's `submittedBy`: `AdminRole (Role) <jane@example.com>` or `Amazon Web Services`.
//!
//! AWS documents that a customer's entry shows an e-mail address, and often the role, and that AWS's own shows no address.
//! Other shapes are met too: a bare address, an ARN, a role without an address, `root`.

/// The name that AWS and ECO write under.
const AWS: &str = "Amazon Web Services";
/// What stands behind the name of a customer's identity, in parentheses.
const KINDS: [&str; 6] = ["(role)", "(user)", "(root)", "(federated user)", "(assumed role)", "(root user)"];
/// What the unique ids of IAM's identities begin with.
const UNIQUE_IDS: [&str; 5] = ["AIDA", "AROA", "AGPA", "AKIA", "ASIA"];

/// Whether an author is ECO: AWS by name, or somebody who has nothing that customers have.
pub(crate) fn is_eco(author: &str) -> bool {
    let author = author.trim();
    is_aws(author) || !is_customer(author)
}

fn is_aws(author: &str) -> bool {
    let Some((name, rest)) = author.split_at_checked(AWS.len()) else { return false };
    name.eq_ignore_ascii_case(AWS) && !rest.starts_with(|symbol: char| symbol.is_alphanumeric())
}

fn is_customer(author: &str) -> bool {
    let lower = author.to_lowercase();
    let first_word = lower.split_whitespace().next().unwrap_or_default();
    author.contains('@')
        || (author.contains('<') && author.ends_with('>'))
        || lower.starts_with("arn:")
        || first_word == "root"
        || KINDS.iter().any(|kind| lower.ends_with(kind))
        || UNIQUE_IDS.iter().any(|prefix| is_unique_id(author, prefix))
        || (author.len() == 12 && author.chars().all(|digit| digit.is_ascii_digit()))
}

/// `AROAEXAMPLEID` or `AROAEXAMPLEID:session`.
fn is_unique_id(author: &str, prefix: &str) -> bool {
    let id = author.split(':').next().unwrap_or_default();
    id.len() >= 16
        && id.starts_with(prefix)
        && id.chars().all(|symbol| symbol.is_ascii_uppercase() || symbol.is_ascii_digit())
}

/// The part of a customer's author that people read: the address's part before the `@`, as in the session name of
/// most company sign-ins, or the last name in an ARN; else all of it.
pub(crate) fn readable(author: &str) -> String {
    let author = author.trim();
    let bracketed = author.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).map(str::trim);
    let name = match bracketed {
        Some(address) if !address.is_empty() => address,
        Some(_) => return author.to_owned(),
        None if author.to_lowercase().starts_with("arn:") => {
            author.rsplit(['/', ':']).next().unwrap_or(author)
        }
        None if author.contains(char::is_whitespace) => return author.to_owned(),
        None => author,
    };
    match name.split_once('@') {
        Some((person, _)) if !person.is_empty() => person.to_owned(),
        Some(_) => author.to_owned(),
        None if name.is_empty() => author.to_owned(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn eco_is_told_from_customers() {
        let table = [
            ("Amazon Web Services", true, "Amazon Web Services"),
            (" Amazon Web Services ", true, "Amazon Web Services"),
            ("amazon web services", true, "amazon web services"),
            ("Amazon Web Services, Inc.", true, "Amazon Web Services, Inc."),
            ("Amazon Web Services <no-reply@aws.example>", true, "no-reply"),
            ("AMS Operations", true, "AMS Operations"),
            ("", true, ""),
            ("AdminRole (Role) <jane@example.com>", false, "jane"),
            ("<jane@example.com>", false, "jane"),
            ("EdiAdmin (Role) <i-0abc>", false, "i-0abc"),
            ("Jane <>", false, "Jane <>"),
            ("kim@norvik.example", false, "kim"),
            (" kim@norvik.example ", false, "kim"),
            ("@", false, "@"),
            ("Kim Berg kim@norvik.example", false, "Kim Berg kim@norvik.example"),
            ("arn:aws:sts::123456789012:assumed-role/EdiAdmin/kim@norvik.example", false, "kim"),
            ("arn:aws:iam::123456789012:user/ops/kim", false, "kim"),
            ("arn:aws-cn:iam::123456789012:root", false, "root"),
            ("root", false, "root"),
            ("Root", false, "Root"),
            ("AdminRole (Role)", false, "AdminRole (Role)"),
            ("jane (User)", false, "jane (User)"),
            ("AROAEXAMPLEROLEID1234:kim", false, "AROAEXAMPLEROLEID1234:kim"),
            ("123456789012", false, "123456789012"),
            ("AROA team", true, "AROA team"),
            ("Rootstock", true, "Rootstock"),
        ];
        for (author, eco, name) in table {
            assert_eq!((is_eco(author), readable(author).as_str()), (eco, name), "{author:?}");
        }
    }

    proptest! {
        #[test]
        fn whoever_has_an_address_is_a_customer(name in "[a-zA-Z ()]{0,20}", person in "[a-z.+-]{1,12}", host in "[a-z.-]{1,12}") {
            prop_assume!(!name.trim().to_lowercase().starts_with("amazon web services"));
            for author in [format!("{person}@{host}"), format!("{name} <{person}@{host}>"), format!("<{person}@{host}>")] {
                prop_assert!(!is_eco(&author), "{}", author);
                prop_assert_eq!(readable(&author), person.clone());
            }
        }

        #[test]
        fn any_author_is_read_without_a_panic(author in "(?s).{0,60}") {
            let _ = (is_eco(&author), readable(&author));
        }
    }
}
