//! The secrets of the story, and where their marks are found.

use base64_forms::forms_of;
use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

/// Signs of each secret that are looked for: long enough to be met nowhere by chance.
const LENGTH: usize = 16;

/// What every form is at least as long as.
const BEGIN: usize = 8;

/// Every secret, by what its forms begin with.
pub(super) struct Marks {
    count: usize,
    forms: HashMap<[u8; BEGIN], Vec<(String, Vec<u8>)>>,
}

impl Marks {
    /// Of secrets that were written down, one a line, with what they are.
    pub(super) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let mut marks = Self { count: 0, forms: HashMap::new() };
        for (what, secret) in text.lines().filter_map(|line| line.split_once('\t')) {
            marks.count += 1;
            for form in forms_of(secret, LENGTH) {
                let begin = *form.first_chunk().expect("no form is shorter");
                marks.forms.entry(begin).or_default().push((what.to_owned(), form));
            }
        }
        marks
    }

    /// Writes secrets down for [`Marks::read`].
    pub(super) fn write(path: &Path, secrets: &[(String, String)]) {
        let lines: Vec<String> = secrets.iter().map(|(what, secret)| format!("{what}\t{secret}\n")).collect();
        std::fs::write(path, lines.concat()).unwrap();
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// What the secrets are whose marks are in there. It goes through it once, however many there are.
    pub(super) fn in_bytes(&self, bytes: &[u8]) -> Vec<String> {
        let mut first = [false; 256];
        for begin in self.forms.keys() {
            first[usize::from(begin[0])] = true;
        }
        let mut found = BTreeSet::new();
        for at in (0..bytes.len()).filter(|at| first[usize::from(bytes[*at])]) {
            let rest = &bytes[at..];
            let Some(forms) = rest.first_chunk().and_then(|begin| self.forms.get(begin)) else { continue };
            found.extend(
                forms.iter().filter(|(_, form)| rest.starts_with(form)).map(|(what, _)| what.clone()),
            );
        }
        found.into_iter().collect()
    }
}

#[test]
fn a_mark_is_found_wherever_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("marks");
    Marks::write(
        &path,
        &[("one".into(), "oNe+SecRet/0123456789".into()), ("two".into(), "tWo+SecRet/0123456789".into())],
    );
    let marks = Marks::read(&path);
    assert_eq!(marks.count(), 2);
    assert_eq!(marks.in_bytes(b"nothing of oNe+SecRet, nor of the other"), Vec::<String>::new());
    assert_eq!(marks.in_bytes(b"...tWo+SecRet/0123456789"), ["two"]);
    assert_eq!(marks.in_bytes(b"toNe+SecRet/01234567tWo%2BSecRet%2F01234567"), ["one", "two"]);
}

/// The ways in which a secret may be written.
mod base64_forms {
    use data_encoding::{BASE64, HEXLOWER};

    /// As it is, in UTF-16, in an address, in hexadecimal, and in base64 wherever in a text it begins.
    pub(super) fn forms_of(secret: &str, length: usize) -> Vec<Vec<u8>> {
        let text: String = secret.chars().take(length).collect();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let address: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let shifted = (0..3).map(|shift| {
            let padded = [&vec![b'.'; shift][..], text.as_bytes()].concat();
            let coded = BASE64.encode(&padded);
            // The signs at both ends depend on what stands beside.
            let inner = coded.trim_end_matches('=');
            inner.as_bytes()[(shift * 4).div_ceil(3)..inner.len() - 1].to_vec()
        });
        let mut forms = vec![text.clone().into_bytes(), wide, address.into_bytes()];
        forms.push(HEXLOWER.encode(text.as_bytes()).into_bytes());
        forms.extend(shifted);
        forms
    }

    #[test]
    fn a_secret_is_found_in_every_form() {
        let secret = "sEcRet+of/TheC4nary";
        let forms = forms_of(secret, 16);
        let has = |text: &[u8]| {
            forms.iter().any(|form| text.windows(form.len()).any(|window| window == form.as_slice()))
        };
        for before in ["", "x", "xy", "xyz"] {
            let text = format!("{before}{secret} and more");
            assert!(has(text.as_bytes()), "{text}");
            assert!(has(BASE64.encode(text.as_bytes()).as_bytes()), "{text} in base64");
            assert!(has(HEXLOWER.encode(text.as_bytes()).as_bytes()), "{text} in hexadecimal");
        }
        assert!(has(b"?secret=sEcRet%2Bof%2FTheC4nary"));
        assert!(!has(b"sEcRet of TheC4nary"));
    }
}
