//! Importing, storing and removing certificate files.

use super::*;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

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

fn empty_folder() -> (tempfile::TempDir, CertificateFolder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = CertificateFolder::new(dir.path().join("certificates"));
    (dir, folder)
}

/// Loads all files in the folder as if all their digests were trusted.
fn all(folder: &CertificateFolder) -> Vec<(CaCertificate, CertificateDer<'static>)> {
    let names = std::fs::read_dir(&folder.0).into_iter().flatten().map(|entry| entry.unwrap().path());
    let digests: Vec<_> = names.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    folder.load(&digests)
}

#[test]
fn a_file_whose_name_is_not_the_digest_of_its_certificate_is_left_out() {
    let (dir, folder) = empty_folder();
    let file = dir.path().join("norvik.crt");
    std::fs::write(&file, authority("Norvik Root CA", "Norvik Energy").pem()).unwrap();
    let added = folder.add(&[file], 0).unwrap();
    let path = folder.path_of(&added[0].id);
    std::fs::write(&path, authority("Somebody Else", "Somebody Else").pem()).unwrap();
    assert_eq!(all(&folder), [], "its certificate was exchanged");
    std::fs::write(&path, "nothing").unwrap();
    assert_eq!(all(&folder), []);
}

#[test]
fn a_certificate_is_copied_listed_and_removed() {
    let (dir, folder) = empty_folder();
    assert_eq!(all(&folder), []);
    let file = dir.path().join("norvik.crt");
    std::fs::write(&file, authority("Norvik Root CA", "Norvik Energy").pem()).unwrap();
    let added = folder.add(std::slice::from_ref(&file), 0).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].subject, "Norvik Root CA (Norvik Energy)");
    assert_eq!(added[0].issuer, added[0].subject);
    assert_eq!(added[0].expires_at, 2_366_928_000_000);
    let found = all(&folder);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, added[0]);
    let kept = std::fs::read_to_string(folder.0.join(format!("{}.pem", added[0].id))).unwrap();
    assert!(kept.lines().all(|line| line.len() <= 64), "{kept}");
    folder.remove(&added[0].id).unwrap();
    folder.remove(&added[0].id).unwrap();
    assert_eq!(all(&folder), []);
}

#[test]
fn files_come_in_every_shape_that_it_departments_send() {
    let (dir, folder) = empty_folder();
    let (one, two) = (authority("One", "One"), authority("Two", "Two"));
    let bundle = format!("# our CAs\r\n{}\nsubject=/CN=Two\n{}", one.pem().replace('\n', "\r\n"), two.pem());
    for (name, bytes, expected) in [
        ("bundle.pem", bundle.into_bytes(), vec!["One", "Two"]),
        ("one.cer", one.der().to_vec(), vec!["One"]),
        ("one.pem", one.pem().into_bytes(), vec!["One"]),
    ] {
        let file = dir.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let added = folder.add(std::slice::from_ref(&file), 0).unwrap();
        let names: Vec<_> = added.iter().map(|added| added.subject.as_str()).collect();
        assert_eq!(names, expected, "{name}");
    }
    assert_eq!(all(&folder).len(), 2, "the same certificate is there once");
}

#[test]
fn a_bundle_is_taken_without_what_has_run_out() {
    let (dir, folder) = empty_folder();
    let file = dir.path().join("bundle.pem");
    let (old, present) = (authority_until(2020, "Old", "Old"), authority("Present", "Present"));
    std::fs::write(&file, format!("{}{}", old.pem(), present.pem())).unwrap();
    // The first of January 2030.
    let added = folder.add(std::slice::from_ref(&file), 1_893_456_000_000).unwrap();
    let names: Vec<_> = added.iter().map(|added| added.subject.as_str()).collect();
    assert_eq!(names, ["Present"]);
    assert_eq!(all(&folder).len(), 1);
}

#[test]
fn what_is_no_use_is_refused_with_what_to_ask_for() {
    let (dir, folder) = empty_folder();
    let key = KeyPair::generate().unwrap().serialize_pem();
    for (name, bytes) in
        [("key.pem", key.as_bytes()), ("photo.jpg", b"\xff\xd8\xff".as_slice()), ("empty", b"")]
    {
        let file = dir.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let refused = folder.add(std::slice::from_ref(&file), 0).unwrap_err();
        assert!(refused.message.starts_with(&format!("There is no certificate in “{name}”")), "{refused}");
    }
    let file = dir.path().join("old.pem");
    std::fs::write(&file, authority("Old", "Old").pem()).unwrap();
    let refused = folder.add(std::slice::from_ref(&file), 2_366_928_000_000).unwrap_err();
    assert_eq!(
        refused.message,
        "The certificate “Old” ran out on 2 January 2045, 00:00 UTC. Ask your IT department for the present one."
    );
    assert!(folder.add(&[dir.path().join("nothing")], 0).unwrap_err().message.contains("could not be read"));
    assert_eq!(all(&folder), []);
}

