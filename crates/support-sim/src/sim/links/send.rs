//! An attachment goes out: whole or a range of it, read from disk as the network takes it.

use std::io::{self, Read};
use std::ops::Range;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use md5::{Digest, Md5};
use tokio::sync::mpsc;

use super::s3::S3Error;
use crate::answer::{AnswerBody, StreamedBody, broken_off};
use crate::faults::Fault;
use crate::files::{DiskReader, Reading};
use crate::sim::Sim;
use crate::time_text::http_date;

const PIECE: usize = 256 * 1024;

/// What happens to the bytes on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harm {
    None,
    /// Each bit is turned.
    Spoil,
    /// They stop half way.
    BreakOff,
    /// They take this much time.
    Slow(Duration),
}

impl Harm {
    /// What a fault does to a body.
    pub(super) fn of(fault: Option<&Fault>) -> Self {
        match fault {
            Some(Fault::Malformed) => Self::Spoil,
            Some(Fault::Truncated) => Self::BreakOff,
            Some(Fault::SlowBody(over)) => Self::Slow(*over),
            None
            | Some(
                Fault::Refuse(_)
                | Fault::LoseAnswer
                | Fault::Unreachable
                | Fault::Reset { .. }
                | Fault::Status(_)
                | Fault::Delay(_)
                | Fault::WrongTime(_)
                | Fault::FailUpload
                | Fault::Answer { .. }
                | Fault::Edit { .. }
                | Fault::WrongDate(_),
            ) => Self::None,
        }
    }
}

impl Sim {
    /// The answer to a GET, and the number of bytes it carries.
    pub(super) fn send(
        &self,
        attachment_id: &str,
        asked: &HeaderMap,
        harm: Harm,
    ) -> Result<(Response<AnswerBody>, u64), S3Error> {
        let (file, at, files) = {
            let state = self.read();
            let file = state.file(attachment_id).ok_or_else(S3Error::no_such_key)?;
            (file.clone(), state.attached_at(attachment_id), state.files().clone())
        };
        let size = file.content.size;
        let etag = format!("\"{}\"", hex::encode(Md5::digest(file.content.blob.as_bytes())));
        let text = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let wanted = text(header::RANGE).filter(|_| text(header::IF_RANGE).is_none_or(|known| known == etag));
        let range = match wanted.map_or(Wanted::All, |text| wanted_range(text, size)) {
            Wanted::All => None,
            Wanted::Some(range) => Some(range),
            Wanted::Nothing => {
                let text = "The requested range is not satisfiable";
                return Err(S3Error::new(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", text));
            }
        };
        let bytes = range.clone().unwrap_or(0..size);
        let length = bytes.end - bytes.start;
        let reading = files.read(&file.content, bytes.clone())?;
        let (sender, body) = StreamedBody::of_length(length);
        tokio::spawn(pour(reading, length, harm, sender));

        let mut response = Response::new(body);
        let headers = response.headers_mut();
        let mut put = |name, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        put(header::CONTENT_LENGTH, &length.to_string());
        put(header::CONTENT_TYPE, "application/octet-stream");
        put(header::CONTENT_DISPOSITION, &disposition(&file.file_name));
        put(header::ACCEPT_RANGES, "bytes");
        put(header::ETAG, &etag);
        if let Some(at) = at {
            put(header::LAST_MODIFIED, &http_date(at));
        }
        if range.is_some() {
            let last = bytes.end.saturating_sub(1);
            put(header::CONTENT_RANGE, &format!("bytes {}-{last}/{size}", bytes.start));
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        }
        Ok((response, length))
    }
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// Everything: it asks for nothing that S3 gives in part.
    All,
    Some(Range<u64>),
    /// What is not there.
    Nothing,
}

fn wanted_range(text: &str, size: u64) -> Wanted {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::All;
    };
    let range = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..size,
        (Err(_), Ok(count)) if first.trim().is_empty() => size.saturating_sub(count)..size,
        (Ok(_) | Err(_), Ok(_) | Err(_)) => return Wanted::All,
    };
    if range.start < range.end { Wanted::Some(range) } else { Wanted::Nothing }
}

/// After RFC 6266, so that any name survives.
fn disposition(file_name: &str) -> String {
    let encoded: String = file_name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}

/// Sends the bytes, as long as somebody takes them.
async fn pour(reading: Reading, length: u64, harm: Harm, to: mpsc::Sender<io::Result<Bytes>>) {
    let mut source = match reading {
        Reading::Memory(data) => Source::Memory(data),
        Reading::Disk(from) => Source::Disk(Some(from)),
    };
    let pieces = u32::try_from(length.div_ceil(PIECE as u64)).unwrap_or(u32::MAX).max(1);
    let mut sent = 0;
    loop {
        let piece = match source.next().await {
            Ok(Some(piece)) => piece,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%error, "an attachment cannot be read");
                break_off(&to, error).await;
                return;
            }
        };
        sent += piece.len() as u64;
        let piece = match harm {
            Harm::None => piece,
            Harm::Spoil => piece.iter().map(|byte| !byte).collect(),
            Harm::Slow(over) => {
                tokio::time::sleep(over / pieces).await;
                piece
            }
            Harm::BreakOff if sent * 2 < length => piece,
            Harm::BreakOff => {
                let half = piece.slice(..piece.len() / 2);
                if to.send(Ok(half)).await.is_ok() {
                    break_off(&to, broken_off()).await;
                }
                return;
            }
        };
        if to.send(Ok(piece)).await.is_err() {
            return;
        }
    }
}

async fn break_off(to: &mpsc::Sender<io::Result<Bytes>>, error: io::Error) {
    if to.send(Err(error)).await.is_err() {
        tracing::debug!("nobody takes the rest of an attachment");
    }
}

enum Source {
    Memory(Bytes),
    Disk(Option<DiskReader>),
}

impl Source {
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        match self {
            Self::Memory(data) if data.is_empty() => Ok(None),
            Self::Memory(data) => Ok(Some(data.split_to(data.len().min(PIECE)))),
            Self::Disk(from) => {
                let Some(mut reader) = from.take() else { return Ok(None) };
                let read = tokio::task::spawn_blocking(move || -> io::Result<(DiskReader, Bytes)> {
                    let mut piece = BytesMut::zeroed(PIECE);
                    let count = reader.read(&mut piece)?;
                    piece.truncate(count);
                    Ok((reader, piece.freeze()))
                });
                let (reader, piece) = read.await.map_err(io::Error::other)??;
                if piece.is_empty() {
                    return Ok(None);
                }
                *from = Some(reader);
                Ok(Some(piece))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_s3_does() {
        for (text, expected) in [
            ("bytes=0-0", Wanted::Some(0..1)),
            ("bytes=2-5", Wanted::Some(2..6)),
            ("bytes=2-500", Wanted::Some(2..10)),
            ("bytes=7-", Wanted::Some(7..10)),
            ("bytes=-3", Wanted::Some(7..10)),
            ("bytes=-30", Wanted::Some(0..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=10-12", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::All),
            ("bytes=0-1,4-5", Wanted::All),
            ("bytes=-", Wanted::All),
            ("pages=1-2", Wanted::All),
        ] {
            assert_eq!(wanted_range(text, 10), expected, "{text}");
        }
    }

    #[test]
    fn any_name_survives() {
        assert_eq!(disposition("måling 1.log"), "attachment; filename*=UTF-8''m%C3%A5ling%201.log");
        assert_eq!(disposition("a\"\r\nb"), "attachment; filename*=UTF-8''a%22%0D%0Ab");
    }
}
