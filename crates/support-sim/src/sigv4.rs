//! Checks AWS Signature Version 4 on a request, after the algorithm that AWS documents ("Create a signed AWS API
//! request"), and refuses with the codes and texts that AWS's JSON services use. [`presigned`] has the links.
//!
//! The body's hash is part of what is signed, so a changed body is a wrong signature. Only the path `/` is served,
//! hence the path needs no normalising.

pub(crate) mod presigned;

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Request};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::clock::{after, before};
use crate::error::WireError;
use crate::time_text::{amz_date, parse_amz_date};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// How far a caller's clock may be off, either way.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// What the signature must be made for.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The Region in the credential's scope.
    pub region: &'a str,
    /// The service in the credential's scope.
    pub service: &'a str,
    /// What time it is.
    pub now: Timestamp,
    /// Another clock that the signature may go by.
    pub or_now: Option<Timestamp>,
}

/// The parts of an `Authorization` header.
#[derive(Debug, PartialEq, Eq)]
struct Authorization<'a> {
    access_key_id: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

/// Checks the request against the secret that `secret_of` knows for its access key id and session token.
///
/// # Errors
/// What AWS's JSON services answer to a request that is signed wrongly, too late or not at all.
pub fn check(
    request: &Request<impl AsRef<[u8]>>,
    expected: &Expected<'_>,
    secret_of: impl FnOnce(&str, Option<&str>) -> Result<String, WireError>,
) -> Result<(), WireError> {
    let headers = request.headers();
    let Some(header) = headers.get(http::header::AUTHORIZATION) else {
        return Err(WireError::of_code("MissingAuthenticationTokenException"));
    };
    let text = header.to_str().map_err(|_| incomplete("Authorization header is not plain ASCII."))?;
    let signed_at = headers.get("x-amz-date").and_then(|value| value.to_str().ok());
    let authorization = parse(text, signed_at.is_some())?;
    let signed_at = signed_at.unwrap_or_default();
    let Some(time) = parse_amz_date(signed_at) else {
        return Err(incomplete(&format!(
            "Date must be in ISO-8601 'basic format'. Got '{signed_at}'. See http://en.wikipedia.org/wiki/ISO_8601"
        )));
    };

    let token = headers.get("x-amz-security-token").and_then(|value| value.to_str().ok());
    let secret = secret_of(authorization.access_key_id, token)?;
    check_scope(&authorization, signed_at, expected)?;
    let by_another = expected.or_now.is_some_and(|now| check_time(time, now).is_ok());
    if !by_another {
        check_time(time, expected.now)?;
    }
    if !authorization.signed_headers.contains(&"host") {
        return Err(invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."));
    }

    let canonical = canonical_request(request, &authorization.signed_headers);
    tracing::trace!(%canonical, "canonical request of a call");
    let to_sign = string_to_sign(signed_at, &authorization, &canonical);
    let key = signing_key(&secret, authorization.date, authorization.region, authorization.service);
    let matches = hex::decode(authorization.signature)
        .is_ok_and(|signature| mac(&key, &to_sign).verify_slice(&signature).is_ok());
    if matches { Ok(()) } else { Err(WireError::of_code("InvalidSignatureException")) }
}

/// The access key id that a request claims, without checking anything.
pub(crate) fn claimed_key(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    text.split("Credential=").nth(1)?.split('/').next()
}

fn invalid(message: &str) -> WireError {
    WireError::new("InvalidSignatureException", message)
}

fn incomplete(message: &str) -> WireError {
    WireError::new("IncompleteSignatureException", message)
}

fn parse(text: &str, has_date: bool) -> Result<Authorization<'_>, WireError> {
    let Some(rest) = text.strip_prefix(ALGORITHM) else {
        return Err(incomplete(&format!(
            "Unsupported AWS 'algorithm': '{}'.",
            text.split(' ').next().unwrap_or("")
        )));
    };
    let part = |name: &str| {
        rest.split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
            .filter(|v| !v.is_empty())
    };
    let (credential, signed_headers, signature) =
        (part("Credential"), part("SignedHeaders"), part("Signature"));
    let mut lacking = String::new();
    for (name, value) in
        [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)]
    {
        if value.is_none() {
            lacking.push_str(&format!("Authorization header requires '{name}' parameter. "));
        }
    }
    if !has_date {
        lacking.push_str(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        );
    }
    let (Some(credential), Some(signed_headers), Some(signature), true) =
        (credential, signed_headers, signature, has_date)
    else {
        return Err(incomplete(lacking.trim_end()));
    };
    let scope: Vec<&str> = credential.split('/').collect();
    let [access_key_id, date, region, service, "aws4_request"] = scope[..] else {
        return Err(incomplete(&format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got \
             '{credential}'."
        )));
    };
    Ok(Authorization {
        access_key_id,
        date,
        region,
        service,
        signed_headers: signed_headers.split(';').collect(),
        signature,
    })
}

