//! Certificates of authorities that are trusted beside the system's: read from files, kept as files, told apart by
//! their fingerprints.
//!
//! Each is a file of its own in the data folder, `certificates/<SHA-256>.pem`, so that one can see and check them with
//! any other program.

use super::CaCertificate;
use crate::{
    problem::{Problem, ProblemCode},
    time::Millis,
};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};
use x509_parser::prelude::{FromDer as _, X509Certificate, X509Name};

/// A certificate is a few kilobytes; a bundle of all public authorities is some 300.
const LONGEST: u64 = 2 * 1024 * 1024;

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) subject: String,
    pub(super) issuer: String,
    /// Seconds since 1970.
    pub(super) not_after: i64,
}

/// Reads a certificate; `None` where it is none.
pub(super) fn facts(der: &CertificateDer<'_>) -> Option<Facts> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    Some(Facts {
        subject: name(certificate.subject()),
        issuer: name(certificate.issuer()),
        not_after: certificate.validity().not_after.timestamp(),
    })
}

/// What people call the owner of a distinguished name.
fn name(name: &X509Name<'_>) -> String {
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

    /// All certificates that lie there, by name, with their bytes. A file that cannot be read is left out and logged.
    pub(super) fn all(&self) -> Vec<(CaCertificate, CertificateDer<'static>)> {
        let entries = match std::fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                tracing::warn!("the folder of extra certificates cannot be read: {error}");
                return Vec::new();
            }
        };
        let files = entries.filter_map(Result::ok).map(|entry| entry.path());
        let pem = files.filter(|path| path.extension().is_some_and(|extension| extension == "pem"));
        let mut all: Vec<_> = pem
            .filter_map(|path| {
                let read =
                    std::fs::read(&path).ok().and_then(|bytes| certificates_in(&bytes).into_iter().next());
                let known = read.and_then(|der| Some((described(&der)?, der)));
                if known.is_none() {
                    tracing::warn!(file = %path.display(), "this is no certificate");
                }
                known
            })
            .collect();
        all.sort_by(|(a, _), (b, _)| {
            (a.subject.to_lowercase(), &a.id).cmp(&(b.subject.to_lowercase(), &b.id))
        });
        all
    }

    /// Copies the certificates of a file (PEM or DER) here, and answers them. Those that have run out are left out.
    pub(super) fn add(&self, file: &Path, now: Millis) -> Result<Vec<CaCertificate>, Problem> {
        let shown = file.file_name().unwrap_or_default().to_string_lossy();
        let unreadable = |error: &io::Error| {
            Problem::new(ProblemCode::Storage, format!("The file “{shown}” could not be read: {error}."))
        };
        let size = std::fs::metadata(file).map_err(|error| unreadable(&error))?.len();
        let bytes = if size > LONGEST {
            Vec::new()
        } else {
            std::fs::read(file).map_err(|error| unreadable(&error))?
        };
        let found: Vec<_> =
            certificates_in(&bytes).into_iter().filter_map(|der| Some((described(&der)?, der))).collect();
        if found.is_empty() {
            return Err(Problem::field(
                "certificate",
                format!(
                    "There is no certificate in “{shown}”. Ask your IT department for the CA certificate as a file in PEM or DER form (its name often ends with .pem, .crt or .cer)."
                ),
            ));
        }
        // A company's bundle often has the last authority beside the present one.
        let (good, ended): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|(known, _)| known.expires_at > now);
        if let (true, Some((ended, _))) = (good.is_empty(), ended.first()) {
            let on = super::trouble::day(ended.expires_at / 1000);
            return Err(Problem::field(
                "certificate",
                format!(
                    "The certificate “{}” ran out on {on}. Ask your IT department for the present one.",
                    ended.subject
                ),
            ));
        }
        for (known, der) in &good {
            self.write(&known.id, der).map_err(|error| {
                Problem::new(
                    ProblemCode::Storage,
                    format!("The certificate could not be kept in ECO Desk's data folder: {error}."),
                )
            })?;
        }
        Ok(good.into_iter().map(|(known, _)| known).collect())
    }

    fn write(&self, id: &str, der: &CertificateDer<'_>) -> io::Result<()> {
        std::fs::create_dir_all(&self.0)?;
        // Beside its place, then renamed: a certificate is there as a whole or not at all.
        let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
        file.write_all(pem(der).as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(self.0.join(format!("{id}.pem"))).map_err(|error| error.error)?;
        Ok(())
    }

    /// Forgets a certificate; one that is not there is no error.
    pub(super) fn remove(&self, id: &str) -> Result<(), Problem> {
        if id.len() != 64 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Problem::new(ProblemCode::NotFound, "There is no such certificate."));
        }
        match std::fs::remove_file(self.0.join(format!("{id}.pem"))) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Problem::new(
                ProblemCode::Storage,
                format!("The certificate could not be removed from ECO Desk's data folder: {error}."),
            )),
        }
    }
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

