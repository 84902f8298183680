//! The workflows of the hosted runners, which nothing here runs: so they are at least linted.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup;
use crate::workspace;

/// Lints each file in .github/workflows, with its shell scripts where ShellCheck is installed, and refuses actions that
/// are not pinned by the hash of a commit: a tag can be moved to other code.
///
/// # Errors
/// When the linter finds something or cannot be installed, or an action is not pinned.
pub(crate) fn check() -> Result<()> {
    let files = files()?;
    let mut breaches = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        breaches.extend(unpinned_in(&text).map(|action| format!("{name}: {action}")));
    }
    if !breaches.is_empty() {
        bail!("actions are not pinned by the hash of a commit:\n  {}", breaches.join("\n  "));
    }
    process::run(process::program(setup::actionlint()?).args(&files))
}

fn files() -> Result<Vec<PathBuf>> {
    let folder = workspace::root().join(".github/workflows");
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}

/// The actions of others that are named by a tag or a branch.
fn unpinned_in(text: &str) -> impl Iterator<Item = &str> {
    let used = text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses:"));
    used.filter_map(|action| action.split_whitespace().next()).filter(|action| {
        let is_hash = |hash: &str| hash.len() == 40 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        // What is in this repository is what was checked out.
        !action.starts_with("./") && !action.split_once('@').is_some_and(|(_, version)| is_hash(version))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn workflow(name: &str) -> String {
        fs::read_to_string(workspace::root().join(".github/workflows").join(name)).unwrap()
    }

    #[test]
    fn an_action_that_is_named_by_a_tag_is_refused() {
        let hash = "0123456789abcdef0123456789abcdef01234567";
        let text = format!(
            "      - uses: a/pinned@{hash} # v1.2.3\n      - uses: a/tagged@v1\n        uses: a/branch@main\n\
             \x20       uses: a/short@0123456\n        uses: ./.github/workflows/own.yml\n        uses: a/bare\n"
        );
        assert_eq!(
            unpinned_in(&text).collect::<Vec<_>>(),
            ["a/tagged@v1", "a/branch@main", "a/short@0123456", "a/bare"]
        );
    }

    #[test]
    fn a_tag_builds_signed_installers_or_none() {
        let release = workflow("release.yml");
        assert!(release.contains("    with:\n      signed: ${{ github.ref_type == 'tag' }}\n"));
        let bundle = workflow("bundle.yml");
        let builds: Vec<_> = bundle.lines().filter(|line| line.contains("cargo xtask bundle")).collect();
        assert_eq!(builds.len(), 3, "one for each system");
        for build in builds {
            assert!(build.ends_with(" ${{ inputs.signed && '--signed' || '' }}"), "{build}");
        }
    }

    /// The script of a step, as the runner gets it.
    #[cfg(all(test, unix))]
    fn script_of(workflow: &str, step: &str) -> String {
        let (_, rest) = workflow.split_once(&format!("- name: {step}\n")).unwrap();
        let (_, script) = rest.split_once("run: |\n").unwrap();
        let indent = script.len() - script.trim_start().len();
        script
            .lines()
            .take_while(|line| line.len() - line.trim_start().len() >= indent)
            .map(|line| format!("{}\n", &line[indent..]))
            .collect()
    }

    // The runners of macOS have this shell; on Windows `bash` may be that of another system.
    #[cfg(all(test, unix))]
    #[test]
    fn without_a_key_of_apple_a_release_stops_and_other_builds_go_on() {
        let script = script_of(&workflow("bundle.yml"), "Notarisation key");
        let folder = tempfile::tempdir().unwrap();
        let run = |signed: &str, key: &str| {
            let mut bash = std::process::Command::new("bash");
            bash.args(["-e", "-c", &script]).env("SIGNED", signed).env("KEY", key);
            bash.env("RUNNER_TEMP", folder.path()).env("GITHUB_ENV", folder.path().join("env"));
            let done = bash.output().unwrap();
            (done.status.code(), String::from_utf8(done.stdout).unwrap())
        };
        let (code, said) = run("true", "");
        assert!(code == Some(1) && said.starts_with("::error::No key of Apple"), "{code:?} {said}");
        let (code, said) = run("false", "");
        assert!(code == Some(0) && said.starts_with("::notice::No key of Apple"), "{code:?} {said}");
        let (code, said) = run("true", "a2V5");
        assert_eq!((code, said.as_str()), (Some(0), ""));
        assert_eq!(fs::read_to_string(folder.path().join("notarisation.p8")).unwrap(), "key");
    }
}
