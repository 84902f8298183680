//! STS in its query protocol (API version 2011-06-15): GetCallerIdentity, GetSessionToken, AssumeRole,
//! AssumeRoleWithWebIdentity.

use std::collections::HashMap;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use support_sim::{Expected, WireError, check_signature};

use crate::world::{Device, Keys, Principal, Role, SignInSim, World};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
const REQUEST_ID: &str = "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE";

type Form = HashMap<String, String>;

/// An error response of STS.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn denied(message: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, code: "AccessDenied", message: message.into() }
    }
}

pub(crate) fn answer(sim: &SignInSim, host: &str, region: &str, request: &http::Request<Bytes>) -> Response {
    let form: Form = form_urlencoded::parse(request.body()).into_owned().collect();
    let action = form.get("Action").cloned().unwrap_or_default();
    let mut world = sim.world();
    world.calls.push(format!("{host} {action}"));
    let answered = match action.as_str() {
        "GetCallerIdentity" => caller(&world, region, request).map(|caller| identity(&caller)),
        "GetSessionToken" => {
            caller(&world, region, request).and_then(|caller| session_token(&mut world, &caller, &form))
        }
        "AssumeRole" => caller(&world, region, request).and_then(|caller| assume(&mut world, &caller, &form)),
        "AssumeRoleWithWebIdentity" => with_web_identity(&mut world, &form),
        _ => Err(Refusal {
            status: StatusCode::BAD_REQUEST,
            code: "InvalidAction",
            message: format!("Could not find operation {action} for version 2011-06-15"),
        }),
    };
    match answered {
        Ok(result) => xml(
            StatusCode::OK,
            format!(
                "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>{result}</{action}Result><ResponseMetadata>\
                 <RequestId>{REQUEST_ID}</RequestId></ResponseMetadata></{action}Response>"
            ),
        ),
        Err(Refusal { status, code, message }) => xml(
            status,
            format!(
                "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type><Code>{code}</Code>\
                 <Message>{}</Message></Error><RequestId>{REQUEST_ID}</RequestId></ErrorResponse>",
                escaped(&message)
            ),
        ),
    }
}

/// Finds the principal whose signature the request has. Keys are valid in the partition of their owner only.
fn caller(world: &World, region: &str, request: &http::Request<Bytes>) -> Result<Principal, Refusal> {
    let known = |id: &str, token: Option<&str>| {
        world.principals.iter().find(|one| {
            one.keys.access_key_id == id
                && one.keys.session_token.as_deref() == token
                && partition_of_arn(&one.arn) == partition_of_region(region)
        })
    };
    let mut found = None;
    let secret_of = |id: &str, token: Option<&str>| {
        found = known(id, token).cloned();
        let secret = found.as_ref().map(|one| one.keys.secret_access_key.clone());
        secret.ok_or_else(|| WireError::of_code("UnrecognizedClientException"))
    };
    let expected = Expected { region, service: "sts", now: world.now(), or_now: None };
    check_signature(request, &expected, secret_of).map_err(|error| {
        // The query services have names of their own for the same refusals.
        let code = match error.code.as_str() {
            "UnrecognizedClientException" => "InvalidClientTokenId",
            "MissingAuthenticationTokenException" => "MissingAuthenticationToken",
            "IncompleteSignatureException" => "IncompleteSignature",
            _ => "SignatureDoesNotMatch",
        };
        Refusal { status: StatusCode::FORBIDDEN, code, message: error.message }
    })?;
    found.ok_or_else(|| Refusal::denied("nobody has these keys"))
}

fn identity(caller: &Principal) -> String {
    let account = account_of(&caller.arn);
    format!(
        "<Arn>{}</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>{account}</Account>",
        escaped(&caller.arn)
    )
}

