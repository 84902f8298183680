//! The OIDC service of IAM Identity Center (REST JSON): RegisterClient, StartDeviceAuthorization, CreateToken with all
//! three grants, and the sign-in page, whose user is already signed in.
//!
//! Codes and refresh tokens can be used once. Secrets are as long as AWS's, which is longer than some keyrings allow.

use std::collections::HashMap;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use data_encoding::BASE64URL_NOPAD;
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::server::empty_response;
use crate::world::{Directory, SignInSim, World};

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[derive(Clone, Debug)]
struct Client {
    secret: String,
    redirects: Vec<String>,
    grants: Vec<String>,
}

#[derive(Clone, Debug)]
struct Code {
    client: String,
    challenge: String,
    redirect: String,
}

#[derive(Clone, Debug)]
struct Device {
    client: String,
    user_code: String,
    allowed: bool,
}

/// The clients, codes and tokens that the service has issued.
#[derive(Debug, Default)]
pub(crate) struct Oidc {
    count: u32,
    clients: HashMap<String, Client>,
    codes: HashMap<String, Code>,
    devices: HashMap<String, Device>,
    refresh: HashMap<String, String>,
    access: HashMap<String, Timestamp>,
    pub(crate) issued: Vec<String>,
}

impl Oidc {
    pub(crate) fn allow(&mut self, user_code: &str) -> bool {
        let shown = self.devices.values_mut().find(|device| device.user_code == user_code);
        shown.map(|device| device.allowed = true).is_some()
    }

    pub(crate) fn end_sessions(&mut self) {
        self.access.clear();
        self.refresh.clear();
    }

    pub(crate) fn is_valid(&self, token: &str, now: Timestamp) -> bool {
        self.access.get(token).is_some_and(|ends| *ends > now)
    }

    /// Adds a token that another program has got, such as the AWS CLI.
    pub(crate) fn add_token(&mut self, token: &str, ends: Timestamp) {
        self.access.insert(token.to_owned(), ends);
        self.issued.push(token.to_owned());
    }

    pub(crate) fn log_out(&mut self, token: &str) {
        self.access.remove(token);
    }

    /// Generates a secret of this length; predictable, since this is a test.
    fn secret(&mut self, kind: &str, length: usize) -> String {
        self.count += 1;
        let secret: String =
            format!("{kind}-{}-", self.count).chars().chain("aZ9_".chars().cycle()).take(length).collect();
        self.issued.push(secret.clone());
        secret
    }
}

struct Refusal(&'static str, &'static str);

pub(crate) fn answer(sim: &SignInSim, host: &str, region: &str, request: &http::Request<Bytes>) -> Response {
    let mut world = sim.world();
    let path = request.uri().path().to_owned();
    world.calls.push(format!("{host} {path}"));
    if path == "/authorize" {
        return authorize(&mut world, request.uri().query().unwrap_or_default());
    }
    let body: Value = serde_json::from_slice(request.body()).unwrap_or(Value::Null);
    let directory = world.directory.clone().filter(|directory| directory.region == region);
    let answered = match (path.as_str(), directory) {
        ("/client/register", _) => Ok(register(&mut world, &body)),
        ("/device_authorization", Some(directory)) => begin_device(&mut world, &directory, &body),
        ("/token", Some(directory)) => token(&mut world, &directory, &body),
        ("/device_authorization" | "/token", None) => {
            Err(Refusal("InvalidRequestException", "invalid_request"))
        }
        _ => return empty_response(StatusCode::NOT_FOUND),
    };
    match answered {
        Ok(body) => reply(StatusCode::OK, &body, None),
        Err(Refusal(code, error)) => {
            let body = json!({ "error": error, "error_description": format!("refused with {code}") });
            reply(StatusCode::BAD_REQUEST, &body, Some(code))
        }
    }
}

fn register(world: &mut World, body: &Value) -> Value {
    let list = |name: &str| -> Vec<String> {
        body[name]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    };
    let now = world.now();
    let secret = world.oidc.secret("client-secret", 1900);
    let id = format!("client-{}", world.oidc.count);
    let client =
        Client { secret: secret.clone(), redirects: list("redirectUris"), grants: list("grantTypes") };
    world.oidc.clients.insert(id.clone(), client);
    json!({
        "clientId": id,
        "clientSecret": secret,
        "clientIdIssuedAt": now.as_second(),
        "clientSecretExpiresAt": now.as_second() + 90 * 24 * 3600,
    })
}

