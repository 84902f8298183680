//! A part of an upload comes in: written as it arrives, and known only once it is whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body::Body;
use http_body_util::BodyExt;
use md5::{Digest as _, Md5};
use sha2::Sha256;
use tokio::sync::mpsc;

use super::s3::S3Error;
use crate::error::{SimError, at};
use crate::model::{Part, Record};
use crate::options::Etags;
use crate::sim::Sim;

/// How many pieces the network may be ahead of the disk.
const AHEAD: usize = 8;

/// Why a part is not there.
pub(super) enum NotReceived {
    /// The sender is told.
    Refused(S3Error),
    /// The sender has gone before it had sent all.
    Left { bytes: u64 },
}

impl From<S3Error> for NotReceived {
    fn from(error: S3Error) -> Self {
        Self::Refused(error)
    }
}

impl From<SimError> for NotReceived {
    fn from(error: SimError) -> Self {
        Self::Refused(error.into())
    }
}

/// What has arrived of a part.
struct Written {
    /// Where it was asked for: it takes twice as long as all the rest.
    md5: Option<[u8; 16]>,
    size: u64,
}

impl Sim {
    /// Takes a part in and gives its ETag, in quotes.
    pub(super) async fn receive<B>(
        &self,
        upload_id: &str,
        part: u32,
        request: Request<B>,
    ) -> Result<(String, u64), NotReceived>
    where
        B: Body<Data = Bytes> + Send,
    {
        let (size, blob) = {
            let state = self.read();
            let upload = state.upload(upload_id, self.clock().now()).filter(|upload| !upload.is_complete());
            let upload = upload.ok_or_else(S3Error::no_such_upload)?;
            let size = upload.size_of(part).ok_or_else(|| {
                S3Error::new(StatusCode::BAD_REQUEST, "InvalidArgument", "There is no part of this number.")
            })?;
            (size, upload.content.blob.clone())
        };
        let headers = request.headers();
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let announced = text(header::CONTENT_LENGTH.as_str())
            .and_then(|length| length.parse::<u64>().ok())
            .or_else(|| request.body().size_hint().exact());
        let Some(announced) = announced else {
            let text = "You must provide the Content-Length HTTP header.";
            return Err(S3Error::new(StatusCode::LENGTH_REQUIRED, "MissingContentLength", text).into());
        };
        if announced > size {
            let text = "Your proposed upload exceeds the maximum allowed size";
            return Err(S3Error::new(StatusCode::BAD_REQUEST, "EntityTooLarge", text).into());
        }
        let promised_md5 = text("content-md5").map(str::to_owned);

        let files = self.read().files().clone();
        let (whole, unfinished) = files.part(&blob, part)?;
        let unfinished = Unfinished(unfinished);
        let hashes = self.0.options.links.etags == Etags::Md5 || promised_md5.is_some();
        let written = stream_to(&unfinished.0, request.into_body(), announced, hashes).await?;
        if let (Some(promised), Some(md5)) = (promised_md5, written.md5)
            && STANDARD.decode(&promised).is_ok_and(|promised| promised != md5)
        {
            let text = "The Content-MD5 you specified did not match what we received.";
            return Err(S3Error::new(StatusCode::BAD_REQUEST, "BadDigest", text).into());
        }
        let size = written.size;
        let sim = self.clone();
        let upload_id = upload_id.to_owned();
        let kept = tokio::task::spawn_blocking(move || {
            sim.keep_part(&upload_id, part, &written, &unfinished.0, &whole)
        });
        let etag = kept.await.map_err(|error| {
            tracing::error!(%error, "a part was not kept");
            S3Error::internal()
        })??;
        Ok((format!("\"{etag}\""), size))
    }

    /// A part is whole: it takes the place of what came for it before. Gives its ETag.
    fn keep_part(
        &self,
        upload_id: &str,
        part: u32,
        written: &Written,
        unfinished: &Path,
        whole: &Path,
    ) -> Result<String, S3Error> {
        let now = self.clock().now();
        let mut state = self.state();
        let upload = state.upload(upload_id, now).filter(|upload| !upload.is_complete());
        let mut upload = upload.ok_or_else(S3Error::no_such_upload)?.clone();
        fs::rename(unfinished, whole).map_err(at(whole))?;
        let before = upload.parts.get(&part);
        let etag = match (self.0.options.links.etags, written.md5) {
            (Etags::Md5, Some(md5)) => hex::encode(md5),
            (Etags::Md5 | Etags::Opaque, _) => opaque_etag(upload_id, part, before),
        };
        let reported = before.is_some_and(|before| before.reported && before.etag == etag);
        upload.parts.insert(part, Part { etag: etag.clone(), size: written.size, reported });
        state.commit(vec![Record::Upload(Box::new(upload))])?;
        Ok(etag)
    }
}

/// One that is new each time that the part arrives, and the same in another run of the same calls.
fn opaque_etag(upload_id: &str, part: u32, before: Option<&Part>) -> String {
    let before = before.map(|before| before.etag.as_str()).unwrap_or_default();
    let digest = Sha256::digest(format!("{upload_id} {part} {before}"));
    hex::encode(&digest[..16])
}

/// A file that goes when it is not renamed.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        match fs::remove_file(&self.0) {
            Ok(()) => tracing::debug!("an unfinished part was thrown away"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(%error, "an unfinished part stays"),
        }
    }
}

/// Writes, and hashes where that is asked for, a few pieces behind the network.
async fn stream_to<B>(path: &Path, body: B, announced: u64, hashes: bool) -> Result<Written, NotReceived>
where
    B: Body<Data = Bytes> + Send,
{
    let (to_disk, mut pieces) = mpsc::channel::<Bytes>(AHEAD);
    let path = path.to_owned();
    let writing = tokio::task::spawn_blocking(move || -> Result<Written, SimError> {
        let mut file = File::create(&path).map_err(at(&path))?;
        let (mut size, mut md5) = (0, hashes.then(Md5::new));
        while let Some(piece) = pieces.blocking_recv() {
            file.write_all(&piece).map_err(at(&path))?;
            size += piece.len() as u64;
            if let Some(md5) = &mut md5 {
                md5.update(&piece);
            }
        }
        Ok(Written { size, md5: md5.map(|md5| md5.finalize().into()) })
    });
    let mut body = std::pin::pin!(body);
    let mut whole = true;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            whole = false;
            break;
        };
        let Ok(piece) = frame.into_data() else { continue };
        // Where the disk fails, its own error says why.
        if to_disk.send(piece).await.is_err() {
            break;
        }
    }
    drop(to_disk);
    let written = writing.await.map_err(|error| {
        tracing::error!(%error, "a part was not written");
        S3Error::internal()
    })??;
    if whole && written.size == announced {
        Ok(written)
    } else {
        Err(NotReceived::Left { bytes: written.size })
    }
}