/// A certificate of a server, with what it says of being an authority's, and who issued it.
fn of_a_server(is_ca: IsCa) -> rcgen::Certificate {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, "Norvik Issuing CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = Issuer::new(params, KeyPair::generate().unwrap());
    let mut params = CertificateParams::new(vec!["proxy.norvik.example".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, "proxy.norvik.example");
    params.is_ca = is_ca;
    params.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap()
}

#[test]
fn the_certificate_of_a_server_is_refused_with_whose_is_wanted() {
    let (dir, folder) = empty_folder();
    let file = dir.path().join("exported.cer");
    for is_ca in [IsCa::NoCa, IsCa::ExplicitNoCa] {
        std::fs::write(&file, of_a_server(is_ca).der()).unwrap();
        let refused = folder.add(std::slice::from_ref(&file), 0).unwrap_err();
        assert_eq!(
            refused.message,
            "“proxy.norvik.example” in “exported.cer” is the certificate of a single server, which does not help. Ask your IT department for the certificate of the authority that issued it, “Norvik Issuing CA”."
        );
    }
    assert_eq!(all(&folder), []);
}

#[test]
fn what_is_signed_by_itself_is_taken_whatever_it_says_of_itself() {
    let (dir, folder) = empty_folder();
    let file = dir.path().join("own.cer");
    for is_ca in [IsCa::NoCa, IsCa::ExplicitNoCa] {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = is_ca;
        let itself = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        std::fs::write(&file, itself.der()).unwrap();
        assert_eq!(folder.add(std::slice::from_ref(&file), 0).unwrap().len(), 1);
    }
}

#[test]
fn a_bundle_is_taken_without_the_certificates_of_servers() {
    let (dir, folder) = empty_folder();
    let file = dir.path().join("chain.pem");
    let (server, present) = (of_a_server(IsCa::NoCa), authority("Present", "Present"));
    std::fs::write(&file, format!("{}{}", server.pem(), present.pem())).unwrap();
    let added = folder.add(&[file], 0).unwrap();
    let names: Vec<_> = added.iter().map(|added| added.subject.as_str()).collect();
    assert_eq!(names, ["Present"]);
    assert_eq!(all(&folder).len(), 1);
}

#[test]
fn of_several_files_all_are_taken_or_none() {
    let (dir, folder) = empty_folder();
    let (good, bad) = (dir.path().join("good.pem"), dir.path().join("bad.pem"));
    std::fs::write(&good, authority("Good", "Good").pem()).unwrap();
    std::fs::write(&bad, "no certificate").unwrap();
    let refused = folder.add(&[good.clone(), bad.clone()], 0).unwrap_err();
    assert!(refused.message.contains("“bad.pem”"), "{refused}");
    assert_eq!(all(&folder), []);
    std::fs::write(&bad, authority("Other", "Other").pem()).unwrap();
    assert_eq!(folder.add(&[good, bad], 0).unwrap().len(), 2);
    assert_eq!(all(&folder).len(), 2);
}

#[test]
fn what_cannot_be_kept_as_a_whole_is_not_kept_in_part() {
    let (dir, folder) = empty_folder();
    let (one, two) = (dir.path().join("one.pem"), dir.path().join("two.pem"));
    std::fs::write(&one, authority("One", "One").pem()).unwrap();
    std::fs::write(&two, authority("Two", "Two").pem()).unwrap();
    let id = folder.add(std::slice::from_ref(&two), 0).unwrap().remove(0).id;
    folder.remove(&id).unwrap();
    let kept = authority("Kept", "Kept");
    std::fs::write(dir.path().join("kept.pem"), kept.pem()).unwrap();
    folder.add(&[dir.path().join("kept.pem")], 0).unwrap();
    // Nothing can be put in the place of a folder.
    std::fs::create_dir(folder.0.join(format!("{id}.pem"))).unwrap();
    let refused = folder.add(&[dir.path().join("kept.pem"), one, two], 0).unwrap_err();
    assert_eq!(refused.code, ProblemCode::Storage);
    let names: Vec<_> = all(&folder).into_iter().map(|(known, _)| known.subject).collect();
    assert_eq!(names, ["Kept"]);
}

#[test]
fn nothing_outside_the_folder_is_removed() {
    let (dir, folder) = empty_folder();
    std::fs::write(dir.path().join("kept.pem"), "kept").unwrap();
    for id in ["../kept", "", "kept", &"z".repeat(64)] {
        assert!(folder.remove(id).is_err(), "{id}");
    }
    assert!(dir.path().join("kept.pem").exists());
}

#[test]
fn a_source_without_end_is_read_no_further_than_the_limit() {
    struct Endless(u64);
    impl io::Read for &mut Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += buffer.len() as u64;
            Ok(buffer.len())
        }
    }
    let mut source = Endless(0);
    assert_eq!(read_up_to(&mut source, 1000).unwrap(), None);
    assert_eq!(source.0, 1001);
    assert_eq!(read_up_to(&[7; 1000][..], 1000).unwrap().unwrap().len(), 1000);
}

// Only these systems have such a file. It says that it holds nothing, and ends nowhere.
#[cfg(all(test, unix))]
#[test]
fn a_device_that_is_chosen_as_a_file_holds_no_certificate() {
    let (_dir, folder) = empty_folder();
    let refused = folder.add(&[PathBuf::from("/dev/zero")], 0).unwrap_err();
    assert!(refused.message.contains("no certificate in “zero”"), "{refused}");
}
