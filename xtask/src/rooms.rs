//! The order of desk-core's rooms: each may import those below it, and what is no room lies below them all.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::{import_cycles, stamp, workspace};

/// Where the rooms are.
const SOURCES: &str = "crates/desk-core/src";

/// The rooms, from the lowest to the highest.
const ORDER: [&str; 13] = [
    "settings",
    "catalogue",
    "account",
    "mirror",
    "draft",
    "attachment",
    "delivery",
    "report",
    "case",
    "suggest",
    "notify",
    "sync",
    "desk",
];

/// An import, by the module that it is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Import {
    module: String,
    /// What is imported: a room, or a room and one of its items.
    item: String,
    /// `file:line`.
    place: String,
}

/// The imports of desk-core that go up in the order.
///
/// # Errors
/// When a source cannot be read.
pub(crate) fn upward_imports() -> Result<Vec<String>> {
    breaches(&workspace::root().join(SOURCES), &ORDER)
}

fn breaches(folder: &Path, order: &[&str]) -> Result<Vec<String>> {
    let (modules, imports) = read(folder)?;
    let height = |module: &str| order.iter().position(|room| *room == module);
    let mut breaches: Vec<String> = order
        .iter()
        .filter(|room| !modules.contains(**room))
        .map(|room| format!("{room} is in the order of rooms and is not there"))
        .collect();
    for Import { module, item, place } in imports {
        let Some(to) = height(item.split("::").next().unwrap_or_default()) else { continue };
        if height(&module).is_some_and(|from| to <= from) {
            continue;
        }
        breaches.push(format!("{place}: {module} imports {item}, which lies above it"));
    }
    Ok(breaches)
}

/// The top-level modules of the crate in `folder`, and all imports across them. Unit tests do not count.
fn read(folder: &Path) -> Result<(BTreeSet<String>, Vec<Import>)> {
    let mut sources = Vec::new();
    for file in stamp::files_under(folder, &[])? {
        let inside = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let Some(path) = inside.strip_suffix(".rs") else { continue };
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        sources.push((module, inside, without_comments(import_cycles::code_of(&text))));
    }
    let is_root = |module: &[String]| matches!(module, [root] if root == "lib" || root == "main");
    let modules: BTreeSet<String> = sources
        .iter()
        .filter(|(module, ..)| !is_root(module))
        .map(|(module, ..)| module[0].clone())
        .collect();
    // What the crate's root gives on, by its name there.
    let given_on: Vec<(String, String)> = sources
        .iter()
        .filter(|(module, ..)| is_root(module))
        .flat_map(|(_, _, text)| re_exports(text, &modules))
        .collect();
    let mut imports = Vec::new();
    for (module, inside, text) in &sources {
        if is_root(module) || module.iter().any(|part| part == "tests") {
            continue;
        }
        for (at, path) in paths(text, module.len()) {
            let item = match given_on.iter().find(|(name, _)| *name == path[0]) {
                Some((_, item)) if !modules.contains(&path[0]) => item.clone(),
                Some(_) | None => path.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("::"),
            };
            let line = text[..at].matches('\n').count() + 1;
            imports.push(Import {
                module: module[0].clone(),
                item,
                place: format!("{SOURCES}/{inside}:{line}"),
            });
        }
    }
    imports.sort();
    imports.dedup();
    Ok((modules, imports))
}

/// The source with its comment lines empty, so that the numbers of the others stay.
fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The names that the crate's root gives on from its modules, each with its item.
fn re_exports(root: &str, modules: &BTreeSet<String>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in root.match_indices("pub use ") {
        let begin = at + "pub use ".len();
        for (_, path, name) in tree(root, begin) {
            if modules.contains(&path[0]) {
                found.push((name, path.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("::")));
            }
        }
    }
    found
}

/// The paths from the crate's root that a module `depth` levels below it names, each with its place in the text.
fn paths(text: &str, depth: usize) -> Vec<(usize, Vec<String>)> {
    let up = "super::".repeat(depth);
    let mut found = Vec::new();
    for start in ["crate::", up.as_str()] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back();
            // Of `super::super::` the first one counts.
            if !before.is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, '_' | ':')) {
                found.extend(tree(text, at + start.len()).into_iter().map(|(at, path, _)| (at, path)));
            }
        }
    }
    found
}

/// The leaves of a path or of a tree of them that begins at `at`: the place of each, its path, and the name that it gets.
fn tree(text: &str, at: usize) -> Vec<(usize, Vec<String>, String)> {
    let mut leaves = Vec::new();
    branch(text, at, &[], &mut leaves);
    leaves
}