/// The sign-in page: redirects at once, as the directory's user has decided.
fn authorize(world: &mut World, query: &str) -> Response {
    let form: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let redirect = given("redirect_uri");
    // The port of a loopback address is not compared (RFC 8252, 7.3).
    let without_port = |address: &str| {
        let (base, rest) = address.split_once("127.0.0.1").unwrap_or((address, ""));
        format!("{base}{}", rest.find('/').map_or("", |slash| &rest[slash..]))
    };
    let known = world.oidc.clients.get(given("client_id")).is_some_and(|client| {
        client.grants.iter().any(|grant| grant == "authorization_code")
            && client.redirects.iter().any(|one| without_port(one) == without_port(redirect))
    });
    let whole = given("response_type") == "code"
        && given("code_challenge_method") == "S256"
        && given("scopes") == "sso:account:access"
        && !given("state").is_empty();
    if !known || !whole {
        return empty_response(StatusCode::BAD_REQUEST);
    }
    let allows = world.directory.as_ref().is_some_and(|directory| directory.user_allows);
    let mut back = form_urlencoded::Serializer::new(String::new());
    if allows {
        let code = world.oidc.secret("code", 200);
        let kept = Code {
            client: given("client_id").to_owned(),
            challenge: given("code_challenge").to_owned(),
            redirect: redirect.to_owned(),
        };
        world.oidc.codes.insert(code.clone(), kept);
        back.append_pair("code", &code);
    } else {
        back.append_pair("error", "access_denied");
    }
    let location = format!("{redirect}?{}", back.append_pair("state", given("state")).finish());
    let mut response = empty_response(StatusCode::FOUND);
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn client<'w>(world: &'w World, body: &Value) -> Result<(&'w Client, String), Refusal> {
    let id = body["clientId"].as_str().unwrap_or_default();
    let client = world.oidc.clients.get(id).filter(|client| body["clientSecret"] == client.secret.as_str());
    client.map(|client| (client, id.to_owned())).ok_or(Refusal("InvalidClientException", "invalid_client"))
}

fn begin_device(world: &mut World, directory: &Directory, body: &Value) -> Result<Value, Refusal> {
    let (_, id) = client(world, body)?;
    if body["startUrl"] != directory.start_url.as_str() {
        return Err(Refusal("InvalidRequestException", "invalid_request"));
    }
    let device_code = world.oidc.secret("device-code", 80);
    let user_code = format!("KTPX-QW{:02}", world.oidc.count % 100);
    let device = Device { client: id, user_code: user_code.clone(), allowed: false };
    world.oidc.devices.insert(device_code.clone(), device);
    Ok(json!({
        "deviceCode": device_code,
        "userCode": user_code,
        "verificationUri": "https://device.sso.eu-west-1.amazonaws.com/",
        "verificationUriComplete": format!("https://device.sso.eu-west-1.amazonaws.com/?user_code={user_code}"),
        "expiresIn": 600,
        "interval": 1,
    }))
}

fn token(world: &mut World, directory: &Directory, body: &Value) -> Result<Value, Refusal> {
    let (known, id) = client(world, body)?;
    let grant = body["grantType"].as_str().unwrap_or_default();
    if !known.grants.iter().any(|one| one == grant) {
        return Err(Refusal("UnauthorizedClientException", "unauthorized_client"));
    }
    let invalid = || Refusal("InvalidGrantException", "invalid_grant");
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    match grant {
        "authorization_code" => {
            let code = world.oidc.codes.remove(text("code")).ok_or_else(invalid)?;
            let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(text("codeVerifier").as_bytes()));
            if code.client != id || code.challenge != challenge || code.redirect != text("redirectUri") {
                return Err(invalid());
            }
        }
        DEVICE_GRANT => {
            let device = world.oidc.devices.get(text("deviceCode")).ok_or_else(invalid)?;
            if device.client != id {
                return Err(invalid());
            }
            if !device.allowed {
                return Err(Refusal("AuthorizationPendingException", "authorization_pending"));
            }
            world.oidc.devices.remove(text("deviceCode"));
        }
        "refresh_token" => {
            let owner = world.oidc.refresh.remove(text("refreshToken")).ok_or_else(invalid)?;
            if owner != id {
                return Err(invalid());
            }
        }
        _ => return Err(Refusal("UnsupportedGrantTypeException", "unsupported_grant_type")),
    }
    let ends = world.now() + directory.token_lasts;
    let access = world.oidc.secret("access-token", 1100);
    let refresh = world.oidc.secret("refresh-token", 1300);
    world.oidc.access.insert(access.clone(), ends);
    world.oidc.refresh.insert(refresh.clone(), id);
    Ok(json!({
        "accessToken": access,
        "tokenType": "Bearer",
        "expiresIn": directory.token_lasts.as_secs(),
        "refreshToken": refresh,
    }))
}

pub(crate) fn reply(status: StatusCode, body: &Value, error: Option<&'static str>) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(error) = error {
        response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(error));
    }
    response
}
