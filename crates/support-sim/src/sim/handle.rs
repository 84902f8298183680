//! Handles a request of either transport: faults, signature, policy, quota, plan, operation, and the log of calls.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body::Body;
use http_body_util::{BodyExt, Limited};
use jiff::{SignedDuration, Timestamp};

use super::Sim;
use crate::answer::{Answer, slow, truncated};
use crate::calls::{Call, Outcome};
use crate::clock::whole_milliseconds;
use crate::context::CallContext;
use crate::customer::Customer;
use crate::error::WireError;
use crate::faults::{Edit, Fault, FaultTarget};
use crate::links::Link;
use crate::operation::{Action, Operation};
use crate::ops;
use crate::options::SigningTime;
use crate::plan::Plan;
use crate::sigv4;
use crate::wire;

/// Three files of 5 MB in base64, and room to spare.
const BODY_LIMIT: usize = 32 * 1024 * 1024;
/// A body of fewer bytes is hashed at once.
const QUICK_BODY: usize = 64 * 1024;

/// How a request arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// In process, through the SDK's HTTP client.
    InProcess,
    /// Over a socket: the `host` header leads back to it.
    Socket,
}

/// What is known of a call before it is processed.
#[derive(Clone)]
struct CallMetadata {
    operation: Option<Operation>,
    access_key_id: Option<String>,
    request_id: String,
    /// The origin of links in the response.
    origin: Option<String>,
}

/// The effects of a fault on the processing of a call.
#[derive(Default)]
struct FaultEffects {
    refuse: Option<WireError>,
    /// How far the service's clock is off.
    off: SignedDuration,
    /// How far the `Date` header alone is off.
    date_off: SignedDuration,
    fails_upload: bool,
}

