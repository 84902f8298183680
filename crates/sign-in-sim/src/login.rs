//! AWS Sign-In (REST JSON): CreateOAuth2Token with a refresh token, which continues a session of `aws login`. The
//! client proves possession of the session's key (DPoP, RFC 9449). A refresh token can be used once.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use axum::response::Response;
use bytes::Bytes;
use data_encoding::BASE64URL_NOPAD;
use http::StatusCode;
use serde_json::{Value, json};

use crate::oidc::reply;
use crate::server::empty_response;
use crate::world::{Principal, SignInSim};

/// The client id of the AWS CLI on the same computer as the browser.
const CLIENT: &str = "arn:aws:signin:::devtools/same-device";
/// The lifetime of a proof, in seconds.
const PROOF_LASTS: i64 = 300;

/// A session of `aws login`.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) refresh_token: String,
    pub(crate) gives: Principal,
}

pub(crate) fn answer(sim: &SignInSim, host: &str, request: &http::Request<Bytes>) -> Response {
    let mut world = sim.world();
    let path = request.uri().path();
    world.calls.push(format!("{host} {path}"));
    if path != "/v1/token" || request.method() != http::Method::POST {
        return empty_response(StatusCode::NOT_FOUND);
    }
    let body: Value = serde_json::from_slice(request.body()).unwrap_or(Value::Null);
    let proof = request.headers().get("dpop").and_then(|proof| proof.to_str().ok()).unwrap_or_default();
    if body["clientId"] != CLIENT
        || body["grantType"] != "refresh_token"
        || verify_proof(proof, &format!("https://{host}{path}"), world.now().as_second()).is_none()
    {
        return refusal(StatusCode::BAD_REQUEST, "ValidationException", "INVALID_REQUEST");
    }
    let Some(login) = world.login.clone().filter(|login| body["refreshToken"] == login.refresh_token) else {
        return refusal(StatusCode::FORBIDDEN, "AccessDeniedException", "TOKEN_EXPIRED");
    };
    let next = format!("{}+", login.refresh_token);
    world.oidc.issued.push(next.clone());
    world.login = Some(Login { refresh_token: next.clone(), gives: login.gives.clone() });
    world.principals.retain(|known| known.keys != login.gives.keys);
    let keys = login.gives.keys.clone();
    world.principals.push(login.gives);
    let body = json!({
        "accessToken": {
            "accessKeyId": keys.access_key_id,
            "secretAccessKey": keys.secret_access_key,
            "sessionToken": keys.session_token,
        },
        "tokenType": "urn:aws:params:oauth:token-type:access_token_sigv4",
        "expiresIn": 900,
        "refreshToken": next,
    });
    reply(StatusCode::OK, &body, None)
}

fn refusal(status: StatusCode, kind: &'static str, error: &str) -> Response {
    reply(status, &json!({ "error": error, "message": format!("refused with {error}") }), Some(kind))
}

/// Verifies a proof of possession: that it was made for this address, just now, with the key that it names.
fn verify_proof(proof: &str, address: &str, now: i64) -> Option<()> {
    let (message, signature) = proof.rsplit_once('.')?;
    let (header, claims) = message.split_once('.')?;
    let read = |part: &str| -> Option<Value> {
        serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).ok()?).ok()
    };
    let (header, claims) = (read(header)?, read(claims)?);
    let coordinate = |name: &str| BASE64URL_NOPAD.decode(header["jwk"][name].as_str()?.as_bytes()).ok();
    let key = [vec![4], coordinate("x")?, coordinate("y")?].concat();
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key).verify(message.as_bytes(), &signature).ok()?;
    let fits = header["typ"] == "dpop+jwt"
        && header["alg"] == "ES256"
        && claims["htm"] == "POST"
        && claims["htu"] == address
        && claims["iat"].as_i64().is_some_and(|made| (now - made).abs() < PROOF_LASTS);
    fits.then_some(())
}