fn described(der: &CertificateDer<'_>) -> Option<CaCertificate> {
    let Facts { subject, issuer, not_after } = facts(der)?;
    Some(CaCertificate {
        id: hex::encode(Sha256::digest(der)),
        subject,
        issuer,
        expires_at: not_after.saturating_mul(1000),
    })
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
mod tests {
    use super::*;
    use rcgen::{CertificateParams, DnType, KeyPair};

    fn authority(name: &str, organisation: &str) -> rcgen::Certificate {
        authority_until(2045, name, organisation)
    }

    fn authority_until(year: i32, name: &str, organisation: &str) -> rcgen::Certificate {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.distinguished_name.push(DnType::OrganizationName, organisation);
        params.not_after = rcgen::date_time_ymd(year, 1, 2);
        params.self_signed(&KeyPair::generate().unwrap()).unwrap()
    }

    fn place() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("certificates"));
        (dir, folder)
    }

    #[test]
    fn a_certificate_is_copied_listed_and_removed() {
        let (dir, folder) = place();
        assert_eq!(folder.all(), []);
        let file = dir.path().join("norvik.crt");
        std::fs::write(&file, authority("Norvik Root CA", "Norvik Energy").pem()).unwrap();
        let added = folder.add(&file, 0).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(added.len(), 1);
        assert_eq!(added[0].subject, "Norvik Root CA (Norvik Energy)");
        assert_eq!(added[0].issuer, added[0].subject);
        assert_eq!(added[0].expires_at, 2_366_928_000_000);
        let all = folder.all();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].0, added[0]);
        let kept = std::fs::read_to_string(folder.0.join(format!("{}.pem", added[0].id))).unwrap();
        assert!(kept.lines().all(|line| line.len() <= 64), "{kept}");
        folder.remove(&added[0].id).unwrap();
        folder.remove(&added[0].id).unwrap();
        assert_eq!(folder.all(), []);
    }

    #[test]
    fn files_come_in_every_shape_that_it_departments_send() {
        let (dir, folder) = place();
        let (one, two) = (authority("One", "One"), authority("Two", "Two"));
        let bundle =
            format!("# our CAs\r\n{}\nsubject=/CN=Two\n{}", one.pem().replace('\n', "\r\n"), two.pem());
        for (name, bytes, expected) in [
            ("bundle.pem", bundle.into_bytes(), vec!["One", "Two"]),
            ("one.cer", one.der().to_vec(), vec!["One"]),
            ("one.pem", one.pem().into_bytes(), vec!["One"]),
        ] {
            let file = dir.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            let added = folder.add(&file, 0).unwrap();
            let names: Vec<_> = added.iter().map(|added| added.subject.as_str()).collect();
            assert_eq!(names, expected, "{name}");
        }
        assert_eq!(folder.all().len(), 2, "the same certificate is there once");
    }

    #[test]
    fn a_bundle_is_taken_without_what_has_run_out() {
        let (dir, folder) = place();
        let file = dir.path().join("bundle.pem");
        let (old, present) = (authority_until(2020, "Old", "Old"), authority("Present", "Present"));
        std::fs::write(&file, format!("{}{}", old.pem(), present.pem())).unwrap();
        // The first of January 2030.
        let added = folder.add(&file, 1_893_456_000_000).unwrap();
        let names: Vec<_> = added.iter().map(|added| added.subject.as_str()).collect();
        assert_eq!(names, ["Present"]);
        assert_eq!(folder.all().len(), 1);
    }

    #[test]
    fn what_is_no_use_is_refused_with_what_to_ask_for() {
        let (dir, folder) = place();
        let key = KeyPair::generate().unwrap().serialize_pem();
        for (name, bytes) in
            [("key.pem", key.as_bytes()), ("photo.jpg", b"\xff\xd8\xff".as_slice()), ("empty", b"")]
        {
            let file = dir.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            let refused = folder.add(&file, 0).unwrap_err();
            assert!(
                refused.message.starts_with(&format!("There is no certificate in “{name}”")),
                "{refused}"
            );
        }
        let file = dir.path().join("old.pem");
        std::fs::write(&file, authority("Old", "Old").pem()).unwrap();
        let refused = folder.add(&file, 2_366_928_000_000).unwrap_err();
        assert_eq!(
            refused.message,
            "The certificate “Old” ran out on 2 January 2045, 00:00 UTC. Ask your IT department for the present one."
        );
        assert!(
            folder.add(&dir.path().join("nothing"), 0).unwrap_err().message.contains("could not be read")
        );
        assert_eq!(folder.all(), []);
    }

    #[test]
    fn nothing_outside_the_folder_is_removed() {
        let (dir, folder) = place();
        std::fs::write(dir.path().join("kept.pem"), "kept").unwrap();
        for id in ["../kept", "", "kept", &"z".repeat(64)] {
            assert!(folder.remove(id).is_err(), "{id}");
        }
        assert!(dir.path().join("kept.pem").exists());
    }
}
