//! The connection test: connects to each service and reports how far it got, hop by hop.
//!
//! It uses the same code as every other connection. The request that it then sends is unsigned: AWS refuses it, and the
//! refusal proves that it was AWS that answered.

use super::{
    ConnectorSettings, Hop, HopOutcome, HopResult, ServiceProbe, TestedService,
    connect_error::ConnectErrorKind,
    dial::{DialObserver, dial},
    policy::authority,
    response::{self, ResponseHead},
};
use desk_model::{Clock, MINUTE, Millis, Problem, ProblemCode};
use futures_util::future::join_all;
use http::Uri;
use std::{collections::BTreeMap, time::Duration};

/// Time limit for AWS's response.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum deviation of this computer's clock: AWS refuses signatures that are five minutes old (IAM User Guide,
/// "Signing AWS API requests").
const MAX_CLOCK_SKEW: Millis = 5 * MINUTE;

/// The hops without a proxy; those with one are [`PROXIED_HOPS`].
const DIRECT_HOPS: [Hop; 6] =
    [Hop::Route, Hop::HostName, Hop::HostConnection, Hop::Encryption, Hop::Answer, Hop::Clock];
const PROXIED_HOPS: [Hop; 7] = [
    Hop::Route,
    Hop::ProxyName,
    Hop::ProxyConnection,
    Hop::ProxyPass,
    Hop::Encryption,
    Hop::Answer,
    Hop::Clock,
];

/// A service that the connection test has to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Which of AWS's services.
    pub service: TestedService,
    /// The address to connect to.
    pub uri: Uri,
    /// AWS's host, which differs from that of `uri` if an emulator replaces it.
    pub host: String,
    /// The request to send.
    pub request: TargetRequest,
    /// Failover targets, of which the first that responds is used.
    pub standbys: Vec<Target>,
}

/// A request without side effects, which AWS refuses for lack of a signature or of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetRequest {
    /// The HTTP method.
    pub method: &'static str,
    /// The path, from `/`.
    pub path: &'static str,
    /// The header `Content-Type`.
    pub content_type: &'static str,
    /// A further header that the protocol requires, with its value.
    pub header: Option<(&'static str, &'static str)>,
    /// The body.
    pub body: &'static str,
}

/// Why a probe failed, and at which hop.
struct ProbeFailure {
    hop: Hop,
    problem: Problem,
    /// Whether this host does not respond, so that a standby is used.
    host_is_down: bool,
}

/// Probes `target` and, if its host does not respond, its standbys. Returns the results of the main host and of the
/// first standby that responds, else of all.
pub(super) async fn probe(current: &ConnectorSettings, target: &Target, clock: &Clock) -> Vec<ServiceProbe> {
    let (mut main, host_is_down) = probe_one(current, target, clock).await;
    if !host_is_down {
        return vec![main];
    }
    let standbys = target.standbys.iter().map(|standby| probe_one(current, standby, clock));
    let mut standbys: Vec<_> = join_all(standbys).await.into_iter().map(|(probe, _)| probe).collect();
    if let Some(answers) = standbys.iter().position(|probe| probe.problem.is_none()) {
        standbys = vec![standbys.swap_remove(answers)];
        if let Some(problem) = &mut main.problem {
            let meanwhile = format!(" Meanwhile ECO Desk uses {}, which answers.", standbys[0].host);
            problem.message.push_str(&meanwhile);
        }
    }
    std::iter::once(main).chain(standbys).collect()
}

/// Probes `target` without its standbys; also returns whether its host does not respond.
async fn probe_one(current: &ConnectorSettings, target: &Target, clock: &Clock) -> (ServiceProbe, bool) {
    let mut recorded = RecordedHops::default();
    let failed = match dial(current, &target.uri, &mut recorded).await {
        Err(error) => Some(ProbeFailure {
            hop: error.hop(),
            problem: Problem::from(&error),
            host_is_down: error.kind() == ConnectErrorKind::Unreachable,
        }),
        Ok(mut stream) => {
            let asked =
                tokio::time::timeout(RESPONSE_TIMEOUT, response::send_request(&mut stream, &request(target)))
                    .await;
            match asked {
                Ok(Ok(head)) => check_response(&head, target, clock, &mut recorded),
                Ok(Err(error)) => Some(no_answer(target, &error.to_string())),
                Err(_) => Some(no_answer(target, "it does not answer in time")),
            }
        }
    };
    let host_is_down = failed.as_ref().is_some_and(|failure| failure.host_is_down);
    (recorded.into_result(target, failed), host_is_down)
}

