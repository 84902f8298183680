//! How AWS is reached: where it is, and the line that every connection takes.

use super::{Endpoint, hosts, http, limit::Limits};
use ::http::Uri;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use desk_model::Partition;
use desk_network::{Connector, Target, TargetRequest, TestedService};

/// Where AWS is and how one gets there. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct AwsTransport {
    /// Where AWS Support is.
    pub endpoint: Endpoint,
    /// For AWS Support, and for links that AWS gives out.
    support: SharedHttpClient,
    /// For the services that one signs in at.
    sign_in: SignIn,
    /// How many calls each AWS account may make.
    pub(super) limits: Limits,
}

#[derive(Debug, Clone)]
enum SignIn {
    /// The same connections.
    Shared,
    /// An emulator of them.
    Emulated(SharedHttpClient),
}

impl From<Endpoint> for AwsTransport {
    /// Over a line by the proxies that the environment names.
    fn from(endpoint: Endpoint) -> Self {
        Self::new(endpoint, Connector::default())
    }
}

impl AwsTransport {
    /// `endpoint`, reached over `line`; an endpoint in this process needs none.
    #[must_use]
    pub fn new(endpoint: Endpoint, line: Connector) -> Self {
        let (support, sign_in) = match &endpoint {
            Endpoint::ByPartition | Endpoint::Override(_) => (http::client(line), SignIn::Shared),
            Endpoint::Emulated { sign_in, .. } => {
                let outside = http::client(line);
                let there = http::rerouted(sign_in, outside.clone());
                (outside, SignIn::Emulated(there))
            }
            Endpoint::InProcess(door) => (door.http_client.clone(), SignIn::Shared),
        };
        Self { endpoint, support, sign_in, limits: Limits::default() }
    }

    /// The HTTP client for AWS Support and for the links to files that it gives out.
    pub(crate) fn support(&self) -> SharedHttpClient {
        self.support.clone()
    }

    /// The HTTP client for the services that one signs in at.
    pub(crate) fn sign_in(&self) -> SharedHttpClient {
        match &self.sign_in {
            SignIn::Shared => self.support.clone(),
            SignIn::Emulated(client) => client.clone(),
        }
    }

    /// Whether anything leaves this computer.
    pub fn leaves(&self) -> bool {
        match self.endpoint {
            Endpoint::ByPartition | Endpoint::Override(_) | Endpoint::Emulated { .. } => true,
            Endpoint::InProcess(_) => false,
        }
    }

    /// What has to be reached for accounts of these partitions and portals in these Regions, without repetition; none
    /// where nothing leaves this computer.
    pub fn targets(&self, partitions: &[Partition], portal_regions: &[String]) -> Vec<Target> {
        let (support_at, sign_in_at) = match &self.endpoint {
            Endpoint::InProcess(_) => return Vec::new(),
            Endpoint::ByPartition => (None, Some(None)),
            // Nothing is known of where one would sign in beside it, and nothing depends on it.
            Endpoint::Override(endpoint) => (Some(endpoint.as_str()), None),
            Endpoint::Emulated { support, sign_in } => (Some(support.as_str()), Some(Some(sign_in.as_str()))),
        };
        let target = |service, host: String, at: Option<&str>, request| {
            let address = at.map_or_else(|| format!("https://{host}/"), str::to_owned);
            let uri = address.parse::<Uri>().ok()?;
            // An address set by hand is its own host.
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
            // What stands in for AWS is one place.
            let standbys =
                if support_at.is_none() { hosts.filter_map(standby).collect() } else { Vec::new() };
            Some(Target { standbys, ..main })
        };
        let mut targets: Vec<Target> = partitions.iter().filter_map(support).collect();
        if let Some(at) = sign_in_at {
            let sts =
                |partition: &Partition| target(TestedService::Sts, hosts::sts_host(*partition), at, WHO_AM_I);
            targets.extend(partitions.iter().filter_map(sts));
            for region in portal_regions {
                targets.extend(target(TestedService::IdentityCenter, hosts::oidc_host(region), at, TOKEN));
                let portal = hosts::portal_host(region);
                targets.extend(target(TestedService::IdentityCenterPortal, portal, at, ACCOUNTS));
            }
        }
        let mut once: Vec<Target> = Vec::new();
        for target in targets {
            if !once.contains(&target) {
                once.push(target);
            }
        }
        once
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
const WHO_AM_I: TargetRequest = TargetRequest {
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
