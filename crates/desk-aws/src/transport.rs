//! [`AwsTransport`]: the endpoint of AWS Support and the HTTP clients for it and for the sign-in services.

use super::{Endpoint, hosts, http, limit::Limits};
use ::http::Uri;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use desk_model::Partition;
use desk_network::{Connector, Target, TargetRequest, TestedService};

/// The endpoint, HTTP clients and rate limiters of all calls to AWS. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct AwsTransport {
    /// The endpoint of AWS Support.
    pub endpoint: Endpoint,
    /// The HTTP client for AWS Support and for links to files.
    support: SharedHttpClient,
    /// The HTTP client for STS and IAM Identity Center.
    sign_in: SignInClient,
    /// The rate limiters by AWS account.
    pub(super) limits: Limits,
}

#[derive(Debug, Clone)]
enum SignInClient {
    /// The same client as for AWS Support.
    Shared,
    /// A client that sends everything to the emulator.
    Emulated(SharedHttpClient),
}

impl From<Endpoint> for AwsTransport {
    /// Creates a transport that takes proxies from the environment only.
    fn from(endpoint: Endpoint) -> Self {
        Self::new(endpoint, Connector::default())
    }
}

impl AwsTransport {
    /// Creates a transport to `endpoint` over `connector`, which an in-process endpoint does not use.
    #[must_use]
    pub fn new(endpoint: Endpoint, connector: Connector) -> Self {
        let (support, sign_in) = match &endpoint {
            Endpoint::ByPartition | Endpoint::Override(_) => (http::client(connector), SignInClient::Shared),
            Endpoint::Emulated { sign_in, .. } => {
                let outside = http::client(connector);
                let there = http::redirected(sign_in, outside.clone());
                (outside, SignInClient::Emulated(there))
            }
            Endpoint::InProcess(api) => (api.http_client.clone(), SignInClient::Shared),
        };
        Self { endpoint, support, sign_in, limits: Limits::default() }
    }

    /// Returns the HTTP client for AWS Support and for links to files.
    pub(crate) fn support(&self) -> SharedHttpClient {
        self.support.clone()
    }

    /// Returns the HTTP client for STS and IAM Identity Center.
    pub(crate) fn sign_in(&self) -> SharedHttpClient {
        match &self.sign_in {
            SignInClient::Shared => self.support.clone(),
            SignInClient::Emulated(client) => client.clone(),
        }
    }

    /// Whether requests leave this process.
    pub fn leaves(&self) -> bool {
        match self.endpoint {
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::Emulated { .. } => true,
            Endpoint::InProcess(_) => false,
        }
    }

    /// Lists the targets of the connection test for accounts in these partitions and portals in these Regions, without
    /// duplicates; none for an in-process endpoint.
    pub fn targets(&self, partitions: &[Partition], portal_regions: &[String]) -> Vec<Target> {
        let (support_at, sign_in_at) = match &self.endpoint {
            Endpoint::InProcess(_) => return Vec::new(),
            Endpoint::ByPartition => (None, Some(None)),
            // A custom endpoint has no known sign-in services.
            Endpoint::Override(endpoint) => (Some(endpoint.as_str()), None),
            Endpoint::Emulated { support, sign_in } => (Some(support.as_str()), Some(Some(sign_in.as_str()))),
        };
        let target = |service, host: String, at: Option<&str>, request| {
            let address = at.map_or_else(|| format!("https://{host}/"), str::to_owned);
            let uri = address.parse::<Uri>().ok()?;
            // A custom endpoint is tested under its own host name.
            let host = match (&self.endpoint, uri.host()) {
                (Endpoint::Override(_), Some(own)) => own.to_owned(),
                (Endpoint::Override(_) | Endpoint::ByPartition | Endpoint::Emulated { .. }, _)
                | (Endpoint::InProcess(_), _) => host,
            };
            Some(Target { service, uri, host, request, standbys: Vec::new() })
        };
        let support = |partition: &Partition| {
            let mut hosts = hosts::support_hosts(*partition);
            let main = target(TestedService::Support, hosts.next()?, support_at, SEVERITIES)?;
            let standby = |host| target(TestedService::SupportStandby, host, None, SEVERITIES);
            // An emulator has no standbys.
            let standbys =
                if support_at.is_none() { hosts.filter_map(standby).collect() } else { Vec::new() };
            Some(Target { standbys, ..main })
        };
        let mut targets: Vec<Target> = partitions.iter().filter_map(support).collect();
        if let Some(at) = sign_in_at {
            let sts = |partition: &Partition| {
                target(TestedService::Sts, hosts::sts_host(*partition), at, CALLER_IDENTITY)
            };
            targets.extend(partitions.iter().filter_map(sts));
            for region in portal_regions {
                targets.extend(target(TestedService::IdentityCenter, hosts::oidc_host(region), at, TOKEN));
                let portal = hosts::portal_host(region);
                targets.extend(target(TestedService::IdentityCenterPortal, portal, at, ACCOUNTS));
            }
        }
        let mut unique: Vec<Target> = Vec::new();
        for target in targets {
            if !unique.contains(&target) {
                unique.push(target);
            }
        }
        unique
    }
}