/// Reads one branch, behind `prefix`; answers where it ends.
fn branch(
    text: &str,
    mut at: usize,
    prefix: &[String],
    leaves: &mut Vec<(usize, Vec<String>, String)>,
) -> usize {
    let mut path = prefix.to_vec();
    let begin = at;
    loop {
        if text[at..].starts_with('{') {
            at += 1;
            loop {
                at += text[at..].len() - text[at..].trim_start_matches([',', ' ', '\n', '\t']).len();
                if at >= text.len() {
                    return at;
                }
                if text[at..].starts_with('}') {
                    return at + 1;
                }
                let end = branch(text, at, &path, leaves);
                // What is no tree is not read on.
                if end == at {
                    return text.len();
                }
                at = end;
            }
        }
        let name = name_at(&text[at..]);
        if name.is_empty() && !text[at..].starts_with('*') {
            break;
        }
        let name = if name.is_empty() { "*" } else { name };
        at += name.len();
        if name != "self" {
            path.push(name.to_owned());
        }
        match text[at..].strip_prefix("::") {
            Some(_) => at += 2,
            None => break,
        }
    }
    let mut called = path.last().cloned().unwrap_or_default();
    if let Some(rest) = text[at..].strip_prefix(" as ") {
        let name = name_at(rest);
        called = name.to_owned();
        at += " as ".len() + name.len();
    }
    if !path.is_empty() && at > begin {
        leaves.push((begin, path, called));
    }
    at
}

fn name_at(text: &str) -> &str {
    let end = text.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ORDER: [&str; 3] = ["low", "middle", "high"];

    fn crate_of(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let rooms = [("low/mod.rs", ""), ("middle/mod.rs", ""), ("high.rs", ""), ("base.rs", "")];
        for (file, text) in rooms.iter().chain(files) {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        folder
    }

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        breaches(crate_of(files).path(), &ORDER).unwrap()
    }

    #[test]
    fn the_rooms_of_the_core_import_nothing_above_them() {
        assert_eq!(upward_imports().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn imports_go_down() {
        let downward = "use crate::{base::B, low::{self, L}, middle::M};\nfn f() -> crate::high::H {}\n";
        assert_eq!(told(&[("high.rs", downward)]), Vec::<String>::new());
    }

    #[test]
    fn an_import_that_goes_up_is_told_with_its_line() {
        let told_of = |file: &str, text: &str| told(&[(file, text)]);
        let place = |file: &str, line: u32| format!("{SOURCES}/{file}:{line}");
        for (file, text, line, item) in [
            ("low/mod.rs", "// crate::high is above.\nuse crate::high::H;\n", 2, "high::H"),
            ("low/deep/er.rs", "use crate::{\n    base::B,\n    high::{a::A, H},\n};\n", 3, "high::a"),
            ("low/mod.rs", "fn f() {\n    crate::high::go();\n}\n", 2, "high::go"),
            ("low/inner.rs", "use super::super::high::{self as h};\n", 1, "high"),
            ("low/mod.rs", "use super::high::*;\n", 1, "high::*"),
        ] {
            let told = told_of(file, text);
            let expected = format!("{}: low imports {item}, which lies above it", place(file, line));
            assert!(told.contains(&expected), "{expected}: {told:?}");
        }
        let nested = told_of(
            "middle/mod.rs",
            "use crate::{\n    low::{\n        a::{self, A},\n        B,\n    },\n    high::{\n        H,\n        I as J,\n    },\n};\n",
        );
        let lines = [7, 8].map(|line| place("middle/mod.rs", line));
        assert_eq!(nested.len(), 2, "{nested:?}");
        assert!(lines.iter().zip(&nested).all(|(line, told)| told.starts_with(line.as_str())), "{nested:?}");
    }

    #[test]
    fn what_the_root_gives_on_is_of_the_room_that_it_comes_from() {
        let files =
            [("lib.rs", "pub use high::{Hidden as Shown, H};\n"), ("low/mod.rs", "use crate::Shown;\n")];
        assert_eq!(told(&files).len(), 1);
    }

    #[test]
    fn what_is_no_room_lies_below_all() {
        assert_eq!(told(&[("base.rs", "use crate::low::L;\n")]).len(), 1);
    }

    #[test]
    fn tests_may_look_up() {
        let files = [
            ("low/tests.rs", "use crate::high::H;\n"),
            ("middle/mod.rs", "#[cfg(test)]\nmod tests {\n    use crate::high::H;\n}\n"),
        ];
        assert_eq!(told(&files), Vec::<String>::new());
    }

    #[test]
    fn a_room_of_the_order_is_there() {
        let folder = crate_of(&[]);
        assert_eq!(breaches(folder.path(), &["low", "gone"]).unwrap().len(), 1);
    }
}
