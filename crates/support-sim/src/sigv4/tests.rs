//! AWS's own examples: the signing key and the ListUsers request of the IAM documentation, and `get-vanilla` and
//! `post-vanilla` of the Signature Version 4 test suite.

use super::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const NOON: Timestamp = Timestamp::constant(1_440_938_160, 0); // 2015-08-30T12:36:00Z

fn signed(method: &str, uri: &str, headers: &[(&str, &str)], authorization: &str) -> Request<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(uri).body(Vec::new()).unwrap();
    for (name, value) in headers.iter().chain([&("authorization", authorization)]) {
        let name: http::HeaderName = name.parse().unwrap();
        request.headers_mut().append(name, value.parse().unwrap());
    }
    request
}

fn vanilla(method: &str, signature: &str) -> Request<Vec<u8>> {
    signed(
        method,
        "/",
        &[("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z")],
        &format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature={signature}"
        ),
    )
}

const GET: &str = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
const POST: &str = "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";

fn judge(request: &Request<Vec<u8>>, service: &str, now: Timestamp) -> Result<(), WireError> {
    judge_by(request, &Expected { region: "us-east-1", service, now, or_now: None })
}

fn judge_by(request: &Request<Vec<u8>>, expected: &Expected<'_>) -> Result<(), WireError> {
    check(request, expected, |id, _| {
        (id == "AKIDEXAMPLE")
            .then(|| SECRET.to_owned())
            .ok_or_else(|| WireError::of_code("UnrecognizedClientException"))
    })
}

fn refusal(request: &Request<Vec<u8>>, now: Timestamp) -> (String, String) {
    let error = judge(request, "service", now).unwrap_err();
    (error.code, error.message)
}

#[test]
fn the_documented_signing_key() {
    assert_eq!(
        hex::encode(signing_key(SECRET, "20150830", "us-east-1", "iam")),
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"
    );
}

#[test]
fn documented_requests_are_accepted() {
    judge(&vanilla("GET", GET), "service", NOON).unwrap();
    judge(&vanilla("POST", POST), "service", NOON).unwrap();
    let list_users = signed(
        "GET",
        "/?Action=ListUsers&Version=2010-05-08",
        &[
            ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
            ("host", "iam.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
        ],
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date, \
         Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    );
    judge(&list_users, "iam", NOON).unwrap();
}

#[test]
fn anything_changed_is_a_wrong_signature() {
    let mut body = vanilla("POST", POST);
    body.body_mut().push(b'x');
    let mut host = vanilla("POST", POST);
    host.headers_mut().insert("host", "elsewhere.amazonaws.com".parse().unwrap());
    let mut query = vanilla("POST", POST);
    *query.uri_mut() = "/?a=b".parse().unwrap();
    for request in [body, host, query, vanilla("GET", POST), vanilla("POST", "00"), vanilla("POST", "no hex")]
    {
        let (code, message) = refusal(&request, NOON);
        assert_eq!(code, "InvalidSignatureException");
        assert!(message.starts_with("The request signature we calculated does not match"), "{message}");
    }
}

#[test]
fn a_clock_may_be_off_by_five_minutes() {
    let five = Duration::from_secs(300);
    assert!(judge(&vanilla("GET", GET), "service", after(NOON, five)).is_ok());
    assert!(judge(&vanilla("GET", GET), "service", before(NOON, five)).is_ok());
    assert_eq!(
        refusal(&vanilla("GET", GET), after(NOON, Duration::from_secs(301))),
        (
            "InvalidSignatureException".into(),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)"
                .into()
        )
    );
    assert_eq!(
        refusal(&vanilla("GET", GET), before(NOON, Duration::from_secs(301))),
        (
            "InvalidSignatureException".into(),
            "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 \
             min.)"
                .into()
        )
    );
}

#[test]
fn missing_and_incomplete_are_told_apart() {
    let mut none = vanilla("GET", GET);
    none.headers_mut().remove("authorization");
    assert_eq!(refusal(&none, NOON).0, "MissingAuthenticationTokenException");

    let mut undated = vanilla("GET", GET);
    undated.headers_mut().remove("x-amz-date");
    let mut misdated = vanilla("GET", GET);
    misdated.headers_mut().insert("x-amz-date", "yesterday".parse().unwrap());
    let scope = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";
    let with = |authorization: &str| {
        signed("GET", "/", &[("host", "h"), ("x-amz-date", "20150830T123600Z")], authorization)
    };
    for (request, says) in [
        (undated, "requires existence of either a 'X-Amz-Date'"),
        (misdated, "Date must be in ISO-8601"),
        (with("Bearer abc"), "Unsupported AWS 'algorithm': 'Bearer'"),
        (with("AWS4-HMAC-SHA256"), "requires 'Credential' parameter"),
        (with(&format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host")), "requires 'Signature'"),
        (with(&format!("AWS4-HMAC-SHA256 Credential={scope}, Signature=00")), "requires 'SignedHeaders'"),
        (
            with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830, SignedHeaders=host, Signature=00"),
            "exactly 5 slash-delimited elements",
        ),
    ] {
        let (code, message) = refusal(&request, NOON);
        assert_eq!(code, "IncompleteSignatureException", "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn key_scope_and_signed_headers_count() {
    let with = |credential: &str, headers: &str| {
        signed(
            "GET",
            "/",
            &[("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z")],
            &format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={headers}, Signature={GET}"),
        )
    };
    for (credential, headers, code, says) in [
        (
            "AKIDOTHER/20150830/us-east-1/service/aws4_request",
            "host",
            "UnrecognizedClientException",
            "is invalid",
        ),
        (
            "AKIDEXAMPLE/20150830/eu-west-1/service/aws4_request",
            "host",
            "InvalidSignatureException",
            "valid region",
        ),
        (
            "AKIDEXAMPLE/20150830/us-east-1/sts/aws4_request",
            "host",
            "InvalidSignatureException",
            "correct service",
        ),
        (
            "AKIDEXAMPLE/20150831/us-east-1/service/aws4_request",
            "host",
            "InvalidSignatureException",
            "20150831",
        ),
        (
            "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request",
            "x-amz-date",
            "InvalidSignatureException",
            "'Host'",
        ),
    ] {
        let (found, message) = refusal(&with(credential, headers), NOON);
        assert_eq!(found, code, "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn the_claimed_key_needs_no_right_signature() {
    assert_eq!(claimed_key(vanilla("GET", "00").headers()), Some("AKIDEXAMPLE"));
    assert_eq!(claimed_key(&HeaderMap::new()), None);
}

#[test]
fn another_clock_may_be_right_instead() {
    let expected = |now, or_now| Expected { region: "us-east-1", service: "service", now, or_now };
    let far = after(NOON, Duration::from_secs(86_400));
    let vanilla = vanilla("GET", GET);
    assert!(judge_by(&vanilla, &expected(far, Some(NOON))).is_ok());
    assert!(judge_by(&vanilla, &expected(NOON, Some(far))).is_ok());
    let error = judge_by(&vanilla, &expected(far, Some(far))).unwrap_err();
    assert!(error.message.starts_with("Signature expired"), "{error}");
}
