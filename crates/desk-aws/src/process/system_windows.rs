//! Running a program on Windows, without a console window that flashes up.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};
use tokio::process::Command;

/// CREATE_NO_WINDOW (Microsoft, "Process Creation Flags").
const NO_WINDOW: u32 = 0x0800_0000;
/// The default of PATHEXT: the endings that a program's name may lack.
const EXTENSIONS: &str = ".COM;.EXE;.BAT;.CMD";

/// Splits a command into words as Microsoft's C runtime does: a backslash is literal unless a quote follows.
pub(super) fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let (mut quoted, mut backslashes) = (false, 0);
    for sign in command.chars() {
        if sign == '\\' {
            backslashes += 1;
            continue;
        }
        let is_quote = sign == '"';
        if backslashes > 0 {
            let kept = if is_quote { backslashes / 2 } else { backslashes };
            word.get_or_insert_default().extend(std::iter::repeat_n('\\', kept));
        }
        let escaped = backslashes % 2 == 1;
        backslashes = 0;
        match sign {
            '"' if escaped => word.get_or_insert_default().push('"'),
            '"' => {
                word.get_or_insert_default();
                quoted = !quoted;
            }
            ' ' | '\t' if !quoted => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    if backslashes > 0 {
        word.get_or_insert_default().extend(std::iter::repeat_n('\\', backslashes));
    }
    words.extend(word);
    (!quoted).then_some(words)
}

/// Returns the file names to try for a program: as it is named, and with each ending of PATHEXT.
pub(super) fn files_of(program: &Path) -> Vec<PathBuf> {
    let endings = std::env::var("PATHEXT").unwrap_or_else(|_| EXTENSIONS.to_owned());
    let with = |ending: &str| {
        let mut name = program.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let named = program.extension().map(|_| program.to_owned());
    named.into_iter().chain(endings.split(';').filter(|ending| !ending.is_empty()).map(with)).collect()
}

/// Whether the file exists.
pub(super) fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// Keeps a console program from opening a window.
pub(super) fn without_window(command: &mut Command) {
    command.creation_flags(NO_WINDOW);
}

/// Returns the PATH in which programs are looked for, which is the same for all processes of a user.
#[allow(clippy::unused_async, reason = "other systems have to ask for it")]
pub(super) async fn search_path() -> Option<OsString> {
    std::env::var_os("PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_as_programs_of_windows_do() {
        let table: [(&str, Option<&[&str]>); 7] = [
            (r#"C:\tools\creds.exe --role x"#, Some(&[r"C:\tools\creds.exe", "--role", "x"])),
            (r#""C:\Program Files\x\creds.exe" "a b""#, Some(&[r"C:\Program Files\x\creds.exe", "a b"])),
            (r#"x "a\\" b"#, Some(&["x", r"a\", "b"])),
            (r#"x "a\"b""#, Some(&["x", r#"a"b"#])),
            (r#"x "" \\server\share\"#, Some(&["x", "", r"\\server\share\"])),
            ("", Some(&[])),
            (r#"x "open"#, None),
        ];
        for (text, expected) in table {
            let words = split(text);
            let words = words.as_ref().map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(words.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_program_goes_by_its_name_with_any_ending_of_programs() {
        let files = files_of(Path::new("creds"));
        assert!(
            files.iter().any(|file| file.to_string_lossy().eq_ignore_ascii_case("creds.cmd")),
            "{files:?}"
        );
        assert_eq!(files_of(Path::new("creds.exe"))[0], Path::new("creds.exe"));
    }
}
