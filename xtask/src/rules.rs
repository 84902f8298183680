//! House rules that no linter checks: dependencies between layers, names of public types, import cycles, the length of
//! files, what is logged, and where code may depend on the operating system.
//!
//! docs/ARCHITECTURE.md gives the reasons.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::process::{self, cargo};
use crate::{import_cycles, layers, metadata, public_types, rooms, stamp, tables, workspace};

/// Maximum lines of a file. A generated file, which says so in its first line, may be longer.
const MAX_LINES: usize = 500;
const GENERATED_MARK: &str = "Do not edit";

/// A word that may be used in one folder only.
struct RestrictedWord {
    word: &'static str,
    within: &'static str,
    allowed: &'static str,
    extensions: &'static [&'static str],
}

const RESTRICTED_WORDS: [RestrictedWord; 1] = [RestrictedWord {
    word: "@tauri-apps/",
    within: "ui/src",
    allowed: "ui/src/platform",
    extensions: &["ts", "tsx"],
}];

/// The folders whose tracing events go into the program's log.
const LOGGED_FOLDERS: [&str; 7] = [
    "crates/desk-model/src",
    "crates/desk-store/src",
    "crates/desk-vault/src",
    "crates/desk-network/src",
    "crates/desk-aws/src",
    "crates/desk-core/src",
    "src-tauri/src",
];
/// The source with the list of the fields that the log keeps.
const LOG_FIELDS: &str = "crates/desk-core/src/log/line.rs";

/// Crates whose modules must not import each other in a cycle.
const ACYCLIC_CRATES: [&str; 1] = ["crates/support-sim/src"];

/// Checks all rules and reports every breach.
///
/// # Errors
/// When a rule is broken, or cargo cannot list the dependencies.
pub(crate) fn check() -> Result<()> {
    eprintln!("\n$ house rules");
    let mut breaches = Vec::new();
    // The SDK's own HTTP client would make connections that know nothing of proxies and certificates.
    let core = &["tauri", "wry", "tao", "support-sim", "aws-smithy-http-client"][..];
    for (package, refused) in [("desk-core", core), ("support-sim", &["tauri", "desk-core"])] {
        let tree = process::output(&mut cargo([
            "tree",
            "--package",
            package,
            "--edges",
            "normal,build",
            "--target",
            "all",
            "--prefix",
            "none",
        ]))?;
        breaches.extend(dependencies_in(&tree, refused).map(|name| format!("{package} depends on {name}")));
    }
    breaches.extend(layers::breaches(&metadata::packages()?));
    breaches.extend(public_types::breaches()?);
    breaches.extend(sources()?);
    breaches.extend(import_cycles_in_crates()?);
    breaches.extend(rooms::upward_imports()?);
    breaches.extend(tables::foreign_queries()?);
    if !breaches.is_empty() {
        bail!("the rules of docs/ARCHITECTURE.md are broken:\n  {}", breaches.join("\n  "));
    }
    Ok(())
}

fn import_cycles_in_crates() -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for folder in ACYCLIC_CRATES {
        let found = import_cycles::in_crate(&workspace::root().join(folder))?;
        breaches
            .extend(found.iter().map(|cycle| format!("{folder}: {} import each other", cycle.join(", "))));
    }
    Ok(breaches)
}

/// Finds refused packages, or parts of them (`tauri-utils`), in the output of `cargo tree` without prefixes.
fn dependencies_in<'a>(tree: &'a str, refused: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let mut names: Vec<&str> = tree.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter(|name| {
        refused
            .iter()
            .any(|no| name.strip_prefix(no).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    })
}

fn sources() -> Result<Vec<String>> {
    let root = workspace::root();
    let line = fs::read_to_string(root.join(LOG_FIELDS)).context("the fields of the log are not listed")?;
    let fields = log_fields(&line)?;
    let mut breaches = Vec::new();
    for folder in ["crates", "src-tauri", "tests", "xtask", "ui/src"] {
        if !root.join(folder).exists() {
            continue;
        }
        for file in stamp::files_under(&root.join(folder), &["node_modules"])? {
            let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let Some(extension) = name.rsplit_once('.').map(|(_, extension)| extension) else { continue };
            if !matches!(extension, "rs" | "ts" | "tsx") {
                continue;
            }
            let text = fs::read_to_string(&file)?;
            breaches.extend(breaches_in(&name, extension, &text));
            if extension == "rs" && is_logged(&name) {
                breaches.extend(unlisted_fields_in(&text, &fields).map(|(line, field)| {
                    format!("{name}:{line} logs the field {field}, which the log drops; {LOG_FIELDS} lists those that it keeps")
                }));
            }
        }
    }
    Ok(breaches)
}