/// DescribeSeverityLevels without a signature.
const SEVERITIES: TargetRequest = TargetRequest {
    method: "POST",
    path: "/",
    content_type: "application/x-amz-json-1.1",
    header: Some(("X-Amz-Target", "AWSSupport_20130415.DescribeSeverityLevels")),
    body: r#"{"language":"en"}"#,
};
/// GetCallerIdentity without a signature.
const CALLER_IDENTITY: TargetRequest = TargetRequest {
    method: "POST",
    path: "/",
    content_type: "application/x-www-form-urlencoded",
    header: None,
    body: "Action=GetCallerIdentity&Version=2011-06-15",
};
/// CreateToken without anything in it.
const TOKEN: TargetRequest = TargetRequest {
    method: "POST",
    path: "/token",
    content_type: "application/json",
    header: None,
    body: "{}",
};
/// ListAccounts with a token that nobody was given.
const ACCOUNTS: TargetRequest = TargetRequest {
    method: "GET",
    path: "/assignment/accounts",
    content_type: "application/json",
    header: Some(("x-amz-sso_bearer_token", "none")),
    body: "",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CustomEndpoint;

    #[test]
    fn each_service_that_is_used_is_a_target_once() {
        let transport = AwsTransport::from(Endpoint::ByPartition);
        let targets =
            transport.targets(&[Partition::Aws, Partition::AwsCn, Partition::Aws], &["eu-west-1".to_owned()]);
        let shown: Vec<String> = targets.iter().map(|target| target.uri.to_string()).collect();
        assert_eq!(
            shown,
            [
                "https://support.us-east-1.amazonaws.com/",
                "https://support.cn-north-1.amazonaws.com.cn/",
                "https://sts.us-east-1.amazonaws.com/",
                "https://sts.cn-north-1.amazonaws.com.cn/",
                "https://oidc.eu-west-1.amazonaws.com/",
                "https://portal.sso.eu-west-1.amazonaws.com/",
            ]
        );
        let standbys: Vec<_> = targets.iter().map(|target| target.standbys.len()).collect();
        assert_eq!(standbys, [2, 0, 0, 0, 0, 0], "commercial AWS alone has them");
        assert_eq!(targets[0].standbys[0].host, "support.us-west-2.amazonaws.com");
        let own = CustomEndpoint::parse("http://127.0.0.1:4599").unwrap();
        let own = AwsTransport::from(Endpoint::Override(own));
        let targets = own.targets(&[Partition::Aws], &["eu-west-1".to_owned()]);
        assert_eq!(targets.len(), 1);
        assert_eq!((targets[0].host.as_str(), targets[0].standbys.len()), ("127.0.0.1", 0));
    }
}
