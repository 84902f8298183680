//! CA certificates that are trusted in addition to the system's: imported from files, stored as files, identified by
//! their SHA-256 fingerprints.
//!
//! Each is a file of its own in the data folder, `certificates/<SHA-256>.pem`, so that it can be inspected with any
//! other program. A file alone is not trusted, since another program may have put it there: desk.db must have a row
//! with the same digest ([`super::trust`]).

use super::CaCertificate;
use desk_model::{Field, Millis, Problem, ProblemCode, text::single_line};
use desk_store::private_folder;
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};
use x509_parser::prelude::{FromDer as _, X509Certificate, X509Name, X509Version};

/// Maximum size of a certificate file. A certificate is a few kilobytes; a bundle of all public authorities is some
/// 300.
const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024;

/// The fields of a certificate that are displayed or checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CertificateInfo {
    pub(super) subject: String,
    pub(super) issuer: String,
    /// Seconds since 1970.
    pub(super) not_after: i64,
    /// Whether it is a server's certificate, see [`is_server_certificate`].
    is_server_certificate: bool,
}

/// Parses a certificate; `None` if it is not one.
pub(super) fn info(der: &CertificateDer<'_>) -> Option<CertificateInfo> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    Some(CertificateInfo {
        subject: name(certificate.subject()),
        issuer: name(certificate.issuer()),
        not_after: certificate.validity().not_after.timestamp(),
        is_server_certificate: is_server_certificate(&certificate),
    })
}

/// Whether this is a leaf certificate, which rustls does not accept as a trust anchor. Version 1 certificates have no
/// extension that tells, and self-signed ones are their own authority.
fn is_server_certificate(certificate: &X509Certificate<'_>) -> bool {
    let signed_itself = certificate.subject().as_raw() == certificate.issuer().as_raw();
    certificate.version() == X509Version::V3 && !certificate.is_ca() && !signed_itself
}

/// Formats a distinguished name for display, in one line.
fn name(name: &X509Name<'_>) -> String {
    single_line(&common_name_and_organization(name))
}

/// Returns the common name and the organisation, as far as the name has them.
fn common_name_and_organization(name: &X509Name<'_>) -> String {
    let first = |mut found: Box<dyn Iterator<Item = String> + '_>| found.next();
    let common =
        first(Box::new(name.iter_common_name().filter_map(|one| one.as_str().ok().map(str::to_owned))));
    let organisation =
        first(Box::new(name.iter_organization().filter_map(|one| one.as_str().ok().map(str::to_owned))));
    match (common, organisation) {
        (Some(common), Some(organisation)) if !common.contains(&organisation) => {
            format!("{common} ({organisation})")
        }
        (Some(common), _) => common,
        (None, Some(organisation)) => organisation,
        (None, None) => name.to_string(),
    }
}

/// The folder in which the certificates are stored.
#[derive(Debug, Clone)]
pub(super) struct CertificateFolder(PathBuf);

impl CertificateFolder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Loads the certificates with these digests, sorted by subject. A file that cannot be read, or whose name is not
    /// the digest of its content, is skipped and logged.
    pub(super) fn load(&self, digests: &[String]) -> Vec<(CaCertificate, CertificateDer<'static>)> {
        let mut all: Vec<_> = digests
            .iter()
            .filter_map(|digest| {
                let known = self.read(digest);
                if known.is_none() {
                    tracing::warn!("the file of an extra certificate is not the one that was added");
                }
                known
            })
            .collect();
        all.sort_by(|(a, _), (b, _)| {
            (a.subject.to_lowercase(), &a.id).cmp(&(b.subject.to_lowercase(), &b.id))
        });
        all
    }

    fn read(&self, digest: &str) -> Option<(CaCertificate, CertificateDer<'static>)> {
        let file = std::fs::File::open(self.path_of(digest)).ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_FILE_BYTES).read_to_end(&mut bytes).ok()?;
        let der = certificates_in(&bytes).into_iter().next()?;
        let known = describe(info(&der)?, &der);
        (known.id == digest).then_some((known, der))
    }

    /// Imports the certificates of these files (PEM or DER) and returns them: all of them, or none if one file is
    /// unusable. Expired certificates and those of servers are skipped.
    pub(super) fn add(&self, files: &[PathBuf], now: Millis) -> Result<Vec<CaCertificate>, Problem> {
        let mut wanted = Vec::new();
        for file in files {
            wanted.extend(usable_certificates(file, now)?);
        }
        let mut new = Vec::new();
        for (known, der) in &wanted {
            let is_new = !self.path_of(&known.id).exists();
            if let Err(error) = self.write(&known.id, der) {
                for id in new {
                    self.remove(id)?;
                }
                return Err(Problem::new(
                    ProblemCode::Storage,
                    format!("The certificate could not be kept in ECO Desk's data folder: {error}."),
                ));
            }
            if is_new {
                new.push(&known.id);
            }
        }
        Ok(wanted.into_iter().map(|(known, _)| known).collect())
    }

    fn path_of(&self, id: &str) -> PathBuf {
        self.0.join(format!("{id}.pem"))
    }

    fn write(&self, id: &str, der: &CertificateDer<'_>) -> io::Result<()> {
        private_folder(&self.0)?;
        // Written under a temporary name, then renamed: a stored certificate is always complete.
        let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
        file.write_all(pem(der).as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(self.path_of(id)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Deletes a certificate; a missing one is no error.
    pub(super) fn remove(&self, id: &str) -> Result<(), Problem> {
        if id.len() != 64 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Problem::new(ProblemCode::NotFound, "There is no such certificate."));
        }
        match std::fs::remove_file(self.path_of(id)) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Problem::new(
                ProblemCode::Storage,
                format!("The certificate could not be removed from ECO Desk's data folder: {error}."),
            )),
        }
    }
}