fn breaches_in(name: &str, extension: &str, text: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    let lines = text.lines().count();
    let is_generated = text.lines().next().is_some_and(|line| line.contains(GENERATED_MARK));
    if lines > MAX_LINES && !is_generated {
        breaches.push(format!("{name} has {lines} lines, {MAX_LINES} are the limit"));
    }
    let under = |folder: &str| is_under(name, folder);
    for RestrictedWord { word, within, allowed, extensions } in &RESTRICTED_WORDS {
        if extensions.contains(&extension) && under(within) && !under(allowed) && text.contains(word) {
            breaches.push(format!("{name} names {word}, which is for {allowed} alone"));
        }
    }
    if extension == "rs" && is_logged(name) {
        breaches.extend(interpolated_in(text).map(|line| {
            format!("{name}:{line} logs a message with values in it; log a code in a field of its own")
        }));
    }
    if extension == "rs" && name.contains("/src/") {
        breaches.extend(system_conditions_in(text).map(|line| {
            format!(
                "{name}:{line} asks for the system in the flow; give each system a file (`cfg_attr` with `path`)"
            )
        }));
    }
    breaches
}

fn is_under(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn is_logged(name: &str) -> bool {
    LOGGED_FOLDERS.iter().any(|folder| is_under(name, folder))
}

/// Finds the tracing events in a source: line number and macro arguments of each. Those of unit tests do not count.
fn events_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.match_indices("tracing::").filter_map(move |(at, _)| {
        let (level, call) = text[at + "tracing::".len()..].split_once("!(")?;
        let is_event = ["trace", "debug", "info", "warn", "error"].contains(&level);
        is_event.then(|| (text[..at].lines().count(), call.split(");").next().unwrap_or_default()))
    })
}

/// Finds the lines of events with an interpolated message: such values are text of users, of AWS or of the system, and
/// contain addresses and names.
fn interpolated_in(text: &str) -> impl Iterator<Item = usize> {
    // Every second part of a call stands in quotes.
    let is_interpolated =
        |call: &str| call.split('"').skip(1).step_by(2).any(|literal| literal.contains('{'));
    events_in(text).filter(move |(_, call)| is_interpolated(call)).map(|(line, _)| line)
}

/// Parses the list `FIELDS` in the source of the log's formatter.
fn log_fields(source: &str) -> Result<Vec<&str>> {
    let list =
        source.split_once("const FIELDS: ").and_then(|(_, rest)| rest.split_once(" = [")?.1.split_once("];"));
    let (list, _) = list.with_context(|| format!("{LOG_FIELDS} has no FIELDS"))?;
    Ok(list.split('"').skip(1).step_by(2).collect())
}

/// Finds the fields of events that are not in `kept`, with the line number of the event.
fn unlisted_fields_in<'a>(text: &'a str, kept: &[&str]) -> impl Iterator<Item = (usize, &'a str)> {
    let fields =
        events_in(text).flat_map(|(line, call)| fields_of(call).into_iter().map(move |field| (line, field)));
    fields.filter(|(_, field)| !kept.contains(field))
}