/// Checks that the response is AWS's, and how far this computer's clock deviates from its date.
fn check_response(
    head: &ResponseHead,
    target: &Target,
    clock: &Clock,
    recorded: &mut RecordedHops,
) -> Option<ProbeFailure> {
    let failure = |hop, code, message| ProbeFailure {
        hop,
        problem: Problem::new(code, message).retryable(),
        host_is_down: false,
    };
    if !head.has_prefix("x-amz") {
        let message = format!(
            "Something else answered in the place of {} (HTTP {}), such as the sign-in page of a network or a proxy. Open any web page in your browser, sign in to the network if it asks, then try again.",
            target.host, head.status
        );
        return Some(failure(Hop::Answer, ProblemCode::Network, message));
    }
    if head.status >= 500 {
        let message = format!(
            "{} answers that it has a problem of its own (HTTP {}). It is AWS's affair and passes by itself.",
            target.host, head.status
        );
        let failure = failure(Hop::Answer, ProblemCode::Service, message);
        return Some(ProbeFailure { host_is_down: true, ..failure });
    }
    recorded.hop_passed(Hop::Answer, "AWS answers".to_owned());
    let Some(date) = head.all("date").find_map(parse_http_date) else {
        recorded.hop_passed(Hop::Clock, "AWS did not tell the time".to_owned());
        return None;
    };
    let ahead = clock.now() - date;
    let deviation =
        format!("{} {}", format_duration(ahead), if ahead < 0 { "behind AWS's" } else { "ahead of AWS's" });
    if ahead.abs() >= MAX_CLOCK_SKEW {
        let message = format!(
            "This computer's clock is {deviation}, and AWS refuses whatever is more than five minutes off. Set the date and time of this computer (best: automatically), then try again."
        );
        return Some(failure(Hop::Clock, ProblemCode::ClockSkew, message));
    }
    // Answers take a while, and the date is to the second.
    let right = ahead.abs() < 5_000;
    recorded.hop_passed(Hop::Clock, if right { "right".to_owned() } else { deviation });
    None
}

fn no_answer(target: &Target, reason: &str) -> ProbeFailure {
    let message = format!(
        "{} took the connection, but gives no answer ({reason}). Try again; if it stays so, something between this computer and AWS cuts in. Tell your IT department.",
        target.host
    );
    let problem = Problem::new(ProblemCode::Network, message).retryable();
    ProbeFailure { hop: Hop::Answer, problem, host_is_down: true }
}

fn request(target: &Target) -> Vec<u8> {
    let TargetRequest { method, path, content_type, header, body } = target.request;
    let header = header.map_or_else(String::new, |(name, value)| format!("{name}: {value}\r\n"));
    format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nUser-Agent: eco-desk\r\nContent-Type: {content_type}\r\n{header}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        target.host,
        body.len()
    )
    .into_bytes()
}

/// Parses an HTTP date, which is the form of RFC 2822 with GMT (RFC 9110, 5.6.7).
fn parse_http_date(text: &str) -> Option<Millis> {
    jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp().as_millisecond())
}

/// Formats a duration in its largest useful unit.
fn format_duration(millis: Millis) -> String {
    let seconds = millis.abs() / 1000;
    let (number, unit) = match seconds {
        0..=119 => (seconds, "second"),
        120..=7_199 => (seconds / 60, "minute"),
        7_200..=172_799 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// Observer that records the hops of the current route.
#[derive(Debug, Default)]
struct RecordedHops {
    proxy: Option<String>,
    passed: BTreeMap<Hop, String>,
}

impl DialObserver for RecordedHops {
    fn hop_passed(&mut self, hop: Hop, detail: String) {
        self.passed.insert(hop, detail);
    }

    fn route_started(&mut self, proxy: Option<&str>) {
        self.proxy = proxy.map(str::to_owned);
        self.passed.retain(|hop, _| *hop == Hop::Route);
    }
}

impl RecordedHops {
    fn into_result(mut self, target: &Target, failed: Option<ProbeFailure>) -> ServiceProbe {
        let (failed, problem) = failed.map(|failure| (failure.hop, failure.problem)).unzip();
        let path: &[Hop] = match failed {
            // A proxy that could not be tried still is the failing hop.
            Some(Hop::ProxyName | Hop::ProxyConnection | Hop::ProxyPass) => &PROXIED_HOPS,
            _ if self.proxy.is_some() => &PROXIED_HOPS,
            Some(_) | None => &DIRECT_HOPS,
        };
        let encrypted = target.uri.scheme_str() != Some("http");
        let hops = path
            .iter()
            .filter(|hop| encrypted || **hop != Hop::Encryption)
            .map(|hop| {
                let outcome = match (self.passed.remove(hop), &problem) {
                    (_, Some(problem)) if failed == Some(*hop) => {
                        HopOutcome::Failed { problem: problem.clone() }
                    }
                    (Some(detail), _) => HopOutcome::Passed { detail },
                    (None, _) => HopOutcome::NotReached,
                };
                HopResult { hop: *hop, outcome }
            })
            .collect();
        let host = match target.uri.host() {
            // An emulator replaces AWS: its address is shown too.
            Some(at) if at != target.host => format!("{} ({})", target.host, authority(&target.uri)),
            Some(_) | None => target.host.clone(),
        };
        ServiceProbe { service: target.service, host, proxy: self.proxy, hops, problem }
    }
}
