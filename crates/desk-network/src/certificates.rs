//! Certificates of authorities that are trusted beside the system's: read from files, kept as files, told apart by
//! their fingerprints.
//!
//! Each is a file of its own in the data folder, `certificates/<SHA-256>.pem`, so that one can see and check them with
//! any other program. A file alone is no reason to trust: another program may have put it there. What counts is the row
//! of the same digest in desk.db ([`super::trust`]).

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

/// A certificate is a few kilobytes; a bundle of all public authorities is some 300.
const LONGEST: u64 = 2 * 1024 * 1024;

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) subject: String,
    pub(super) issuer: String,
    /// Seconds since 1970.
    pub(super) not_after: i64,
    /// Whether it says that it is no authority's, and somebody else's signature is on it.
    is_of_a_server: bool,
}

/// Reads a certificate; `None` where it is none.
pub(super) fn facts(der: &CertificateDer<'_>) -> Option<Facts> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    Some(Facts {
        subject: name(certificate.subject()),
        issuer: name(certificate.issuer()),
        not_after: certificate.validity().not_after.timestamp(),
        is_of_a_server: is_of_a_server(&certificate),
    })
}

/// Whether trusting it is no use: rustls wants the authority, and this is a certificate that one issued. Certificates
/// of version 1 cannot say what they are for, and what signed itself is its own authority.
fn is_of_a_server(certificate: &X509Certificate<'_>) -> bool {
    let signed_itself = certificate.subject().as_raw() == certificate.issuer().as_raw();
    certificate.version() == X509Version::V3 && !certificate.is_ca() && !signed_itself
}

/// What people call the owner of a distinguished name, in one line.
fn name(name: &X509Name<'_>) -> String {
    single_line(&most_telling(name))
}

/// The common name and the organisation, as far as there are any.
fn most_telling(name: &X509Name<'_>) -> String {
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

/// The folder of the certificates.
#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The certificates with these digests, by name, with their bytes. A file that cannot be read, or whose name is not
    /// the digest of what is in it, is left out and logged.
    pub(super) fn of(&self, digests: &[String]) -> Vec<(CaCertificate, CertificateDer<'static>)> {
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
        let file = std::fs::File::open(self.place(digest)).ok()?;
        let mut bytes = Vec::new();
        file.take(LONGEST).read_to_end(&mut bytes).ok()?;
        let der = certificates_in(&bytes).into_iter().next()?;
        let known = described(facts(&der)?, &der);
        (known.id == digest).then_some((known, der))
    }

    /// Copies the certificates of these files (PEM or DER) here, and answers them: all of them, or none where something
    /// is wrong with one file. In a file, those that have run out and those of servers are left out.
    pub(super) fn add(&self, files: &[PathBuf], now: Millis) -> Result<Vec<CaCertificate>, Problem> {
        let mut wanted = Vec::new();
        for file in files {
            wanted.extend(usable_certificates(file, now)?);
        }
        let mut new = Vec::new();
        for (known, der) in &wanted {
            let is_new = !self.place(&known.id).exists();
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

    fn place(&self, id: &str) -> PathBuf {
        self.0.join(format!("{id}.pem"))
    }

    fn write(&self, id: &str, der: &CertificateDer<'_>) -> io::Result<()> {
        private_folder(&self.0)?;
        // Beside its place, then renamed: a certificate is there as a whole or not at all.
        let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
        file.write_all(pem(der).as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(self.place(id)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Forgets a certificate; one that is not there is no error.
    pub(super) fn remove(&self, id: &str) -> Result<(), Problem> {
        if id.len() != 64 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Problem::new(ProblemCode::NotFound, "There is no such certificate."));
        }
        match std::fs::remove_file(self.place(id)) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Problem::new(
                ProblemCode::Storage,
                format!("The certificate could not be removed from ECO Desk's data folder: {error}."),
            )),
        }
    }
}

/// The certificates of a file that are of use.
fn usable_certificates(
    file: &Path,
    now: Millis,
) -> Result<Vec<(CaCertificate, CertificateDer<'static>)>, Problem> {
    let shown = file.file_name().unwrap_or_default().to_string_lossy();
    let unreadable = |error: &io::Error| {
        Problem::new(ProblemCode::Storage, format!("The file “{shown}” could not be read: {error}."))
    };
    let bytes = read_file(file, LONGEST).map_err(|error| unreadable(&error))?.unwrap_or_default();
    let found: Vec<_> =
        certificates_in(&bytes).into_iter().filter_map(|der| Some((facts(&der)?, der))).collect();
    // The whole chain is often exported, the server's own certificate first.
    let (of_servers, found): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(facts, _)| facts.is_of_a_server);
    if let (true, Some((Facts { subject, issuer, .. }, _))) = (found.is_empty(), of_servers.first()) {
        return Err(Problem::field(
            Field::Certificate,
            format!(
                "“{subject}” in “{shown}” is the certificate of a single server, which does not help. Ask your IT department for the certificate of the authority that issued it, “{issuer}”."
            ),
        ));
    }
    let found: Vec<_> = found.into_iter().map(|(facts, der)| (described(facts, &der), der)).collect();
    if found.is_empty() {
        return Err(Problem::field(
            Field::Certificate,
            format!(
                "There is no certificate in “{shown}”. Ask your IT department for the CA certificate as a file in PEM or DER form (its name often ends with .pem, .crt or .cer)."
            ),
        ));
    }
    // A company's bundle often has the last authority beside the present one.
    let (good, ended): (Vec<_>, Vec<_>) = found.into_iter().partition(|(known, _)| known.expires_at > now);
    if let (true, Some((ended, _))) = (good.is_empty(), ended.first()) {
        let on = super::connect_error::day(ended.expires_at / 1000);
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

/// The bytes of a file; `None` where there are more than `limit`, whatever size it says that it has, or where it is no
/// file: to open a pipe would wait for its other end.
fn read_file(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let facts = std::fs::metadata(path)?;
    if !facts.is_file() || facts.len() > limit {
        return Ok(None);
    }
    read_up_to(std::fs::File::open(path)?, limit)
}

/// All bytes of `source`; `None` where there are more than `limit`.
fn read_up_to(source: impl io::Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((read as u64 <= limit).then_some(bytes))
}

/// The certificates in the bytes of a file: PEM, one or several with whatever else is between them, or DER.
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

fn described(facts: Facts, der: &CertificateDer<'_>) -> CaCertificate {
    let Facts { subject, issuer, not_after, is_of_a_server: _ } = facts;
    let id = hex::encode(Sha256::digest(der));
    CaCertificate { id, subject, issuer, expires_at: not_after.saturating_mul(1000) }
}

/// The certificate as text (RFC 7468).
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