fn check_scope(of: &Authorization<'_>, signed_at: &str, expected: &Expected<'_>) -> Result<(), WireError> {
    if of.region != expected.region {
        return Err(invalid(&format!("Credential should be scoped to a valid region, not '{}'.", of.region)));
    }
    if of.service != expected.service {
        return Err(invalid(&format!(
            "Credential should be scoped to correct service: '{}'.",
            expected.service
        )));
    }
    if !signed_at.starts_with(of.date) || of.date.len() != 8 {
        return Err(invalid(&format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', \
             from '{signed_at}'.",
            of.date,
            signed_at.get(..8).unwrap_or(signed_at),
        )));
    }
    Ok(())
}

fn check_time(signed: Timestamp, now: Timestamp) -> Result<(), WireError> {
    let (earliest, latest) = (before(now, TOLERANCE), after(now, TOLERANCE));
    if signed < earliest {
        return Err(invalid(&format!(
            "Signature expired: {} is now earlier than {} ({} - 5 min.)",
            amz_date(signed),
            amz_date(earliest),
            amz_date(now)
        )));
    }
    if signed > latest {
        return Err(invalid(&format!(
            "Signature not yet current: {} is still later than {} ({} + 5 min.)",
            amz_date(signed),
            amz_date(latest),
            amz_date(now)
        )));
    }
    Ok(())
}

fn canonical_request(request: &Request<impl AsRef<[u8]>>, signed_headers: &[&str]) -> String {
    let mut query: Vec<String> = request
        .uri()
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| if pair.contains('=') { pair.to_owned() } else { format!("{pair}=") })
        .collect();
    query.sort();
    let mut headers = String::new();
    for name in signed_headers {
        let values: Vec<String> = request
            .headers()
            .get_all(*name)
            .iter()
            .map(|value| {
                let value = String::from_utf8_lossy(value.as_bytes());
                value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
            })
            .collect();
        headers.push_str(&format!("{name}:{}\n", values.join(",")));
    }
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method(),
        request.uri().path(),
        query.join("&"),
        signed_headers.join(";"),
        hex::encode(Sha256::digest(request.body().as_ref())),
    )
}

fn string_to_sign(signed_at: &str, of: &Authorization<'_>, canonical: &str) -> String {
    format!(
        "{ALGORITHM}\n{signed_at}\n{}/{}/{}/aws4_request\n{}",
        of.date,
        of.region,
        of.service,
        hex::encode(Sha256::digest(canonical.as_bytes()))
    )
}

fn mac(key: &[u8], text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac
}

fn signing_key(secret: &str, date: &str, region: &str, service: &str) -> Vec<u8> {
    [date, region, service, "aws4_request"].iter().fold(format!("AWS4{secret}").into_bytes(), |key, text| {
        mac(&key, text).finalize().into_bytes().to_vec()
    })
}

#[cfg(test)]
mod tests;
