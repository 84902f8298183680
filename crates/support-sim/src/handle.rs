//! The one place that both doors lead to: faults, signature, plan, operation, and the log of calls.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use crate::builder::Plan;
use crate::calls::{Call, Outcome};
use crate::error::WireError;
use crate::faults::Fault;
use crate::ops::{self, Desk, Operation};
use crate::sigv4;
use crate::sim::Sim;
use crate::wire;

/// What becomes of a request.
#[derive(Debug)]
pub enum Answer {
    /// An HTTP answer.
    Response(Response<Bytes>),
    /// No answer: the connection drops. Whether anything was done is in the log of calls.
    Dropped,
}

/// A call on its way, as far as it is known before it is done.
struct Arrival {
    operation: Option<Operation>,
    access_key_id: Option<String>,
    request_id: String,
}

impl Sim {
    /// Does what a request asks for. The request needs an absolute or origin-form URI and a `host` header, as they
    /// arrive at a server. Must run inside a tokio runtime.
    pub async fn handle(&self, request: Request<Bytes>) -> Answer {
        let request_id = self.new_request_id();
        let now = self.clock().now();
        if request.uri().path() != "/" || request.method() != Method::POST {
            return Answer::Response(wire::bare(StatusCode::NOT_FOUND, &request_id, now));
        }
        let arrival = Arrival {
            operation: wire::operation(request.headers()),
            access_key_id: sigv4::claimed_key(request.headers()).map(str::to_owned),
            request_id,
        };
        match self.0.faults.take(arrival.operation) {
            None => self.finish(request, arrival, None).await,
            Some(Fault::Refuse(error)) => self.finish(request, arrival, Some(error)).await,
            Some(Fault::Delay(pause)) => {
                tokio::time::sleep(pause).await;
                self.finish(request, arrival, None).await
            }
            Some(Fault::LoseAnswer) => {
                self.process(request, arrival, None, |outcome| Outcome::AnswerLost(Box::new(outcome))).await;
                Answer::Dropped
            }
            Some(Fault::Unreachable) => {
                self.log(arrival, false, Outcome::Unreachable);
                Answer::Dropped
            }
            Some(Fault::Status(status)) => {
                let response = wire::bare(status, &arrival.request_id, now);
                self.log(arrival, false, Outcome::BareStatus(status.as_u16()));
                Answer::Response(response)
            }
        }
    }

    async fn finish(&self, request: Request<Bytes>, arrival: Arrival, refuse: Option<WireError>) -> Answer {
        Answer::Response(self.process(request, arrival, refuse, |outcome| outcome).await)
    }

    /// Does the call away from the runtime's threads: it may write to disk and hash megabytes.
    async fn process(
        &self,
        request: Request<Bytes>,
        arrival: Arrival,
        refuse: Option<WireError>,
        as_logged: fn(Outcome) -> Outcome,
    ) -> Response<Bytes> {
        let sim = self.clone();
        let request_id = arrival.request_id.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut dry_run = false;
            let result = sim.perform(&request, arrival.operation, refuse, &mut dry_run);
            let response = wire::respond(result.clone(), &arrival.request_id, sim.clock().now());
            let outcome = match result {
                Ok(_) => Outcome::Answered,
                Err(error) => Outcome::Refused(error),
            };
            sim.log(arrival, dry_run, as_logged(outcome));
            response
        });
        match done.await {
            Ok(response) => response,
            Err(error) => {
                tracing::error!(%error, "a call ended before its answer");
                wire::respond(Err(WireError::internal()), &request_id, self.clock().now())
            }
        }
    }

    fn perform(
        &self,
        request: &Request<Bytes>,
        operation: Option<Operation>,
        refuse: Option<WireError>,
        dry_run: &mut bool,
    ) -> Result<Bytes, WireError> {
        let now = self.clock().now();
        let options = &self.0.options;
        let expected = sigv4::Expected { region: &options.region, service: "support", now };
        let known = |id: &str, token: Option<&str>| {
            options
                .customers
                .iter()
                .find(|customer| customer.access_key_id == id && customer.session_token.as_deref() == token)
        };
        let secret_of = |id: &str, token: Option<&str>| Some(known(id, token)?.secret_access_key.clone());
        let id = sigv4::check(request, &expected, secret_of)?;
        let caller = options.customers.iter().find(|customer| customer.access_key_id == id);
        let Some(caller) = caller else {
            return Err(WireError::of_code("UnrecognizedClientException"));
        };
        if let Some(error) = refuse {
            return Err(error);
        }
        let plan = self.plan();
        if plan == Plan::None {
            return Err(WireError::subscription_required());
        }
        let Some(operation) = operation else {
            return Err(WireError::new("UnknownOperationException", ""));
        };
        let mut state = self.state();
        let mut desk = Desk { state: &mut state, options, plan, now, caller };
        ops::perform(operation, request.body(), &mut desk, dry_run)
    }

    fn log(&self, arrival: Arrival, dry_run: bool, outcome: Outcome) {
        let Arrival { operation, access_key_id, request_id } = arrival;
        tracing::debug!(?operation, ?outcome, request_id, "call");
        let at = self.clock().now();
        self.call_log().push(Call { at, operation, access_key_id, dry_run, outcome, request_id });
    }
}
