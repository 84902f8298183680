//! The test of the connection: the way to each service, step by step, until one fails.
//!
//! The steps are those that every connection takes, since it is the same code that makes them. What is then asked is
//! unsigned: AWS refuses it, and the refusal is proof enough that it was AWS.

use super::{
    ConnectorSettings, Hop, HopOutcome, HopResult, TestedService, WayTested,
    answer::{self, Head},
    connect_error::ConnectErrorKind,
    dial::{DialObserver, dial},
    policy::authority,
};
use desk_model::{Clock, MINUTE, Millis, Problem, ProblemCode};
use futures_util::future::join_all;
use http::Uri;
use std::{collections::BTreeMap, time::Duration};

/// Until AWS must have answered.
const ANSWER: Duration = Duration::from_secs(10);
/// How far a clock may be off: AWS refuses signatures that are five minutes old (IAM User Guide, "Signing AWS API
/// requests").
const TOLERATED: Millis = 5 * MINUTE;

/// The steps without a proxy, and those with one.
const DIRECT: [Hop; 6] =
    [Hop::Route, Hop::HostName, Hop::HostConnection, Hop::Encryption, Hop::Answer, Hop::Clock];
const PROXIED: [Hop; 7] = [
    Hop::Route,
    Hop::ProxyName,
    Hop::ProxyConnection,
    Hop::ProxyPass,
    Hop::Encryption,
    Hop::Answer,
    Hop::Clock,
];

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Which of AWS's services.
    pub service: TestedService,
    /// Where one connects to.
    pub uri: Uri,
    /// The host that is meant, where something else stands in for it.
    pub host: String,
    /// What is asked there.
    pub request: TargetRequest,
    /// What is used where it does not answer: the first of them that does.
    pub standbys: Vec<Target>,
}

/// A request that changes nothing and that AWS refuses, for want of a signature or of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetRequest {
    /// The HTTP method.
    pub method: &'static str,
    /// The path, from `/`.
    pub path: &'static str,
    /// The header `Content-Type`.
    pub content_type: &'static str,
    /// What the protocol asks for beside it, with its value.
    pub header: Option<(&'static str, &'static str)>,
    /// The body.
    pub body: &'static str,
}

/// What went wrong on a way.
struct Failure {
    hop: Hop,
    problem: Problem,
    /// Whether it is this host that does not answer, so that one that stands in for it is used.
    is_of_the_host: bool,
}

/// Goes the way to `target`, and where it does not answer, to its standbys: answers the one that does, else all.
pub(super) async fn go(current: &ConnectorSettings, target: &Target, clock: &Clock) -> Vec<WayTested> {
    let (mut main, is_of_the_host) = go_one(current, target, clock).await;
    if !is_of_the_host {
        return vec![main];
    }
    let standbys = target.standbys.iter().map(|standby| go_one(current, standby, clock));
    let mut standbys: Vec<_> = join_all(standbys).await.into_iter().map(|(way, _)| way).collect();
    if let Some(answers) = standbys.iter().position(|way| way.problem.is_none()) {
        standbys = vec![standbys.swap_remove(answers)];
        if let Some(problem) = &mut main.problem {
            let meanwhile = format!(" Meanwhile ECO Desk uses {}, which answers.", standbys[0].host);
            problem.message.push_str(&meanwhile);
        }
    }
    std::iter::once(main).chain(standbys).collect()
}

/// Goes the way to `target` alone; also whether it is this host that does not answer.
async fn go_one(current: &ConnectorSettings, target: &Target, clock: &Clock) -> (WayTested, bool) {
    let mut steps = Steps::default();
    let failed = match dial(current, &target.uri, &mut steps).await {
        Err(error) => Some(Failure {
            hop: error.hop(),
            problem: Problem::from(&error),
            is_of_the_host: error.kind() == ConnectErrorKind::Unreachable,
        }),
        Ok(mut stream) => {
            let asked = tokio::time::timeout(ANSWER, answer::ask(&mut stream, &request(target))).await;
            match asked {
                Ok(Ok(head)) => judged(&head, target, clock, &mut steps),
                Ok(Err(error)) => Some(no_answer(target, &error.to_string())),
                Err(_) => Some(no_answer(target, "it does not answer in time")),
            }
        }
    };
    let is_of_the_host = failed.as_ref().is_some_and(|failure| failure.is_of_the_host);
    (steps.told(target, failed), is_of_the_host)
}

