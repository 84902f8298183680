//! The rate limiter of calls to AWS Support: one for each AWS account, for every attempt of every client.
//!
//! AWS allows 5 calls a second in an account, whoever makes them. Several accounts of this program may be one at AWS
//! (two profiles, a key and a role), and the SDK retries by itself; so a token is taken in the HTTP client, per
//! attempt.

use super::call::Call;
use aws_smithy_runtime_api::client::{
    http::{
        HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
        SharedHttpConnector,
    },
    orchestrator::HttpRequest,
    runtime_components::RuntimeComponents,
};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
};

/// Calls per second: AWS allows 5 for the whole account, and others work in it too.
const CALLS_PER_SECOND: NonZeroU32 = NonZeroU32::new(4).expect("4 is not 0");

/// The rate limiter of one AWS account.
pub(super) type Limit = Arc<DefaultDirectRateLimiter>;

/// The rate limiters by AWS account number. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Limits(Arc<Mutex<HashMap<String, Limit>>>);

impl Limits {
    /// Returns the shared rate limiter of the AWS account `number`; a new one if the number is not known yet.
    pub(super) fn of(&self, number: Option<&str>) -> Limit {
        let Some(number) = number else { return limit() };
        // A panic while it was locked cannot leave it inconsistent.
        let mut limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        limits.entry(number.to_owned()).or_insert_with(limit).clone()
    }
}

fn limit() -> Limit {
    // No burst: five within one second must never happen.
    Arc::new(RateLimiter::direct(Quota::per_second(CALLS_PER_SECOND).allow_burst(NonZeroU32::MIN)))
}

/// Wraps an HTTP client so that each request waits for a token of `limit`.
pub(super) fn limited(inner: SharedHttpClient, limit: Limit) -> SharedHttpClient {
    SharedHttpClient::new(Limited { inner, limit })
}

#[derive(Debug, Clone)]
struct Limited {
    inner: SharedHttpClient,
    limit: Limit,
}

impl HttpClient for Limited {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(LimitedConnector { inner, limit: self.limit.clone() })
    }
}

#[derive(Debug)]
struct LimitedConnector {
    inner: SharedHttpConnector,
    limit: Limit,
}

impl HttpConnector for LimitedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (inner, limit) = (self.inner.clone(), self.limit.clone());
        // A request whose time runs out while it waits for its token has certainly not gone out.
        let call = request.extension::<Call>().cloned().unwrap_or_default();
        call.hold_back();
        HttpConnectorFuture::new(async move {
            limit.until_ready().await;
            call.hand_over();
            inner.call(request).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AwsTransport, CustomEndpoint, Endpoint, Support, provider_of_keys};
    use desk_model::Partition;
    use futures_util::FutureExt as _;
    use support_sim::{Customer, Fault, Operation, Sim};

    /// A limit that gives so many tokens and then none for an hour.
    fn tokens(count: u32) -> Limit {
        Arc::new(RateLimiter::direct(
            Quota::per_hour(NonZeroU32::MIN).allow_burst(NonZeroU32::new(count).unwrap()),
        ))
    }

    async fn served(sim: &Sim) -> (support_sim::Server, AwsTransport) {
        let server = sim.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
        let transport = AwsTransport::from(Endpoint::Override(CustomEndpoint::parse(&server.url()).unwrap()));
        (server, transport)
    }

    fn client(transport: &AwsTransport, number: Option<&str>) -> Support {
        let me = Customer::example();
        let keys = provider_of_keys(me.access_key_id(), me.secret_access_key());
        Support::of_account(keys, Partition::Aws, transport, number)
    }

    #[tokio::test]
    async fn clients_of_one_aws_account_share_its_limit() {
        let sim = Sim::new();
        let (_server, transport) = served(&sim).await;
        let limit = tokens(3);
        transport.limits.0.lock().unwrap().insert("123456789012".to_owned(), limit.clone());
        for _ in 0..2 {
            // Another profile of the same account, with a clone of the transport.
            client(&transport.clone(), Some("123456789012")).severity_levels().await.unwrap();
        }
        client(&transport, Some("210987654321")).severity_levels().await.unwrap();
        client(&transport, None).severity_levels().await.unwrap();
        assert!(limit.check().is_ok(), "others have taken none of its tokens");
        assert!(limit.check().is_err(), "both clients have taken one");
    }

    #[tokio::test]
    async fn each_attempt_takes_a_token() {
        let sim = Sim::new();
        let (_server, transport) = served(&sim).await;
        let limit = tokens(3);
        transport.limits.0.lock().unwrap().insert("123456789012".to_owned(), limit.clone());
        sim.faults().times(Operation::DescribeServices, 2, Fault::refuse("ThrottlingException"));
        client(&transport, Some("123456789012")).services().await.unwrap();
        assert_eq!(sim.calls().len(), 3, "the SDK has repeated it");
        assert!(limit.check().is_err());
    }

    #[tokio::test]
    async fn what_waits_for_its_token_was_not_sent() {
        let limit = tokens(1);
        limit.check().unwrap();
        let inner = SharedHttpConnector::new(PanickingConnector);
        let connector = LimitedConnector { inner, limit };
        let (call, mut request) = (Call::default(), HttpRequest::empty());
        request.add_extension(call.clone());
        // The SDK hands it over, and gives up while it waits.
        call.hand_over();
        assert!(connector.call(request).now_or_never().is_none());
        assert!(!call.was_handed_over());
    }

    #[derive(Debug)]
    struct PanickingConnector;

    impl HttpConnector for PanickingConnector {
        fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
            panic!("nothing may be sent without a token")
        }
    }
}
