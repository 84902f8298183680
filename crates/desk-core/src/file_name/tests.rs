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
        ("/tmp/a\u{200B}b\u{61C}.txt", "ab.txt"),
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
        ("تقرير الاستيعاب.pdf", "تقرير الاستيعاب.pdf"),
        ("run 2026-11-22T10:35:38.log", "run 2026-11-22T10_35_38.log"),
        ("..\\..\\x?.txt", "_...x_.txt"),
        ("../../etc/passwd", "_...etcpasswd"),
        ("~/x", "_x"),
        ("~root", "_root"),
        ("con.log", "_con.log"),
        ("NUL.txt", "_NUL.txt"),
        ("CON .tar.gz", "_CON .tar.gz"),
        ("CONIN$", "_CONIN$"),
        ("conout$.log", "_conout$.log"),
        ("LPT1", "_LPT1"),
        ("COM¹", "_COM¹"),
        ("com³.txt", "_com³.txt"),
        ("\u{200B}COM1.log", "_COM1.log"),
        ("COM10.log", "COM10.log"),
        ("COM0", "COM0"),
        ("console.log", "console.log"),
        ("ends. . .", "ends"),
        ("ends.\u{A0}", "ends"),
        ("...", "file"),
        ("", "file"),
        ("\u{202E}\u{200B}", "file"),
        (".bashrc", "_bashrc"),
        ("-rf", "-rf"),
    ];
    for (sent, expected) in table {
        assert_eq!(name_to_save(sent), expected, "{sent:?}");
    }
}

#[test]
fn a_name_reads_as_what_it_is() {
    let table = [
        // By the override this was shown as `codexe.jpg`.
        ("cod\u{202E}gpj.exe", "codgpj.exe"),
        ("a\u{61C}b\u{200B}c\u{200F}d\u{2060}e\u{FEFF}f.exe", "abcdef.exe"),
        ("report.pdf\u{2028}.exe", "report.pdf .exe"),
        ("invoice.pdf                                                  .exe", "invoice.pdf .exe"),
        ("invoice.pdf\u{2003}\u{3000}\u{A0}.exe", "invoice.pdf .exe"),
        ("invoice.pdf\u{3164}\u{2800}\u{E0020}.exe", "invoice.pdf.exe"),
        ("soft\u{AD}hyphen\u{FE0F}.js", "softhyphen.js"),
    ];
    for (sent, expected) in table {
        assert_eq!(name_to_save(sent), expected, "{sent:?}");
    }
}

#[test]
fn too_long_a_name_keeps_its_ending() {
    let long = name_to_save(&format!("{}.exe", "ø".repeat(300)));
    assert_eq!((long.len(), long.ends_with("ø.exe")), (254, true), "cut between two letters: {long}");
    let exact = format!("{}.log", "a".repeat(251));
    assert_eq!(name_to_save(&exact), exact);
    assert_eq!(name_to_save(&format!("{}.log", "a".repeat(252))), exact);
    assert_eq!(name_to_save(&"a".repeat(400)), "a".repeat(255), "without an ending");
    let no_ending = format!("a.{}", "b".repeat(400));
    assert_eq!(name_to_save(&no_ending), no_ending[..255], "nothing is opened by such an ending");
    assert_eq!(name_to_save(&format!("CON.{}", "b".repeat(400))).len(), 255);
    let dots = format!("{}{}.exe", "a".repeat(249), ".".repeat(50));
    assert_eq!(name_to_save(&dots), format!("{}.exe", "a".repeat(249)));
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
    let (composed, decomposed) = ("J\u{f8}rgens k\u{f8}rsl\u{e5}.log", "J\u{f8}rgens k\u{f8}rsla\u{30a}.log");
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

    #[test]
    fn every_name_can_be_saved_and_stays_as_it_is_shown(name in "(?s).{0,300}") {
        let kept = name_to_save(&name);
        prop_assert!(!kept.is_empty() && kept.len() <= LONGEST_NAME);
        prop_assert!(!kept.contains(['/', '\\', '\0', '\n', ':']) && !kept.starts_with(['.', '~', ' ']));
        prop_assert!(!kept.ends_with(['.', ' ']) && !is_device(&kept));
        prop_assert!(!kept.chars().any(|c| c.is_control() || is_unseen(c)));
        prop_assert_eq!(name_to_save(&kept), kept);
    }
}
