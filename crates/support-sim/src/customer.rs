//! Callers of the API: key pairs, with the names that the API and IAM have for their owners.

use std::fmt;

use jiff::Timestamp;

/// The access key id of AWS's documented example pair.
const EXAMPLE_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
/// The secret of AWS's documented example pair.
const EXAMPLE_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// A caller: a key pair, and how the API names its owner.
#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    expires: Option<Timestamp>,
    author: String,
    arn: Option<String>,
}

impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer")
            .field("access_key_id", &self.access_key_id)
            .field("author", &self.author)
            .finish_non_exhaustive()
    }
}

impl Customer {
    /// `author` is what `submittedBy` says, such as `AdminRole (Role) <jane@example.com>`.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        author: impl Into<String>,
    ) -> Self {
        Self {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token: None,
            expires: None,
            author: author.into(),
            arn: None,
        }
    }

    /// AWS's documented example pair (AKIAIOSFODNN7EXAMPLE), owned by `AdminRole (Role) <jane@example.com>`.
    #[must_use]
    pub fn example() -> Self {
        Self::new(EXAMPLE_KEY, EXAMPLE_SECRET, "AdminRole (Role) <jane@example.com>")
    }

    /// Temporary credentials: calls must carry this token too.
    #[must_use]
    pub fn session_token(mut self, token: impl Into<String>) -> Self {
        self.session_token = Some(token.into());
        self
    }

    /// Sets the expiry, from which on calls are refused with ExpiredTokenException.
    #[must_use]
    pub fn expires(mut self, at: Timestamp) -> Self {
        self.expires = Some(at);
        self
    }

    /// The principal, as the text of AccessDeniedException names it. Where it is not said it follows from the author:
    /// `Role (Role) <name>` is a session of that role, anything else a user.
    #[must_use]
    pub fn arn(mut self, arn: impl Into<String>) -> Self {
        self.arn = Some(arn.into());
        self
    }

    /// The access key id.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    /// What `submittedBy` says.
    #[must_use]
    pub fn author(&self) -> &str {
        &self.author
    }

    /// Whether these are this caller's key and token.
    pub(crate) fn is(&self, access_key_id: &str, session_token: Option<&str>) -> bool {
        self.access_key_id == access_key_id && self.session_token.as_deref() == session_token
    }

    pub(crate) fn has_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|at| at <= now)
    }

    /// The principal in an account.
    pub(crate) fn arn_in(&self, account: &str) -> String {
        if let Some(arn) = &self.arn {
            return arn.clone();
        }
        let role = self
            .author
            .split_once(" (Role) <")
            .and_then(|(role, rest)| Some((role, rest.strip_suffix('>')?)));
        match role {
            Some((role, session)) => format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"),
            None => {
                let name: String =
                    self.author.chars().filter(|c| c.is_alphanumeric() || "+=,.@_-".contains(*c)).collect();
                format!("arn:aws:iam::{account}:user/{name}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_principal_follows_from_the_author() {
        let arn = |author: &str| Customer::new("AKIA", "s", author).arn_in("123456789012");
        assert_eq!(
            arn("AdminRole (Role) <jane@example.com>"),
            "arn:aws:sts::123456789012:assumed-role/AdminRole/jane@example.com"
        );
        assert_eq!(arn("jane.doe"), "arn:aws:iam::123456789012:user/jane.doe");
        assert_eq!(
            arn("Jane Doe <jane@example.com>"),
            "arn:aws:iam::123456789012:user/JaneDoejane@example.com"
        );
        let told = Customer::example().arn("arn:aws:iam::1:root");
        assert_eq!(told.arn_in("123456789012"), "arn:aws:iam::1:root");
    }

    #[test]
    fn a_secret_is_not_shown() {
        let text = format!("{:?}", Customer::example().session_token("token"));
        assert!(!text.contains(EXAMPLE_SECRET) && !text.contains("token"), "{text}");
    }
}
