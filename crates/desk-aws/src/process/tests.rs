//! What programs print, how they fail, and where they are found.

use super::*;

fn said(outcome: Result<Credentials, Failure>) -> String {
    outcome.unwrap_err().1
}

#[test]
fn what_a_program_prints_is_read() {
    let printed = br#"{"Version": 1, "AccessKeyId": "ASIA", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "2999-01-01T00:00:00Z", "AccountId": "1"}"#;
    let credentials = parse_output(printed).unwrap();
    assert_eq!((credentials.access_key_id(), credentials.secret_access_key()), ("ASIA", "s"));
    assert_eq!(credentials.session_token(), Some("t"));
    let ends = credentials.expiry().unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(ends.as_secs(), 32_472_144_000);
    let long_term = parse_output(
        br#"{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s","SessionToken":"","Expiration":null}"#,
    );
    let long_term = long_term.unwrap();
    assert_eq!((long_term.session_token(), long_term.expiry()), (None, None));
}

#[test]
fn what_is_no_credentials_is_told_without_a_word_of_it() {
    for printed in [
        "",
        "not JSON wJalrXUtnFEMI",
        "[]",
        r#"{"Version": 2, "AccessKeyId": "wJalrXUtnFEMI", "SecretAccessKey": "wJalrXUtnFEMI"}"#,
        r#"{"Version": 1, "AccessKeyId": "AKIA"}"#,
        r#"{"Version": 1, "AccessKeyId": "", "SecretAccessKey": "wJalrXUtnFEMI"}"#,
        r#"{"Version": 1, "AccessKeyId": "wJalrXUtnFEMI", "SecretAccessKey": ""}"#,
        r#"{"Version": 1, "AccessKeyId": "AKIA", "SecretAccessKey": "x", "Expiration": "wJalrXUtnFEMI"}"#,
    ] {
        let said = said(parse_output(printed.as_bytes()));
        assert!(said.contains("did not print credentials") && !said.contains("wJalr"), "{printed}: {said}");
    }
    let ended =
        br#"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2001-01-01T00:00:00Z"}"#;
    assert_eq!(parse_output(ended).unwrap_err().0, AwsErrorKind::Expired);
}

#[tokio::test]
async fn a_program_that_is_not_found_is_named_with_what_to_write() {
    let said = said(ProcessProvider::new("no-such-program-of-norvik --role x").run().await);
    assert!(said.contains("no-such-program-of-norvik") && said.contains("write its full path"), "{said}");
    assert!(!said.contains("--role"), "arguments may be secrets: {said}");
    for command in ["", "  ", "\"open"] {
        assert!(ProcessProvider::new(command).run().await.is_err(), "{command}");
    }
}

#[cfg(all(test, unix))]
mod unix {
    use super::*;
    use std::{ffi::OsString, os::unix::fs::PermissionsExt as _};

    fn program(folder: &Path, name: &str, text: &str) -> PathBuf {
        let file = folder.join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        file
    }

    /// Another thread of these tests may hold a program open for writing while it is forked.
    async fn run(provider: &ProcessProvider) -> Result<Credentials, Failure> {
        loop {
            match provider.run().await {
                Err((_, said)) if said.contains("Text file busy") => tokio::task::yield_now().await,
                outcome => return outcome,
            }
        }
    }

    const PRINTS: &str = r#"echo '{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"x"}'"#;

    #[tokio::test]
    async fn a_program_is_run_without_a_shell() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a folder");
        std::fs::create_dir(&folder).unwrap();
        let text = format!("[ \"$1\" = '$HOME;&|x' ] || exit 4\n{PRINTS}");
        let file = program(&folder, "creds", &text);
        let command = format!("\"{}\" '$HOME;&|x'", file.display());
        let credentials = run(&ProcessProvider::new(&command)).await.unwrap();
        assert_eq!(credentials.access_key_id(), "AKIAIOSFODNN7EXAMPLE");
    }

    #[tokio::test]
    async fn a_program_that_fails_hangs_or_prints_without_end_is_told_and_ended() {
        let dir = tempfile::tempdir().unwrap();
        let fails = program(dir.path(), "fails", "echo SECRET >&2; echo SECRET; exit 3");
        let said_of = said(run(&ProcessProvider::new(&fails.display().to_string())).await);
        assert!(said_of.contains("failed (exit code 3)") && !said_of.contains("SECRET"), "{said_of}");

        let pid = dir.path().join("pid");
        let hangs = program(dir.path(), "hangs", &format!("echo $$ > '{}'; exec sleep 600", pid.display()));
        let hangs = ProcessProvider {
            timeout: Duration::from_secs(2),
            ..ProcessProvider::new(&hangs.display().to_string())
        };
        let said_of = said(run(&hangs).await);
        assert!(said_of.contains("took too long"), "{said_of}");

        let endless = program(dir.path(), "endless", "exec yes");
        let said_of = said(run(&ProcessProvider::new(&endless.display().to_string())).await);
        assert!(said_of.contains("failed") || said_of.contains("did not print"), "{said_of}");
    }

    #[tokio::test]
    async fn a_short_name_is_found_where_the_login_shell_finds_it() {
        let dir = tempfile::tempdir().unwrap();
        let tools = dir.path().join("tools");
        std::fs::create_dir(&tools).unwrap();
        program(&tools, "norvik-creds", PRINTS);
        // A shell whose start adds a folder, and prints something besides.
        let text = format!(
            "echo Welcome\nPATH=\"{}:/usr/bin:/bin\"\nexport PATH\nexec /bin/sh -c \"$4\"",
            tools.display()
        );
        let shell = program(dir.path(), "shell", &text);
        let path = loop {
            match system::path_of(shell.as_os_str()).await {
                Some(path) => break path,
                // Another thread may hold it open for writing while it is forked.
                None => tokio::task::yield_now().await,
            }
        };
        assert_eq!(path.to_str().unwrap(), format!("{}:/usr/bin:/bin", tools.display()));
        let short = OsString::from("/usr/bin:/bin:/usr/sbin:/sbin");
        assert_eq!(locate("norvik-creds", Some(&short)), None);
        let join_paths = system::join_paths(&path, &short).unwrap();
        assert_eq!(
            join_paths.to_str().unwrap(),
            format!("{}:/usr/bin:/bin:/usr/sbin:/sbin", tools.display())
        );
        assert_eq!(locate("norvik-creds", Some(&join_paths)), Some(tools.join("norvik-creds")));
    }

    #[tokio::test]
    async fn a_shell_that_does_not_answer_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let hangs = program(dir.path(), "hangs", "exec sleep 600");
        assert_eq!(system::path_of(hangs.as_os_str()).await, None);
        assert_eq!(system::path_of(std::ffi::OsStr::new("/no/such/shell")).await, None);
    }

    #[test]
    fn a_relative_folder_in_the_path_and_what_is_no_program_are_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let file = program(dir.path(), "creds", "");
        std::fs::create_dir(dir.path().join("folder")).unwrap();
        let path = OsString::from(format!(".:{}", dir.path().display()));
        assert_eq!(locate("creds", Some(&path)), Some(file.clone()));
        assert_eq!(locate("folder", Some(&path)), None);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(locate("creds", Some(&path)), None);
        assert_eq!(locate("creds", None), None);
    }
}
