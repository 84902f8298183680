//! Presigned links, after AWS's documented query-string form of Signature Version 4 (service `s3`): method, path, host
//! and time are signed, the payload is not.

use std::time::Duration;

use hmac::Mac;
use http::Method;
use jiff::Timestamp;

use super::{ALGORITHM, Authorization, mac, signing_key, string_to_sign};
use crate::clock::after;
use crate::time_text::{amz_date, parse_amz_date};

/// With what, and where, links are signed.
pub(crate) struct LinkKeys<'a> {
    pub(crate) region: &'a str,
    pub(crate) access_key_id: &'a str,
    pub(crate) secret: &'a str,
}

/// Why a link is not honoured.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LinkRefusal {
    /// It carries no signature.
    Unsigned,
    /// A part of the signature is missing or malformed.
    Malformed,
    /// It was good until then.
    Expired { lived: u64, until: Timestamp },
    /// It is of the future.
    Early,
    /// Something about it was changed, or it was never made here.
    Mismatch,
}

impl LinkKeys<'_> {
    /// The query of a link, made in the second of `now`, and when it expires.
    pub(crate) fn presign(
        &self,
        method: &Method,
        host: &str,
        path: &str,
        now: Timestamp,
        live: Duration,
    ) -> (String, Timestamp) {
        let date = amz_date(now);
        let made = parse_amz_date(&date).unwrap_or(now);
        let query = format!(
            "X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={}%2F{}%2F{}%2Fs3%2Faws4_request&X-Amz-Date={date}&\
             X-Amz-Expires={}&X-Amz-SignedHeaders=host",
            self.access_key_id,
            &date[..8],
            self.region,
            live.as_secs(),
        );
        let signature = hex::encode(self.mac_of(method, host, path, &query, &date).finalize().into_bytes());
        (format!("{query}&X-Amz-Signature={signature}"), after(made, Duration::from_secs(live.as_secs())))
    }

    /// Checks a link as it was called. As with S3 an expired one says so, whatever its signature.
    pub(crate) fn check(
        &self,
        method: &Method,
        host: &str,
        path: &str,
        query: &str,
        now: Timestamp,
    ) -> Result<(), LinkRefusal> {
        let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
        pairs.sort_unstable();
        let value = |name: &str| pairs.iter().find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let signature = value("X-Amz-Signature").ok_or(LinkRefusal::Unsigned)?;
        let (Some(date), Some(lives)) = (value("X-Amz-Date"), value("X-Amz-Expires")) else {
            return Err(LinkRefusal::Malformed);
        };
        let (Some(made), Ok(lived)) = (parse_amz_date(date), lives.parse()) else {
            return Err(LinkRefusal::Malformed);
        };
        let until = after(made, Duration::from_secs(lived));
        if now >= until {
            return Err(LinkRefusal::Expired { lived, until });
        }
        if now < made {
            return Err(LinkRefusal::Early);
        }
        let signed: Vec<&str> =
            pairs.iter().filter(|pair| !pair.starts_with("X-Amz-Signature=")).copied().collect();
        let expected = self.mac_of(method, host, path, &signed.join("&"), date);
        let matches = hex::decode(signature).is_ok_and(|given| expected.verify_slice(&given).is_ok());
        if matches { Ok(()) } else { Err(LinkRefusal::Mismatch) }
    }

    fn mac_of(
        &self,
        method: &Method,
        host: &str,
        path: &str,
        query: &str,
        date: &str,
    ) -> hmac::Hmac<sha2::Sha256> {
        let canonical = format!("{method}\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
        let day = date.get(..8).unwrap_or(date);
        let of = Authorization {
            access_key_id: self.access_key_id,
            date: day,
            region: self.region,
            service: "s3",
            signed_headers: vec!["host"],
            signature: "",
        };
        mac(&signing_key(self.secret, day, self.region, "s3"), &string_to_sign(date, &of, &canonical))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of AWS's documentation, "Authenticating Requests: Using Query Parameters".
    const EXAMPLE: LinkKeys<'_> = LinkKeys {
        region: "us-east-1",
        access_key_id: "AKIAIOSFODNN7EXAMPLE",
        secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    };
    const HOST: &str = "examplebucket.s3.amazonaws.com";
    const MADE: Timestamp = Timestamp::constant(1_369_353_600, 0); // 2013-05-24T00:00:00Z
    const DAY: Duration = Duration::from_secs(86_400);

    #[test]
    fn the_documented_link() {
        let (query, until) = EXAMPLE.presign(&Method::GET, HOST, "/test.txt", MADE, DAY);
        assert_eq!(
            query,
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2F\
             aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=\
             aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        );
        assert_eq!(until, after(MADE, DAY));
        assert_eq!(EXAMPLE.check(&Method::GET, HOST, "/test.txt", &query, MADE), Ok(()));
    }

    #[test]
    fn whatever_is_changed_is_refused() {
        let (query, until) = EXAMPLE.presign(&Method::PUT, HOST, "/a/1", MADE, DAY);
        let check = |method: &Method, host: &str, path: &str, query: &str, now| {
            EXAMPLE.check(method, host, path, query, now).unwrap_err()
        };
        let put = &Method::PUT;
        assert_eq!(check(&Method::GET, HOST, "/a/1", &query, MADE), LinkRefusal::Mismatch);
        assert_eq!(check(put, "localhost", "/a/1", &query, MADE), LinkRefusal::Mismatch);
        assert_eq!(check(put, HOST, "/a/2", &query, MADE), LinkRefusal::Mismatch);
        let longer = query.replace("Expires=86400", "Expires=86401");
        assert_eq!(check(put, HOST, "/a/1", &longer, MADE), LinkRefusal::Mismatch);
        assert_eq!(check(put, HOST, "/a/1", &format!("{query}&more=1"), MADE), LinkRefusal::Mismatch);
        assert_eq!(check(put, HOST, "/a/1", "", MADE), LinkRefusal::Unsigned);
        assert_eq!(check(put, HOST, "/a/1", "X-Amz-Signature=00", MADE), LinkRefusal::Malformed);
        let undated = query.replace("20130524T000000Z", "yesterday");
        assert_eq!(check(put, HOST, "/a/1", &undated, MADE), LinkRefusal::Malformed);
        assert_eq!(check(put, HOST, "/a/1", &query, until), LinkRefusal::Expired { lived: 86_400, until });
        let early = crate::clock::before(MADE, Duration::from_secs(1));
        assert_eq!(check(put, HOST, "/a/1", &query, early), LinkRefusal::Early);
    }
}