/// What the answer says, and what fails by it.
fn judged(head: &Head, target: &Target, clock: &Clock, steps: &mut Steps) -> Option<Failure> {
    let failure = |hop, code, message| Failure {
        hop,
        problem: Problem::new(code, message).retryable(),
        is_of_the_host: false,
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
        return Some(Failure { is_of_the_host: true, ..failure });
    }
    steps.passed(Hop::Answer, "AWS answers".to_owned());
    let Some(date) = head.all("date").find_map(instant) else {
        steps.passed(Hop::Clock, "AWS did not tell the time".to_owned());
        return None;
    };
    let ahead = clock.now() - date;
    let shown = format!("{} {}", length(ahead), if ahead < 0 { "behind AWS's" } else { "ahead of AWS's" });
    if ahead.abs() >= TOLERATED {
        let message = format!(
            "This computer's clock is {shown}, and AWS refuses whatever is more than five minutes off. Set the date and time of this computer (best: automatically), then try again."
        );
        return Some(failure(Hop::Clock, ProblemCode::ClockSkew, message));
    }
    // Answers take a while, and the date is to the second.
    let right = ahead.abs() < 5_000;
    steps.passed(Hop::Clock, if right { "right".to_owned() } else { shown });
    None
}

fn no_answer(target: &Target, reason: &str) -> Failure {
    let message = format!(
        "{} took the connection, but gives no answer ({reason}). Try again; if it stays so, something between this computer and AWS cuts in. Tell your IT department.",
        target.host
    );
    let problem = Problem::new(ProblemCode::Network, message).retryable();
    Failure { hop: Hop::Answer, problem, is_of_the_host: true }
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

/// An HTTP date, which is the form of RFC 2822 with GMT (RFC 9110, 5.6.7).
fn instant(text: &str) -> Option<Millis> {
    jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp().as_millisecond())
}

/// A length of time in the largest unit that says enough.
fn length(millis: Millis) -> String {
    let seconds = millis.abs() / 1000;
    let (number, unit) = match seconds {
        0..=119 => (seconds, "second"),
        120..=7_199 => (seconds / 60, "minute"),
        7_200..=172_799 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// What was told of the way so far.
#[derive(Debug, Default)]
struct Steps {
    proxy: Option<String>,
    passed: BTreeMap<Hop, String>,
}

impl DialObserver for Steps {
    fn passed(&mut self, hop: Hop, detail: String) {
        self.passed.insert(hop, detail);
    }

    fn begins(&mut self, proxy: Option<&str>) {
        self.proxy = proxy.map(str::to_owned);
        self.passed.retain(|hop, _| *hop == Hop::Route);
    }
}

impl Steps {
    fn told(mut self, target: &Target, failed: Option<Failure>) -> WayTested {
        let (failed, problem) = failed.map(|failure| (failure.hop, failure.problem)).unzip();
        let path: &[Hop] = match failed {
            // A proxy that cannot be used was not tried, but it is the proxy's affair.
            Some(Hop::ProxyName | Hop::ProxyConnection | Hop::ProxyPass) => &PROXIED,
            _ if self.proxy.is_some() => &PROXIED,
            Some(_) | None => &DIRECT,
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
            // Something stands in for AWS: that is what one wants to see here.
            Some(at) if at != target.host => format!("{} ({})", target.host, authority(&target.uri)),
            Some(_) | None => target.host.clone(),
        };
        WayTested { service: target.service, host, proxy: self.proxy, hops, problem }
    }
}
