//! Where the Support API is: AWS's own, an emulator at a URL, or one in this process.

use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};

/// An in-process Support API: the demo's and the tests'.
#[derive(Clone)]
pub struct Door {
    /// Leads every request to it.
    pub http_client: SharedHttpClient,
    /// A key pair that it knows.
    pub access_key_id: String,
    /// The secret of that pair.
    pub secret_access_key: String,
}

impl Door {
    /// A door that `http_client` leads through, for a caller with this key pair.
    pub fn new(
        http_client: impl HttpClient + 'static,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
    ) -> Self {
        Self {
            http_client: SharedHttpClient::new(http_client),
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
        }
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

/// Where the Support API is.
#[derive(Debug, Clone)]
pub enum Endpoint {
    /// AWS's own, by the account's partition.
    ByPartition,
    /// At this URL: an emulator. Credentials are still had where AWS gives them out.
    Override(String),
    /// At a URL, and so are the services that one signs in at and that give out credentials.
    Emulated {
        /// Where the Support API is.
        support: String,
        /// Where STS and IAM Identity Center are; each request names the host it was meant for.
        sign_in: String,
    },
    /// In this process.
    InProcess(Door),
}
