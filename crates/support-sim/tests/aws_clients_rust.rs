//! The Rust SDK's signer over the program's socket: what it signs passes; what is spoilt after signing, signed by
//! somebody else, at another time or for another place is refused, and does nothing.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sdk_support::Client;
use aws_sdk_support::config::retry::RetryConfig;
use aws_sdk_support::config::{BehaviorVersion, Config, ConfigBag, Intercept, Region, RuntimeComponents};
use aws_sdk_support::error::ProvideErrorMetadata;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use support_sim::Customer;

/// The running program. Ended when dropped.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_support-sim"))
            .args(["--port", "0", "--pace", "off"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        // From here on a failure, too, ends the program.
        let mut program = Self { child, url: String::new() };
        let mut line = String::new();
        while program.url.is_empty() {
            line.clear();
            assert!(lines.read_line(&mut line).unwrap() > 0, "support-sim ended before it listened");
            if let Some(url) = line.strip_prefix("listening on ") {
                program.url = url.trim().to_owned();
            }
        }
        // Reading goes on to the end, or the program would one day block on a full pipe.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        program
    }

    fn config(&self) -> aws_sdk_support::config::Builder {
        let example = Customer::example();
        self.config_of(example.access_key_id(), example.secret_access_key(), None)
    }

    fn config_of(&self, id: &str, secret: &str, token: Option<&str>) -> aws_sdk_support::config::Builder {
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new(id, secret, token.map(str::to_owned), None, "test"))
            .retry_config(RetryConfig::disabled())
            .endpoint_url(&self.url)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is reaped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Spoils a request between the signer and the wire.
#[derive(Debug)]
struct AfterSigning(fn(&mut HttpRequest));

impl Intercept for AfterSigning {
    fn name(&self) -> &'static str {
        "AfterSigning"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        (self.0)(context.request_mut());
        Ok(())
    }
}

/// Creates a case, and gives `ok` or the code and text of the refusal.
async fn create(config: aws_sdk_support::config::Builder) -> (String, String) {
    let client = Client::from_conf(config.build());
    match client.create_case().subject("s").communication_body("b").send().await {
        Ok(_) => ("ok".into(), String::new()),
        Err(error) => {
            let error = error.into_service_error();
            (error.code().unwrap_or_default().into(), error.message().unwrap_or_default().into())
        }
    }
}

async fn cases(program: &Program) -> usize {
    let client = Client::from_conf(program.config().build());
    client.describe_cases().include_resolved_cases(true).send().await.unwrap().cases().len()
}

fn authorization(request: &HttpRequest) -> String {
    request.headers().get("authorization").unwrap().to_owned()
}

#[tokio::test]
async fn what_the_sdk_signs_passes_and_what_is_spoilt_does_nothing() {
    let program = Program::start();
    assert_eq!(create(program.config()).await.0, "ok");
    // Headers that are added on the way are not signed, and need not be.
    let proxied = AfterSigning(|request| {
        request.headers_mut().insert("x-forwarded-for", "192.0.2.1");
    });
    assert_eq!(create(program.config().interceptor(proxied)).await.0, "ok");
    assert_eq!(cases(&program).await, 2);

    let mismatch = "The request signature we calculated does not match the signature you provided.";
    let wrong = "InvalidSignatureException";
    let incomplete = "IncompleteSignatureException";
    #[allow(clippy::type_complexity, reason = "the columns of a table, read once")]
    let spoilt: [(&str, fn(&mut HttpRequest), &str, &str); 9] = [
        (
            "the body",
            |request| *request.body_mut() = SdkBody::from(r#"{"subject":"s","communicationBody":"c"}"#),
            wrong,
            mismatch,
        ),
        (
            "the operation",
            |request| {
                request.headers_mut().insert("x-amz-target", "AWSSupport_20130415.ResolveCase");
            },
            wrong,
            mismatch,
        ),
        (
            "a signed header",
            |request| {
                request.headers_mut().insert("content-type", "application/x-amz-json-1.0");
            },
            wrong,
            mismatch,
        ),
        (
            "the signature",
            |request| {
                let text = authorization(request);
                let (rest, _) = text.rsplit_once('=').unwrap();
                request.headers_mut().insert("authorization", format!("{rest}={}", "0".repeat(64)));
            },
            wrong,
            mismatch,
        ),
        (
            "the list of signed headers",
            |request| {
                let text = authorization(request).replace("x-amz-date;", "");
                request.headers_mut().insert("authorization", text);
            },
            wrong,
            "",
        ),
        (
            "no signature in the header",
            |request| {
                let text = authorization(request).replace("Signature=", "Sign=");
                request.headers_mut().insert("authorization", text);
            },
            incomplete,
            "Authorization header requires 'Signature' parameter",
        ),
        (
            "a short scope",
            |request| {
                let text = authorization(request).replace("/us-east-1/", "/");
                request.headers_mut().insert("authorization", text);
            },
            incomplete,
            "Credential must have exactly 5 slash-delimited elements",
        ),
        (
            "no date",
            |request| {
                request.headers_mut().remove("x-amz-date");
            },
            incomplete,
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header",
        ),
        (
            "no authorization",
            |request| {
                request.headers_mut().remove("authorization");
            },
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        ),
    ];
    for (what, change, code, text) in spoilt {
        let (found, says) = create(program.config().interceptor(AfterSigning(change))).await;
        assert_eq!(found, code, "{what}: {says}");
        assert!(says.contains(text), "{what}: {says}");
    }
    assert_eq!(cases(&program).await, 2);
}

#[tokio::test]
async fn who_signs_and_when_and_for_where_is_judged() {
    let program = Program::start();
    let example = Customer::example();
    let (id, secret) = (example.access_key_id(), example.secret_access_key());
    let at = |seconds: i64| {
        let shift = Duration::from_secs(seconds.unsigned_abs());
        let now = SystemTime::now();
        StaticTimeSource::new(if seconds < 0 { now - shift } else { now + shift })
    };
    let wrong = "InvalidSignatureException";
    for (what, config, code, text) in [
        ("four minutes late", program.config().time_source(at(-240)), "ok", ""),
        ("four minutes early", program.config().time_source(at(240)), "ok", ""),
        ("six minutes late", program.config().time_source(at(-360)), wrong, "Signature expired: "),
        ("six minutes early", program.config().time_source(at(360)), wrong, "Signature not yet current: "),
        ("another secret", program.config_of(id, "secret", None), wrong, "does not match"),
        (
            "an unknown key",
            program.config_of("AKIAUNKNOWN", secret, None),
            "UnrecognizedClientException",
            "The security token included in the request is invalid",
        ),
        (
            "a token that belongs to nobody",
            program.config_of(id, secret, Some("token")),
            "UnrecognizedClientException",
            "The security token included in the request is invalid",
        ),
        (
            "another Region",
            program.config().region(Region::new("eu-west-1")),
            wrong,
            "Credential should be scoped to a valid region",
        ),
    ] {
        let (found, says) = create(config).await;
        assert_eq!(found, code, "{what}: {says}");
        assert!(says.contains(text), "{what}: {says}");
    }
    assert_eq!(cases(&program).await, 2);
}
