//! The name that a file is sent under: its own, without what could lead out of a folder or mislead a reader.

use std::path::Path;

/// The file's own name. Letters of all scripts and spaces stay; path separators, control characters and marks that
/// turn the direction of writing around go. Never empty.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let kept: String =
        name.chars().filter(|c| !matches!(c, '/' | '\\') && !c.is_control() && !turns(*c)).collect();
    let kept = kept.trim();
    // Dots alone name folders.
    if kept.chars().all(|c| c == '.') { "file".to_owned() } else { kept.to_owned() }
}

/// Whether `c` reverses the text after it: `fdp.exe` could pass for `exe.pdf`.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

/// `name`, or where it is among `taken` (whatever the case of its letters), with a number before its ending:
/// `run.log`, `run (2).log`.
pub(super) fn unused(name: &str, taken: &[String]) -> String {
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    if !is_taken(name) {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        Some(_) | None => (name, ""),
    };
    (2..)
        .map(|number: u32| format!("{stem} ({number}){ending}"))
        .find(|candidate| !is_taken(candidate))
        .expect("there are more numbers than taken names")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_keeps_what_people_wrote() {
        let table = [
            ("/var/log/Ingestion Ø 5 – søndag.log", "Ingestion Ø 5 – søndag.log"),
            ("/tmp/日本語.txt", "日本語.txt"),
            ("/tmp/a\\b.txt", "ab.txt"),
            ("/tmp/a\nb\u{7}.txt", "ab.txt"),
            ("/tmp/gpj\u{202E}exe.txt", "gpjexe.txt"),
            ("/tmp/ .. ", "file"),
            ("/", "file"),
            (".bashrc", ".bashrc"),
        ];
        for (path, expected) in table {
            assert_eq!(file_name(Path::new(path)), expected, "{path:?}");
        }
    }

    #[test]
    fn equal_names_are_told_apart() {
        let taken = ["run.log".to_owned(), "Run (2).log".to_owned(), ".env".to_owned(), "core".to_owned()];
        assert_eq!(unused("RUN.log", &taken), "RUN (3).log");
        assert_eq!(unused(".env", &taken), ".env (2)");
        assert_eq!(unused("core", &taken), "core (2)");
        assert_eq!(unused("new.log", &taken), "new.log");
        assert_eq!(unused("a.tar.gz", &["a.tar.gz".to_owned()]), "a.tar (2).gz");
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_a_folder(name in "(?s).{0,60}") {
            let kept = file_name(Path::new(&format!("/tmp/x{name}")));
            prop_assert!(!kept.is_empty() && kept != "." && kept != "..");
            prop_assert!(!kept.contains(['/', '\\', '\0', '\n']));
        }
    }
}
