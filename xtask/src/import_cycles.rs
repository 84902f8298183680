//! Import cycles: finds modules of a crate that import each other, which can neither be read nor tested apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::stamp;

/// The top-level modules that each top-level module imports.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// Finds the cycles among the top-level modules of a crate whose sources are in `folder`, each as its modules. What is
/// below a module, such as `a/b.rs`, counts as that module; unit tests do not count, nor do `lib.rs` and `main.rs`.
///
/// # Errors
/// When a source cannot be read.
pub(crate) fn in_crate(folder: &Path) -> Result<Vec<Vec<String>>> {
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    for file in stamp::files_under(folder, &[])? {
        let Ok(inside) = file.strip_prefix(folder) else { continue };
        let Some(first) = inside.components().next().and_then(|part| part.as_os_str().to_str()) else {
            continue;
        };
        let module = first.trim_end_matches(".rs");
        let is_test = inside.file_stem().is_some_and(|stem| stem == "tests");
        if is_test || file.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        if module != "lib" && module != "main" {
            let text =
                fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            sources.entry(module.to_owned()).or_default().push_str(code_of(&text));
        }
    }
    Ok(cycles(&imports(&sources)))
}

/// Returns the source without its unit tests, which are at the end of a file.
pub(crate) fn code_of(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(code, _)| code)
}

fn imports(sources: &BTreeMap<String, String>) -> Imports {
    let imported = |module: &String, text: &String| {
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        let named = code.split("crate::").skip(1).flat_map(first_names);
        let names: BTreeSet<String> =
            named.filter(|name| *name != module && sources.contains_key(*name)).map(str::to_owned).collect();
        (module.clone(), names)
    };
    sources.iter().map(|(module, text)| imported(module, text)).collect()
}

/// Returns the first names of a path after `crate::`: one, or those of a list in braces.
fn first_names(path: &str) -> Vec<&str> {
    let name = |text: &'_ str| -> usize {
        text.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(text.len())
    };
    let Some(list) = path.strip_prefix('{') else { return vec![&path[..name(path)]] };
    let (mut names, mut depth, mut begins) = (Vec::new(), 0_u32, true);
    for (at, sign) in list.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && !sign.is_whitespace() => {
                names.push(&list[at..at + name(&list[at..])]);
                begins = false;
            }
            _ => {}
        }
    }
    names
}

/// Groups the modules that reach each other.
fn cycles(imports: &Imports) -> Vec<Vec<String>> {
    let reach = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&str> = vec![from];
        while let Some(module) = next.pop() {
            for imported in imports.get(module).into_iter().flatten() {
                if seen.insert(imported.clone()) {
                    next.push(imported);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        imports.keys().map(|module| (module, reach(module))).collect();
    let mut found: Vec<Vec<String>> = Vec::new();
    for (module, reaches) in &reached {
        if reaches.contains(*module) && !found.iter().flatten().any(|known| known == *module) {
            let back = |other: &&String| reached.get(*other).is_some_and(|reaches| reaches.contains(*module));
            found.push(reaches.iter().filter(back).cloned().collect());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn modules_that_need_each_other_are_named_and_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("lib.rs", "use crate::a::A;\n"),
            ("a.rs", "use crate::b::B;\n// See crate::free.\n"),
            ("b/mod.rs", "mod inner;\n"),
            ("b/inner.rs", "fn f() -> crate::c::C {}\n"),
            ("c.rs", "use crate::{\n    free::{F, a},\n    a::A,\n};\n"),
            ("free.rs", "use crate::leaf::L;\n\n#[cfg(test)]\nmod tests {\n    use crate::user::U;\n}\n"),
            ("leaf.rs", ""),
            ("user.rs", "use crate::free::F;\n"),
            ("user/tests.rs", "use crate::z::Z;\n"),
        ] {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        assert_eq!(in_crate(folder.path()).unwrap(), [["a", "b", "c"]]);
    }
}
