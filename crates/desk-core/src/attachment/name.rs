//! The names of files: the one that a file is sent under, its own without what could lead out of a folder or
//! mislead a reader; and the one that ECO's file is saved under, which may come from any system.

use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

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

/// The name that a file of a case is offered to be saved under: its own, as far as each system takes it. Windows
/// refuses some characters, a dot or space at the end, and the names of its old devices, whatever their ending.
pub(crate) fn name_to_save(sent: &str) -> String {
    let kept: String =
        sent.chars().filter(|c| !matches!(c, '/' | '\\') && !c.is_control() && !turns(*c)).collect();
    let kept = kept.replace(['<', '>', ':', '"', '|', '?', '*'], "_");
    let kept = kept.trim().trim_end_matches(['.', ' ']);
    let stem = kept.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| number.len() == 1 && number != "0" && is_digit(number))
    };
    if kept.is_empty() {
        "file".to_owned()
    } else if ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || is_numbered("COM")
        || is_numbered("LPT")
    {
        format!("_{kept}")
    } else {
        kept.to_owned()
    }
}

fn is_digit(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

/// Whether `c` reverses the text after it: `fdp.exe` could pass for `exe.pdf`.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

/// `name`, or where it is among `taken` (whatever the case of its letters), with a number before its ending:
/// `run.log`, `run (2).log`. In Normalization Form C: macOS composes the names of files differently, and two names that
/// read the same are the same to whoever gets them.
pub(super) fn unused(name: &str, taken: &[String]) -> String {
    let name: &str = &name.nfc().collect::<String>();
    let folded = |name: &str| name.nfc().collect::<String>().to_lowercase();
    let is_taken = |name: &str| taken.iter().any(|other| folded(other) == folded(name));
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
        // Part of a name here, the end of a folder on Windows.
        let backslash = if std::path::is_separator('\\') { "b.txt" } else { "ab.txt" };
        let table = [
            ("/var/log/Ingestion Ø 5 – søndag.log", "Ingestion Ø 5 – søndag.log"),
            ("/tmp/日本語.txt", "日本語.txt"),
            ("/tmp/a\\b.txt", backslash),
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
    fn a_file_of_a_case_can_be_saved_on_each_system() {
        let table = [
            ("Ingestion Ø 5 – søndag.log", "Ingestion Ø 5 – søndag.log"),
            ("run 2026-11-22T10:35:38.log", "run 2026-11-22T10_35_38.log"),
            ("..\\..\\x?.txt", "....x_.txt"),
            ("../../etc/passwd", "....etcpasswd"),
            ("con.log", "_con.log"),
            ("LPT1", "_LPT1"),
            ("COM10.log", "COM10.log"),
            ("COM0", "COM0"),
            ("console.log", "console.log"),
            ("ends. . .", "ends"),
            ("...", "file"),
            ("", "file"),
            (".bashrc", ".bashrc"),
        ];
        for (sent, expected) in table {
            assert_eq!(name_to_save(sent), expected, "{sent:?}");
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

    #[test]
    fn a_decomposed_name_is_sent_composed_and_told_apart_from_the_composed_one() {
        let (composed, decomposed) =
            ("J\u{f8}rgens k\u{f8}rsl\u{e5}.log", "J\u{f8}rgens k\u{f8}rsla\u{30a}.log");
        assert_eq!(unused(decomposed, &[]), composed);
        assert_eq!(unused(decomposed, &[composed.to_owned()]), "J\u{f8}rgens k\u{f8}rsl\u{e5} (2).log");
        assert_eq!(unused(composed, &[decomposed.to_owned()]), "J\u{f8}rgens k\u{f8}rsl\u{e5} (2).log");
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