fn assume(world: &mut World, caller: &Principal, form: &Form) -> Result<String, Refusal> {
    let given = |name: &str| form.get(name).map(String::as_str);
    let arn = given("RoleArn").unwrap_or_default();
    let not_authorised = || {
        Refusal::denied(format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}",
            caller.arn
        ))
    };
    let role = world.roles.iter().find(|role| role.arn == arn).cloned().ok_or_else(not_authorised)?;
    if role.web_identity_token.is_some() || role.external_id.as_deref() != given("ExternalId") {
        return Err(not_authorised());
    }
    match (&role.mfa, given("SerialNumber"), given("TokenCode")) {
        (None, ..) => {}
        (Some((serial, code)), Some(device), Some(typed)) if serial == device && code == typed => {}
        (Some(_), Some(_), Some(_)) => {
            return Err(Refusal::denied(
                "MultiFactorAuthentication failed with invalid MFA one time pass code.",
            ));
        }
        (Some(_), ..) => return Err(not_authorised()),
    }
    Ok(session(world, &role, given("RoleSessionName").unwrap_or("session")))
}

/// GetSessionToken with an MFA code; temporary credentials are refused.
fn session_token(world: &mut World, caller: &Principal, form: &Form) -> Result<String, Refusal> {
    if caller.keys.session_token.is_some() {
        return Err(Refusal::denied("Cannot call GetSessionToken with session credentials"));
    }
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let of_caller = |device: &&Device| device.owner == caller.arn && device.serial == given("SerialNumber");
    let Some(device) = world.devices.iter().find(of_caller).cloned() else {
        return Err(Refusal::denied(
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
             valid and associated with this user.",
        ));
    };
    if device.code != given("TokenCode") {
        return Err(Refusal::denied("MultiFactorAuthentication failed with invalid MFA one time pass code."));
    }
    let expires = world.now() + device.lasts;
    let answer = credentials(&device.gives, expires);
    world.principals.retain(|one| one.keys != device.gives);
    world.principals.push(Principal { keys: device.gives, arn: caller.arn.clone() });
    Ok(answer)
}

fn with_web_identity(world: &mut World, form: &Form) -> Result<String, Refusal> {
    let given = |name: &str| form.get(name).map(String::as_str);
    let role = world.roles.iter().find(|role| Some(role.arn.as_str()) == given("RoleArn")).cloned();
    match role {
        Some(role) if role.web_identity_token.as_deref() == given("WebIdentityToken") => {
            Ok(session(world, &role, given("RoleSessionName").unwrap_or("session")))
        }
        Some(_) | None => Err(Refusal {
            status: StatusCode::BAD_REQUEST,
            code: "InvalidIdentityToken",
            message: "No OpenIDConnect provider found in your account".to_owned(),
        }),
    }
}

/// Assigns the keys of a role to a new session.
fn session(world: &mut World, role: &Role, name: &str) -> String {
    let (base, role_name) = role.arn.split_once(":role/").unwrap_or((&role.arn, "role"));
    let arn = format!("{}:assumed-role/{role_name}/{name}", base.replacen(":iam:", ":sts:", 1));
    let keys = role.gives.clone();
    world.principals.retain(|one| one.keys != keys);
    let expires: Timestamp = world.now() + role.lasts;
    let answer = format!(
        "{}<AssumedRoleUser><Arn>{arn}</Arn><AssumedRoleId>AROACLKWSDQRAOEXAMPLE:{name}</AssumedRoleId></AssumedRoleUser>",
        credentials(&keys, expires)
    );
    world.principals.push(Principal { keys, arn });
    answer
}

fn credentials(keys: &Keys, expires: Timestamp) -> String {
    format!(
        "<Credentials><AccessKeyId>{}</AccessKeyId><SecretAccessKey>{}</SecretAccessKey><SessionToken>{}</SessionToken>\
         <Expiration>{}</Expiration></Credentials>",
        escaped(&keys.access_key_id),
        escaped(&keys.secret_access_key),
        escaped(keys.session_token.as_deref().unwrap_or_default()),
        expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
}

fn account_of(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or_default()
}

fn partition_of_arn(arn: &str) -> &str {
    arn.split(':').nth(1).unwrap_or_default()
}

fn partition_of_region(region: &str) -> &str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else {
        "aws"
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn xml(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    response
}
