//! Writes the contract as TypeScript: `ui/src/platform/contract.ts`, committed and held against the code by a
//! test.

#[cfg(test)]
mod tests {
    #![allow(clippy::wildcard_imports, reason = "the declaration names types of every room")]

    use crate::contract::*;
    use desk_core::{
        account::*, attachment::*, case::*, delivery::*, desk::*, log::crash::*, report::*, settings::*,
        suggest::*, sync::*,
    };
    use desk_model::{AccountId, CaseKey, Field, Problem, Secret};
    use desk_network::*;
    use std::{any::TypeId, collections::BTreeMap, collections::HashSet, path::Path};
    use ts_rs::{Config, TS, TypeVisitor};

    /// The declarations of every type that a root type needs, by name.
    struct Declarations {
        config: Config,
        seen: HashSet<TypeId>,
        declared: BTreeMap<String, String>,
    }

    impl TypeVisitor for Declarations {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            if !self.seen.insert(TypeId::of::<T>()) {
                return;
            }
            // Types of the language itself and of the standard library have no file and no declaration.
            if T::output_path().is_some() {
                let docs = T::docs().unwrap_or_default();
                self.declared
                    .insert(T::ident(&self.config), format!("{docs}export {}\n", T::decl(&self.config)));
            }
            T::visit_dependencies(self);
            T::visit_generics(self);
        }
    }

    /// Whole numbers cross as JSON numbers; all of ours stay below 2^53.
    fn numbers() -> Config {
        Config::new().with_large_int("number")
    }

    fn camel(name: &str) -> String {
        let mut parts = name.split('_');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| {
            let (head, tail) = part.split_at(1);
            all + &head.to_uppercase() + tail
        })
    }

    /// The types of the rules (`rules.rs`).
    fn visit_rules(declarations: &mut Declarations) {
        declarations.visit::<Field>();
        declarations.visit::<ReportStep>();
        declarations.visit::<KindOfProblem>();
        declarations.visit::<PriorityWords>();
        declarations.visit::<ServiceWords>();
        declarations.visit::<ContactWords>();
        declarations.visit::<StatusWords>();
        declarations.visit::<PartitionWords>();
        declarations.visit::<Region>();
        declarations.visit::<Purpose>();
    }

    fn contract() -> String {
        let config = numbers();
        let mut declarations =
            Declarations { config: numbers(), seen: HashSet::new(), declared: BTreeMap::new() };
        let mut commands = String::new();
        macro_rules! describe {
            ($($room:ident :: $name:ident ( $($argument:ident : $type:ty),* ) -> $answer:ty $(, stale_on [$($stale:tt)*])?;)*) => {$(
                {
                    $(declarations.visit::<$type>();)*
                    declarations.visit::<$answer>();
                    let arguments: Vec<String> =
                        vec![$(format!("{}: {}", camel(stringify!($argument)), <$type as TS>::name(&config))),*];
                    let arguments =
                        if arguments.is_empty() { "Record<string, never>".to_owned() } else { format!("{{ {} }}", arguments.join("; ")) };
                    let answer = <$answer as TS>::name(&config);
                    commands += &format!("  {}: {{ args: {arguments}; answer: {answer} }};\n", stringify!($name));
                }
            )*};
        }
        with_commands!(describe);
        declarations.visit::<Problem>();
        declarations.visit::<ShellEvent>();
        visit_rules(&mut declarations);
        let types: String = declarations.declared.into_values().collect::<Vec<_>>().join("\n");
        format!(
            "// Written from the Rust declaration by `cargo xtask types`. Do not edit.\n\n{types}\n\
             /** Every command of the shell, with what it takes and what it answers. */\n\
             export interface Commands {{\n{commands}}}\n"
        )
    }

    #[test]
    fn the_committed_typescript_is_what_the_declaration_says() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/platform/contract.ts");
        let now = contract();
        if std::env::var_os("ECO_DESK_WRITE_TYPES").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, now).unwrap();
            return;
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(committed == now, "ui/src/platform/contract.ts is stale: run `cargo xtask types`");
    }

    #[test]
    fn snake_names_become_camel() {
        assert_eq!(camel("category_code"), "categoryCode");
        assert_eq!(camel("draft"), "draft");
    }
}