/// Reads the certificates of a file that can be trust anchors and have not expired.
fn usable_certificates(
    file: &Path,
    now: Millis,
) -> Result<Vec<(CaCertificate, CertificateDer<'static>)>, Problem> {
    let file_name = file.file_name().unwrap_or_default().to_string_lossy();
    let unreadable = |error: &io::Error| {
        Problem::new(ProblemCode::Storage, format!("The file “{file_name}” could not be read: {error}."))
    };
    let bytes = read_file(file, MAX_FILE_BYTES).map_err(|error| unreadable(&error))?.unwrap_or_default();
    let found: Vec<_> =
        certificates_in(&bytes).into_iter().filter_map(|der| Some((info(&der)?, der))).collect();
    // The whole chain is often exported, the server's own certificate first.
    let (of_servers, found): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(info, _)| info.is_server_certificate);
    if let (true, Some((CertificateInfo { subject, issuer, .. }, _))) = (found.is_empty(), of_servers.first())
    {
        return Err(Problem::field(
            Field::Certificate,
            format!(
                "“{subject}” in “{file_name}” is the certificate of a single server, which does not help. Ask your IT department for the certificate of the authority that issued it, “{issuer}”."
            ),
        ));
    }
    let found: Vec<_> = found.into_iter().map(|(info, der)| (describe(info, &der), der)).collect();
    if found.is_empty() {
        return Err(Problem::field(
            Field::Certificate,
            format!(
                "There is no certificate in “{file_name}”. Ask your IT department for the CA certificate as a file in PEM or DER form (its name often ends with .pem, .crt or .cer)."
            ),
        ));
    }
    // A company's bundle often has the last authority beside the present one.
    let (good, ended): (Vec<_>, Vec<_>) = found.into_iter().partition(|(known, _)| known.expires_at > now);
    if let (true, Some((ended, _))) = (good.is_empty(), ended.first()) {
        let on = super::connect_error::format_utc(ended.expires_at / 1000);
        return Err(Problem::field(
            Field::Certificate,
            format!(
                "The certificate “{}” ran out on {on}. Ask your IT department for the present one.",
                ended.subject
            ),
        ));
    }
    Ok(good)
}

/// Reads a file; `None` if it has more than `limit` bytes, whatever size its metadata has, or if it is no regular file:
/// opening a pipe would block.
fn read_file(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() || metadata.len() > limit {
        return Ok(None);
    }
    read_up_to(std::fs::File::open(path)?, limit)
}

/// Reads all of `source`; `None` if it has more than `limit` bytes.
fn read_up_to(source: impl io::Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((read as u64 <= limit).then_some(bytes))
}

/// Parses the certificates in a file: PEM, one or several with any text between them, or one in DER.
fn certificates_in(bytes: &[u8]) -> Vec<CertificateDer<'static>> {
    let pem: Vec<_> = CertificateDer::pem_slice_iter(bytes).filter_map(Result::ok).collect();
    if !pem.is_empty() {
        return pem;
    }
    match X509Certificate::from_der(bytes) {
        Ok((rest, _)) => vec![CertificateDer::from(bytes[..bytes.len() - rest.len()].to_vec())],
        Err(_) => Vec::new(),
    }
}

fn describe(info: CertificateInfo, der: &CertificateDer<'_>) -> CaCertificate {
    let CertificateInfo { subject, issuer, not_after, is_server_certificate: _ } = info;
    let id = hex::encode(Sha256::digest(der));
    CaCertificate { id, subject, issuer, expires_at: not_after.saturating_mul(1000) }
}

/// Encodes a certificate as PEM (RFC 7468).
fn pem(der: &CertificateDer<'_>) -> String {
    let text = data_encoding::BASE64.encode(der);
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for line in text.as_bytes().chunks(64) {
        pem.push_str(std::str::from_utf8(line).expect("base64 is ASCII"));
        pem.push('\n');
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

#[cfg(test)]
mod tests;