/// Returns the names of the fields in the arguments of an event's macro: `code = ?error.code, account, "message"`.
fn fields_of(call: &str) -> Vec<&str> {
    let (mut arguments, mut begin, mut depth, mut quoted) = (Vec::new(), 0, 0_i32, false);
    for (at, sign) in call.char_indices() {
        match sign {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(&call[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    arguments.push(&call[begin..]);
    arguments
        .into_iter()
        .map(|argument| argument.trim().trim_start_matches(['?', '%']))
        .filter(|argument| argument.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|argument| {
            argument.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').next()
        })
        .collect()
}

/// Finds the lines with a condition on the operating system, except those that select a module's file, concern a test,
/// or set the Windows subsystem.
fn system_conditions_in(text: &str) -> impl Iterator<Item = usize> {
    let asks = |line: &str| {
        ["cfg(", "cfg!(", "cfg_attr("].iter().any(|cfg| line.contains(cfg))
            && ["windows", "unix", "target_os", "target_family"].iter().any(|system| line.contains(system))
    };
    let may = |line: &str| {
        line.trim_start().starts_with("//")
            || ["path = ", "test", "windows_subsystem"].iter().any(|reason| line.contains(reason))
    };
    text.lines().enumerate().filter(move |(_, line)| asks(line) && !may(line)).map(|(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modules_of_the_emulator_do_not_import_each_other_in_a_circle() {
        assert_eq!(import_cycles_in_crates().expect("the sources can be read"), Vec::<String>::new());
    }

    #[test]
    fn the_system_is_not_asked_for_in_the_flow() {
        let inline = |system: &str| {
            format!("fn f() {{\n    #[cfg({system})]\n    g();\n    if cfg!({system}) {{}}\n}}\n")
        };
        let inline = &inline("target_os = \"macos\"");
        assert_eq!(system_conditions_in(inline).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(breaches_in("src-tauri/src/a.rs", "rs", inline).len(), 2);
        assert!(breaches_in("tests/a.rs", "rs", "#![cfg(target_os = \"linux\")]").is_empty());
        let a_file_each = "#[cfg_attr(windows, path = \"a_windows.rs\")]\nmod a;\n#[cfg(all(test, unix))]\n";
        assert!(system_conditions_in(a_file_each).next().is_none());
        let console = "#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = \"windows\")]";
        assert!(system_conditions_in(console).next().is_none());
    }

    #[test]
    fn a_message_of_the_log_has_no_values_in_it() {
        let refused = "fn f() {\n    tracing::warn!(\"it failed: {error}\");\n    tracing::info!(\n        code,\n        \"and {}\", it\n    );\n}\n";
        assert_eq!(interpolated_in(refused).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(breaches_in("src-tauri/src/a.rs", "rs", refused).len(), 2);
        assert!(breaches_in("xtask/src/a.rs", "rs", refused).is_empty());
        let allowed = "fn f() { tracing::warn!(code = ?problem.code, \"it failed\"); format!(\"{x}\"); }";
        assert_eq!(interpolated_in(allowed).count(), 0);
    }

    #[test]
    fn a_field_that_the_log_drops_is_refused() {
        let kept =
            log_fields("pub(super) const FIELDS: [&str; 2] = [\n    \"account\",\n    \"code\",\n];\n")
                .unwrap();
        assert_eq!(kept, ["account", "code"]);
        let text = "fn f() {\n    tracing::warn!(code = ?a.code(b, c), %account, \"it failed, alas\");\n    tracing::error!(\n        what,\n        \"panicked\"\n    );\n}\n";
        assert_eq!(unlisted_fields_in(text, &kept).collect::<Vec<_>>(), [(3, "what")]);
        assert!(log_fields("nothing").is_err());
    }

    #[test]
    fn a_refused_package_is_found_with_its_parts() {
        let tree = "desk-core v0.1.0\nserde v1.0.0\ntauri-utils v2.0.0\ntaurine v1.0.0\ntauri v2.0.0 (*)\n";
        assert_eq!(dependencies_in(tree, &["tauri"]).collect::<Vec<_>>(), ["tauri", "tauri-utils"]);
    }

    #[test]
    fn a_word_is_refused_outside_its_folder() {
        let text = "import { invoke } from '@tauri-apps/api/core';";
        assert_eq!(breaches_in("ui/src/screens/list.tsx", "tsx", text).len(), 1);
        assert!(breaches_in("ui/src/platform/tauri.ts", "ts", text).is_empty());
        assert!(breaches_in("tests/demo.rs", "rs", text).is_empty());
    }

    #[test]
    fn a_long_file_is_refused() {
        assert!(breaches_in("xtask/src/a.rs", "rs", &"\n".repeat(500)).is_empty());
        assert_eq!(breaches_in("xtask/src/a.rs", "rs", &"\n".repeat(501)).len(), 1);
        let written = format!("// Written by a program. Do not edit.{}", "\n".repeat(501));
        assert!(breaches_in("ui/src/a.ts", "ts", &written).is_empty());
    }
}