impl Sim {
    /// Does what a request asks for: a call of the API, or a transfer over one of its links. The request needs an
    /// absolute or origin-form URI and a `host` header, as they arrive at a server. Must run inside a tokio runtime.
    pub async fn handle<B>(&self, request: Request<B>, transport: Transport) -> Answer
    where
        B: Body<Data = Bytes> + Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        if let Some(link) = Link::of_path(request.uri().path()) {
            return self.transfer(link, request).await;
        }
        let request_id = self.new_request_id();
        let bare = |status| wire::bare(status, &request_id, self.clock().now()).into();
        if request.uri().path() != "/" || request.method() != Method::POST {
            return bare(StatusCode::NOT_FOUND);
        }
        let (parts, body) = request.into_parts();
        let Ok(body) = Limited::new(body, BODY_LIMIT).collect().await else {
            return bare(StatusCode::PAYLOAD_TOO_LARGE);
        };
        let arrival = CallMetadata {
            operation: wire::operation(&parts.headers),
            access_key_id: sigv4::claimed_key(&parts.headers).map(str::to_owned),
            origin: self.link_origin(&parts.headers, transport),
            request_id,
        };
        self.call(Request::from_parts(parts, body.to_bytes()), arrival).await
    }

    async fn call(&self, request: Request<Bytes>, arrival: CallMetadata) -> Answer {
        let fault = self.0.faults.take(FaultTarget::Call(arrival.operation));
        let mut hindrance = FaultEffects::default();
        match &fault {
            None
            | Some(
                Fault::LoseAnswer
                | Fault::Reset { processed: true }
                | Fault::Malformed
                | Fault::Truncated
                | Fault::SlowBody(_)
                | Fault::Answer { processed: true, .. }
                | Fault::Edit { .. },
            ) => {}
            Some(Fault::Answer { body, processed: false }) => {
                let body = Bytes::from(body.clone());
                let response = wire::respond(Ok(body), &arrival.request_id, self.clock().now());
                self.log(arrival, false, Outcome::BareStatus(200));
                return response.into();
            }
            Some(Fault::Unreachable) => {
                self.log(arrival, false, Outcome::Unreachable);
                return Answer::Dropped;
            }
            Some(Fault::Reset { processed: false }) => {
                self.log(arrival, false, Outcome::Unreachable);
                return Answer::Reset;
            }
            Some(Fault::Status(status)) => {
                let response = wire::bare(*status, &arrival.request_id, self.clock().now());
                self.log(arrival, false, Outcome::BareStatus(status.as_u16()));
                return response.into();
            }
            Some(Fault::Delay(pause)) => tokio::time::sleep(*pause).await,
            Some(Fault::Refuse(error)) => hindrance.refuse = Some(error.clone()),
            Some(Fault::WrongTime(off)) => hindrance.off = *off,
            Some(Fault::WrongDate(off)) => hindrance.date_off = *off,
            Some(Fault::FailUpload) => hindrance.fails_upload = true,
        }
        let as_logged = match fault {
            Some(Fault::LoseAnswer | Fault::Reset { .. }) => |outcome| Outcome::AnswerLost(Box::new(outcome)),
            Some(Fault::Malformed | Fault::Truncated | Fault::Answer { .. } | Fault::Edit { .. }) => {
                |outcome| Outcome::AnswerCorrupted(Box::new(outcome))
            }
            None
            | Some(
                Fault::Refuse(_)
                | Fault::Unreachable
                | Fault::Status(_)
                | Fault::Delay(_)
                | Fault::SlowBody(_)
                | Fault::WrongTime(_)
                | Fault::WrongDate(_)
                | Fault::FailUpload,
            ) => |outcome| outcome,
        };
        let response = self.process(request, arrival, hindrance, as_logged).await;
        match fault {
            Some(Fault::LoseAnswer) => Answer::Dropped,
            Some(Fault::Reset { .. }) => Answer::Reset,
            Some(Fault::Malformed) => cut_short(response).into(),
            Some(Fault::Truncated) => Answer::Response(response.map(|body| truncated(&body))),
            Some(Fault::SlowBody(over)) => Answer::Response(response.map(|body| slow(body, over))),
            Some(Fault::Answer { body, .. }) => answered(response, body.into()).into(),
            Some(Fault::Edit { edits }) => edited(response, &edits).into(),
            None
            | Some(
                Fault::Refuse(_)
                | Fault::Unreachable
                | Fault::Status(_)
                | Fault::Delay(_)
                | Fault::WrongTime(_)
                | Fault::WrongDate(_)
                | Fault::FailUpload,
            ) => response.into(),
        }
    }

    /// Does the call, away from the runtime's threads where it may write to disk or hash megabytes. It is done and
    /// logged even if nobody waits for it any more.
    async fn process(
        &self,
        request: Request<Bytes>,
        arrival: CallMetadata,
        hindrance: FaultEffects,
        as_logged: fn(Outcome) -> Outcome,
    ) -> Response<Bytes> {
        let (sim, call) = (self.clone(), arrival.clone());
        let off = hindrance.off.saturating_add(hindrance.date_off);
        let quick = arrival.operation.is_some_and(Operation::is_quick) && request.body().len() < QUICK_BODY;
        let work = move || {
            let (result, dry_run) = sim.perform(&request, &call, hindrance);
            let response = wire::respond(result.clone(), &call.request_id, sim.shown_time(off));
            let outcome = match result {
                Ok(_) => Outcome::Answered,
                Err(error) => Outcome::Refused(error),
            };
            sim.log(call, dry_run, as_logged(outcome));
            response
        };
        let done = if quick {
            catch_unwind(AssertUnwindSafe(work)).map_err(|_| "it panicked".to_owned())
        } else {
            tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())
        };
        match done {
            Ok(response) => response,
            Err(error) => {
                tracing::error!(error, "a call ended before its answer");
                let internal = WireError::internal();
                let response =
                    wire::respond(Err(internal.clone()), &arrival.request_id, self.shown_time(off));
                self.log(arrival, false, as_logged(Outcome::Refused(internal)));
                response
            }
        }
    }

    /// The time as the service tells it when its clock is off by this.
    fn shown_time(&self, off: SignedDuration) -> Timestamp {
        let now = self.clock().now();
        now.saturating_add(off).unwrap_or(now)
    }

    /// Does a call, and says whether it asked for a dry run.
    fn perform(
        &self,
        request: &Request<Bytes>,
        arrival: &CallMetadata,
        hindrance: FaultEffects,
    ) -> (Result<Bytes, WireError>, bool) {
        let admitted = self.admit(request, arrival.operation, hindrance.refuse, hindrance.off);
        let result = admitted.and_then(|(operation, caller)| {
            let now = self.clock().now();
            let (plan, quotas) = (self.plan(), self.quotas());
            let origin = arrival.origin.as_deref();
            let call_context = CallContext {
                options: &self.0.options,
                plan,
                quotas,
                now,
                caller: &caller,
                origin,
                fails_upload: hindrance.fails_upload,
            };
            ops::perform(operation, request.body(), self.shared_state(), &call_context)
        });
        let dry_run = match &result {
            Ok(_) => false,
            Err(error) => error.code == "DryRunOperationException" || ops::asks_for_dry_run(request.body()),
        };
        (result, dry_run)
    }

    /// Whether somebody who may call does so with a right signature, within the quota and under a plan.
    fn admit(
        &self,
        request: &Request<Bytes>,
        operation: Option<Operation>,
        refuse: Option<WireError>,
        off: SignedDuration,
    ) -> Result<(Operation, Customer), WireError> {
        let options = &self.0.options;
        let now = self.shown_time(off);
        let expected = sigv4::Expected {
            region: &options.region,
            service: "support",
            now,
            or_now: match options.signing_time {
                SigningTime::Sim => None,
                SigningTime::SimOrComputer => {
                    let computer = whole_milliseconds(Timestamp::now());
                    Some(computer.saturating_add(off).unwrap_or(computer))
                }
            },
        };
        let mut caller = None;
        sigv4::check(request, &expected, |id, token| {
            let unknown = || WireError::of_code("UnrecognizedClientException");
            let customer = self.customer(id, token).ok_or_else(unknown)?;
            if customer.has_expired(self.clock().now()) {
                return Err(WireError::of_code("ExpiredTokenException"));
            }
            Ok(caller.insert(customer).secret_access_key().to_owned())
        })?;
        let Some(caller) = caller else {
            return Err(WireError::of_code("UnrecognizedClientException"));
        };
        if let Some(error) = refuse {
            return Err(error);
        }
        if let Some(operation) = operation {
            let denied = |action: &&Action| self.policy().denies(caller.access_key_id(), **action);
            if let Some(action) = operation.actions().iter().find(denied) {
                return Err(WireError::access_denied(&caller.arn_in(&options.account), *action));
            }
        }
        self.take_from_quota(operation)?;
        if self.plan() == Plan::None {
            return Err(WireError::of_code("SubscriptionRequiredException"));
        }
        let operation = operation.ok_or_else(|| WireError::new("UnknownOperationException", ""))?;
        Ok((operation, caller))
    }

    fn take_from_quota(&self, operation: Option<Operation>) -> Result<(), WireError> {
        let (quotas, now) = (self.quotas(), self.clock().now());
        let mut used = self.used();
        if quotas.calls_per_second.is_some_and(|limit| !used.calls.take(now, limit, 1.0)) {
            return Err(WireError::of_code("ThrottlingException"));
        }
        let described = quotas.described_attachments_per_minute;
        if operation == Some(Operation::DescribeAttachment)
            && described.is_some_and(|limit| !used.described_attachments.take(now, limit, 60.0))
        {
            return Err(WireError::of_code("DescribeAttachmentLimitExceeded"));
        }
        Ok(())
    }

    /// What links begin with in the answer to a call.
    fn link_origin(&self, headers: &http::HeaderMap, transport: Transport) -> Option<String> {
        if let Some(origin) = &self.0.options.links.origin {
            return Some(origin.clone());
        }
        match transport {
            Transport::Socket => {
                let host = headers.get(header::HOST)?.to_str().ok()?;
                Some(format!("http://{host}"))
            }
            Transport::InProcess => self.first_address().map(|address| format!("http://{address}")),
        }
    }

    fn log(&self, arrival: CallMetadata, dry_run: bool, outcome: Outcome) {
        let CallMetadata { operation, access_key_id, request_id, origin: _ } = arrival;
        tracing::debug!(?operation, ?outcome, request_id, "call");
        let at = self.clock().now();
        self.call_log().push(Call { at, operation, access_key_id, dry_run, outcome, request_id });
        self.tell_change();
    }
}

/// An answer whose body is the first half of its JSON, and says that this is all.
fn cut_short(response: Response<Bytes>) -> Response<Bytes> {
    let half = response.body().slice(..response.body().len().div_ceil(2));
    with_body(response, half)
}

/// An answer with these members changed; a refusal as it is.
fn edited(response: Response<Bytes>, edits: &[Edit]) -> Response<Bytes> {
    if response.status() != StatusCode::OK {
        return response;
    }
    let Ok(mut answer) = serde_json::from_slice(response.body()) else { return response };
    edits.iter().for_each(|edit| edit.apply(&mut answer));
    with_body(response, answer.to_string().into())
}

/// An answer with HTTP 200 and this body, whatever it was.
fn answered(response: Response<Bytes>, body: Bytes) -> Response<Bytes> {
    let mut answered = with_body(response, body);
    *answered.status_mut() = StatusCode::OK;
    answered.headers_mut().remove("x-amzn-errortype");
    answered
}

/// An answer with another body.
fn with_body(response: Response<Bytes>, body: Bytes) -> Response<Bytes> {
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(header::CONTENT_LENGTH, header::HeaderValue::from(body.len()));
    Response::from_parts(parts, body)
}
