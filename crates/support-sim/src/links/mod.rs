//! Presigned links: parts of uploads are sent to them with PUT, attachments are fetched from them with GET, as if they
//! led to S3. They are good for a time, and for one method, path and host.

mod log;

use http::Method;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::options::Options;
use crate::sigv4::presigned::{LinkKeys, LinkRefusal};

pub use log::{Transfer, TransferOutcome};

pub(crate) use log::TransferLog;

const UPLOAD: &str = "/_attachments/upload/";
const DOWNLOAD: &str = "/_attachments/download/";
/// The access key id in a link's signature.
const SIGNER: &str = "ASIASUPPORTSIMLINKS0";

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// To a part of an upload: `/_attachments/upload/<uploadId>/<part>`.
    Upload {
        /// The upload.
        upload_id: String,
        /// The part, from 1.
        part: u32,
    },
    /// To an attachment: `/_attachments/download/<attachmentId>`.
    Download {
        /// The attachment.
        attachment_id: String,
    },
}

impl Link {
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        let is_id = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if let Some(rest) = path.strip_prefix(UPLOAD) {
            let (upload_id, part) = rest.split_once('/').filter(|(id, _)| is_id(id))?;
            return Some(Self::Upload { upload_id: upload_id.to_owned(), part: part.parse().ok()? });
        }
        let attachment_id = path.strip_prefix(DOWNLOAD).filter(|id| is_id(id))?;
        Some(Self::Download { attachment_id: attachment_id.to_owned() })
    }

    fn path(&self) -> String {
        match self {
            Self::Upload { upload_id, part } => format!("{UPLOAD}{upload_id}/{part}"),
            Self::Download { attachment_id } => format!("{DOWNLOAD}{attachment_id}"),
        }
    }

    fn method(&self) -> Method {
        match self {
            Self::Upload { .. } => Method::PUT,
            Self::Download { .. } => Method::GET,
        }
    }

    /// The URL at an origin, made now, and when it expires.
    pub(crate) fn url(&self, origin: &str, options: &Options, now: Timestamp) -> (String, Timestamp) {
        let path = self.path();
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        let secret = secret(options);
        let keys = LinkKeys { region: &options.region, access_key_id: SIGNER, secret: &secret };
        let (query, until) = keys.presign(&self.method(), host, &path, now, options.links.live);
        (format!("{origin}{path}?{query}"), until)
    }

    /// Checks the signature and the time of a URL that was used: its method, host and query.
    pub(crate) fn check(
        &self,
        method: &Method,
        host: &str,
        query: &str,
        options: &Options,
        now: Timestamp,
    ) -> Result<(), LinkRefusal> {
        let secret = secret(options);
        let keys = LinkKeys { region: &options.region, access_key_id: SIGNER, secret: &secret };
        keys.check(method, host, &self.path(), query, now)
    }
}

/// What links of a sim are signed with: the same after a restart, so that they live on.
fn secret(options: &Options) -> String {
    let digest = Sha256::new()
        .chain_update("support-sim links ")
        .chain_update(&options.account)
        .chain_update(options.seed.to_be_bytes())
        .finalize();
    hex::encode(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_back() {
        for link in [
            Link::Upload { upload_id: "upload-0a".into(), part: 12 },
            Link::Download { attachment_id: "attachment-0a".into() },
        ] {
            assert_eq!(Link::of_path(&link.path()), Some(link));
        }
        for path in [
            "/",
            "/_attachments/upload/",
            "/_attachments/upload/a",
            "/_attachments/upload/a/b",
            "/_attachments/upload/../1",
            "/_attachments/upload/a%2Fb/1",
            "/_attachments/download/",
            "/_attachments/download/a/b",
        ] {
            assert_eq!(Link::of_path(path), None, "{path}");
        }
    }
}
