//! What both ways over links share: faults, the check of the link, and the log.

mod receive;
mod s3;
mod send;

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use http_body::Body;
use jiff::{SignedDuration, Timestamp};

use super::Sim;
use crate::answer::{Answer, AnswerBody, whole};
use crate::faults::{Fault, FaultTarget};
use crate::links::{Link, Transfer, TransferOutcome};
use crate::wire;
use receive::NotReceived;
use s3::{S3Error, stamp};
use send::Harm;

/// What a transfer came to.
struct Ended {
    response: Response<AnswerBody>,
    outcome: TransferOutcome,
    bytes: u64,
}

impl Sim {
    /// Does what a request to a link asks for.
    pub(crate) async fn transfer<B>(&self, link: Link, request: Request<B>) -> Answer
    where
        B: Body<Data = Bytes> + Send,
    {
        let request_id = self.new_request_id();
        let target = match link {
            Link::Upload { .. } => FaultTarget::Upload,
            Link::Download { .. } => FaultTarget::Download,
        };
        let fault = self.faults().take(target);
        let mut off = SignedDuration::ZERO;
        let mut refuse = None;
        let mut corrupted = false;
        match &fault {
            None
            | Some(
                Fault::LoseAnswer
                | Fault::Reset { processed: true }
                | Fault::FailUpload
                | Fault::Answer { .. }
                | Fault::Edit { .. }
                | Fault::WrongDate(_),
            ) => {}
            Some(Fault::Malformed | Fault::Truncated) => corrupted = true,
            Some(Fault::Unreachable) => {
                self.log_transfer(&link, TransferOutcome::Unreachable, 0, request_id);
                return Answer::Dropped;
            }
            Some(Fault::Reset { processed: false }) => {
                self.log_transfer(&link, TransferOutcome::Unreachable, 0, request_id);
                return Answer::Reset;
            }
            Some(Fault::Status(status)) => {
                let response = wire::bare(*status, &request_id, self.clock().now());
                self.log_transfer(&link, TransferOutcome::BareStatus(status.as_u16()), 0, request_id);
                return response.into();
            }
            Some(Fault::Delay(pause)) => tokio::time::sleep(*pause).await,
            Some(Fault::SlowBody(over)) => {
                // The answer to an upload has no body: all of it is late.
                if target == FaultTarget::Upload {
                    tokio::time::sleep(*over).await;
                }
            }
            Some(Fault::WrongTime(by)) => off = *by,
            Some(Fault::Refuse(error)) => refuse = Some(S3Error::of_wire(error)),
        }
        let ended = self.end(&link, request, &request_id, off, refuse, fault.as_ref()).await;
        let Some(Ended { response, outcome, bytes }) = ended else {
            self.log_transfer(&link, TransferOutcome::ClientDisconnected, 0, request_id);
            return Answer::Dropped;
        };
        let lost = |outcome| TransferOutcome::AnswerLost(Box::new(outcome));
        let is_upload = target == FaultTarget::Upload;
        match fault {
            Some(Fault::LoseAnswer) => {
                self.log_transfer(&link, lost(outcome), bytes, request_id);
                Answer::Dropped
            }
            // An answer without a body cannot break off in it.
            Some(Fault::Truncated) if is_upload => {
                self.log_transfer(&link, lost(outcome), bytes, request_id);
                Answer::Dropped
            }
            Some(Fault::Reset { .. }) => {
                self.log_transfer(&link, lost(outcome), bytes, request_id);
                Answer::Reset
            }
            None
            | Some(
                Fault::Refuse(_)
                | Fault::Unreachable
                | Fault::Status(_)
                | Fault::Delay(_)
                | Fault::Malformed
                | Fault::Truncated
                | Fault::SlowBody(_)
                | Fault::WrongTime(_)
                | Fault::FailUpload
                | Fault::Answer { .. }
                | Fault::Edit { .. }
                | Fault::WrongDate(_),
            ) => {
                let done = outcome == TransferOutcome::Done;
                let outcome = if corrupted && done { TransferOutcome::AnswerCorrupted } else { outcome };
                self.log_transfer(&link, outcome, bytes, request_id);
                Answer::Response(response)
            }
        }
    }

    /// Checks and does a transfer; `None` where the sender has left.
    async fn end<B>(
        &self,
        link: &Link,
        request: Request<B>,
        request_id: &str,
        off: SignedDuration,
        refuse: Option<S3Error>,
        fault: Option<&Fault>,
    ) -> Option<Ended>
    where
        B: Body<Data = Bytes> + Send,
    {
        let shown = || {
            let now = self.clock().now();
            now.saturating_add(off).unwrap_or(now)
        };
        let refused = |error: &S3Error| Ended {
            response: error.response(request_id, shown()).map(whole),
            outcome: TransferOutcome::Refused { status: error.status.as_u16(), code: error.code.clone() },
            bytes: 0,
        };
        if let Some(error) = self.check_link(link, &request, shown()).err().or(refuse) {
            return Some(refused(&error));
        }
        match link {
            Link::Upload { upload_id, part } => match self.receive(upload_id, *part, request).await {
                Ok((etag, bytes)) => {
                    let mut response = Response::new(whole(Bytes::new()));
                    let headers = response.headers_mut();
                    // A corrupted response to an upload lacks the ETag.
                    if fault != Some(&Fault::Malformed)
                        && let Ok(etag) = header::HeaderValue::from_str(&etag)
                    {
                        headers.insert(header::ETAG, etag);
                    }
                    headers.insert(header::CONTENT_LENGTH, header::HeaderValue::from_static("0"));
                    stamp(headers, request_id, shown());
                    Some(Ended { response, outcome: TransferOutcome::Done, bytes })
                }
                Err(NotReceived::Refused(error)) => Some(refused(&error)),
                Err(NotReceived::Left { bytes }) => {
                    tracing::debug!(bytes, "the sender of a part has left");
                    None
                }
            },
            Link::Download { attachment_id } => {
                Some(match self.send(attachment_id, request.headers(), Harm::of(fault)) {
                    Ok((mut response, bytes)) => {
                        stamp(response.headers_mut(), request_id, shown());
                        Ended { response, outcome: TransferOutcome::Done, bytes }
                    }
                    Err(error) => refused(&error),
                })
            }
        }
    }

    fn check_link<B>(&self, link: &Link, request: &Request<B>, now: Timestamp) -> Result<(), S3Error> {
        if !matches!(*request.method(), http::Method::PUT | http::Method::GET | http::Method::HEAD) {
            let text = "The specified method is not allowed against this resource.";
            return Err(S3Error::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", text));
        }
        let host =
            request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let query = request.uri().query().unwrap_or_default();
        let checked = link.check(request.method(), host, query, &self.0.options, now);
        checked.map_err(|refusal| S3Error::of_link(&refusal, now))
    }

    fn log_transfer(&self, link: &Link, outcome: TransferOutcome, bytes: u64, request_id: String) {
        tracing::debug!(?link, ?outcome, bytes, request_id, "transfer");
        let at = self.clock().now();
        self.transfer_log().push(Transfer { at, link: link.clone(), outcome, bytes, request_id });
    }
}
