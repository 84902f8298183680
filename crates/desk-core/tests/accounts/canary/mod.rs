//! The canary: one signs in in every way with marked secrets, uses the program, makes it fail and panic. Then the marks
//! are looked for in every file, in the log, in what the process printed, and in everything that the web view would get.
//!
//! All of it runs in a process of its own, with a home of its own, so that its output and its files are known to be its
//! alone. What the web view gets are the answers of the rooms as JSON: the shell's commands pass them on as they are.

mod marks;
mod record;
mod story;
mod ways;

use crate::office::files_of;
use marks::Marks;
use std::path::Path;

/// Names the folder of the process of its own.
const INSIDE: &str = "ECO_DESK_TEST_CANARY";

#[tokio::test]
async fn no_secret_is_in_a_file_a_log_the_output_or_what_the_web_view_gets() {
    if let Some(home) = std::env::var_os(INSIDE) {
        Box::pin(story::play(Path::new(&home))).await;
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (_, here) = module_path!().split_once("::").expect("this is no program of its own");
    let this = format!("{here}::no_secret_is_in_a_file_a_log_the_output_or_what_the_web_view_gets");
    let run = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &this])
        // With the default, what is printed would be shown only where the test fails.
        .arg("--nocapture")
        .env(INSIDE, home.path())
        .env("HOME", home.path().join("home"))
        .env("USERPROFILE", home.path().join("home"))
        .env_remove("AWS_PROFILE")
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    let err = String::from_utf8_lossy(&run.stderr).into_owned();
    let marks = Marks::read(&home.path().join("marks"));
    // Not shown where it may hold a secret.
    assert_eq!(marks.in_bytes(&run.stdout), Vec::<String>::new(), "a secret was printed");
    assert_eq!(marks.in_bytes(&run.stderr), Vec::<String>::new(), "a secret was printed among the errors");
    assert!(run.status.success() && out.contains("1 passed"), "{out}\n{err}");
    assert!(marks.count() >= 40, "{} secrets were made and given out", marks.count());

    let files = files_of(home.path());
    // The AWS config files, the console's file, and what the AWS CLI keeps of its own sign-in: they are the exception.
    let is_input = |path: &Path| path.starts_with(home.path().join("inputs")) || path.ends_with(ways::CACHED);
    for (path, bytes) in files.iter().filter(|(path, _)| !is_input(path) && !path.ends_with("marks")) {
        assert_eq!(marks.in_bytes(bytes), Vec::<String>::new(), "{} holds a secret", path.display());
    }
    let given = files.iter().find(|(path, _)| path.ends_with("accessKeys.csv")).expect("the console's file");
    assert_eq!(marks.in_bytes(&given.1).len(), 1, "a secret is found where it is");
    // What is looked through is what it is taken for.
    let has = |name: &str, words: &[&str]| {
        let (_, bytes) = files.iter().find(|(path, _)| path.ends_with(name)).expect(name);
        let text = String::from_utf8_lossy(bytes);
        for word in words {
            assert!(text.contains(word), "{name} has no {word}");
        }
    };
    has("data/desk.db", &["SQLite format 3", "The canary's report"]);
    has("data/cases.db", &["SQLite format 3", "The canary's report"]);
    has("log", &["panicked place=", "desk_core", "a call failed"]);
    // Neither what was written nor any address, not even where everything is asked for.
    for (path, bytes) in
        files.iter().filter(|(path, _)| path.ends_with("log") || path.ends_with("log-in-full"))
    {
        let text = String::from_utf8_lossy(bytes);
        for line in text.lines() {
            let words = ["canary's", "Canary", "://", "X-Amz", "amazonaws", "AKIA", "ASIA", "arn:"];
            let found = words.iter().find(|word| line.contains(**word) && !line.contains("place="));
            assert_eq!(found, None, "{} says: {line}", path.display());
        }
    }
    has("told", &["\"connection\"", "\"credentials-expired\"", "\"code-needed\"", "The canary's report"]);
    assert!(err.contains("attempt to add with overflow"), "nothing panicked: {err}");
    // Signing in inside the program leaves the cache of the AWS CLI as it was.
    let cache = files_of(&home.path().join("home/.aws/sso/cache"));
    assert_eq!(cache.len(), 1, "{:?}", cache.iter().map(|(path, _)| path).collect::<Vec<_>>());
}
