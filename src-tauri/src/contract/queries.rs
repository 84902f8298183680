//! Which commands are queries, and which changes put their answers out of date, as the declaration says.

#[cfg(test)]
pub(in crate::contract) use tests::{is_stale_after, typescript};

#[cfg(test)]
mod tests {
    use desk_model::Change;
    use serde_json::Value;
    use std::collections::BTreeSet;
    use ts_rs::{Config, TS as _};

    /// A query that a change puts out of date.
    struct StaleQuery {
        query: &'static str,
        /// The change's variant.
        change: &'static str,
        /// Only answers to this argument, where it equals this member of the change.
        only: Option<(&'static str, &'static str)>,
    }

    /// The queries, and each with each change that it is out of date after.
    fn declared() -> (Vec<&'static str>, Vec<StaleQuery>) {
        let (mut queries, mut stale) = (Vec::new(), Vec::new());
        macro_rules! read {
            ($($room:ident :: $name:ident ( $($argument:ident : $type:ty),* ) -> $answer:ty
                $(, stale_on [$($change:ident $(($only:ident == $member:ident))?),*])?;)*) => {$($(
                queries.push(stringify!($name));
                $(
                    // Does not compile where there is no such change, or it has no such member.
                    let _ = |change: &Change| matches!(change, Change::$change { $($member: _,)? .. });
                    stale.push(StaleQuery {
                        query: stringify!($name),
                        change: stringify!($change),
                        only: None$(.or(Some((stringify!($only), stringify!($member)))))?,
                    });
                )*
            )?)*};
        }
        with_commands!(read);
        (queries, stale)
    }

    /// A variant as it crosses.
    fn kebab(variant: &str) -> String {
        let mut name = String::new();
        for letter in variant.chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }

    /// Every variant of `Change`, as it crosses.
    fn changes() -> BTreeSet<String> {
        let declared = Change::decl(&Config::new());
        let tags = declared.split(r#""what": ""#).skip(1);
        tags.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }

    /// The queries as TypeScript.
    pub(in crate::contract) fn typescript() -> String {
        let (queries, stale) = declared();
        let names: Vec<String> = queries.iter().map(|name| format!("\"{name}\"")).collect();
        let mut lists = String::new();
        for change in changes() {
            let of_it = stale.iter().filter(|stale| kebab(stale.change) == change);
            let entries: Vec<String> = of_it
                .map(|StaleQuery { query, only, .. }| match only {
                    Some((argument, member)) => {
                        format!("{{ query: \"{query}\", argument: \"{argument}\", member: \"{member}\" }}")
                    }
                    None => format!("{{ query: \"{query}\" }}"),
                })
                .collect();
            lists += &format!("  \"{change}\": [\n    {},\n  ],\n", entries.join(",\n    "));
        }
        format!(
            "/** The commands whose answers are kept until a change puts them out of date. */\n\
             export type Query = {};\n\n\
             /** A query that a change puts out of date: all answers, or those to `argument` where it is the change's `member`. */\n\
             export type StaleQuery = {{\n  [Q in Query]: {{ query: Q; argument?: keyof Commands[Q][\"args\"]; member?: string }};\n}}[Query];\n\n\
             /** What each change puts out of date. */\n\
             export const STALE: {{ readonly [What in Change[\"what\"]]: readonly StaleQuery[] }} = {{\n{lists}}};\n",
            names.join(" | ")
        )
    }

    /// Whether the declaration says that `change` puts the answer of the query to `arguments` out of date.
    pub(in crate::contract) fn is_stale_after(query: &str, arguments: &Value, change: &Change) -> bool {
        let change = serde_json::to_value(change).expect("a change is JSON");
        declared().1.iter().any(|stale| {
            stale.query == query
                && change["what"] == kebab(stale.change)
                && stale.only.is_none_or(|(argument, member)| arguments[argument] == change[member])
        })
    }

    #[test]
    fn every_change_puts_something_out_of_date() {
        let named: BTreeSet<String> = declared().1.iter().map(|stale| kebab(stale.change)).collect();
        assert!(changes().len() >= 8, "{:?}", changes());
        assert_eq!(named, changes());
    }
}
