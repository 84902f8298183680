//! Names of public types: each may be used once in the product's crates, so that it means one thing everywhere.
//!
//! Every `pub` type counts, since the lint `unreachable_pub` refuses one that cannot be used from outside of its crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::{layers, stamp, workspace};

/// The keywords that declare a type.
const KEYWORDS: [&str; 5] = ["struct ", "enum ", "trait ", "union ", "type "];
/// The ends of file names of which only one is compiled for each system, so that they declare the same types.
const SYSTEMS: [&str; 4] = ["_unix", "_windows", "_linux", "_macos"];

/// The names of public types, each with the files that declare it.
type Declarations = BTreeMap<String, BTreeSet<String>>;

/// Describes every name that more than one public type of the product's crates has.
///
/// # Errors
/// When a source cannot be read.
pub(crate) fn breaches() -> Result<Vec<String>> {
    let mut declarations = Declarations::new();
    for layer in layers::LAYERS {
        let folder = workspace::root().join("crates").join(layer).join("src");
        collect(&folder, &format!("crates/{layer}/src"), &mut declarations)?;
    }
    Ok(duplicates(&declarations))
}

/// Adds the public types of the sources in `folder`, which is called `name` in messages.
fn collect(folder: &Path, name: &str, declarations: &mut Declarations) -> Result<()> {
    for file in stamp::files_under(folder, &[])? {
        let inside = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let Some(module) = inside.strip_suffix(".rs") else { continue };
        // Unit tests have files of their own in places.
        if module.rsplit('/').next() == Some("tests") {
            continue;
        }
        let module = SYSTEMS.iter().find_map(|system| module.strip_suffix(system)).unwrap_or(module);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        for declared in declared_in(&text) {
            declarations.entry(declared.to_owned()).or_default().insert(format!("{name}/{module}.rs"));
        }
    }
    Ok(())
}

/// The names of the types that a source declares as `pub`, without its unit tests, which stand at its end.
fn declared_in(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().filter_map(|line| {
        let item = line.trim_start().strip_prefix("pub ")?;
        let item = item.strip_prefix("unsafe ").unwrap_or(item);
        let rest = KEYWORDS.iter().find_map(|keyword| item.strip_prefix(keyword))?;
        let end = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

fn duplicates(declarations: &Declarations) -> Vec<String> {
    declarations
        .iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|(name, files)| {
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            format!("{} each declare a public type {name}; rename all but one", files.join(" and "))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_two_public_types_of_the_product_have_one_name() {
        assert_eq!(breaches().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_name_that_two_crates_declare_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("one/lib.rs", "mod inner;\npub use inner::Endpoint;\n"),
            ("one/inner.rs", "pub struct Endpoint<T>(T);\npub(crate) struct Hidden;\nstruct Private;\n"),
            ("two/lib.rs", "pub enum Endpoint {}\npub struct Hidden;\npub struct Private;\n"),
            ("two/file_unix.rs", "pub struct File;\n"),
            ("two/file_windows.rs", "pub struct File;\n"),
            ("two/tested.rs", "pub trait Tested {}\n\n#[cfg(test)]\nmod tests {\n    pub struct File;\n}\n"),
            ("two/tested/tests.rs", "pub struct Tested;\n"),
        ] {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let mut declarations = Declarations::new();
        for name in ["one", "two"] {
            collect(&folder.path().join(name), name, &mut declarations).unwrap();
        }
        assert_eq!(
            duplicates(&declarations),
            ["one/inner.rs and two/lib.rs each declare a public type Endpoint; rename all but one"]
        );
    }

    #[test]
    fn declarations_are_recognised_by_their_keyword() {
        let text = "pub struct A;\n    pub enum B<'a> {\npub trait C: Send {\npub unsafe trait D {}\npub type E = u8;\n\
            pub fn struct_of() {}\npub use f::F;\npub mod g;\n// pub struct H;\n";
        assert_eq!(declared_in(text).collect::<Vec<_>>(), ["A", "B", "C", "D", "E"]);
    }
}
