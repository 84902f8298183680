//! Writes the core's rules as TypeScript: `ui/src/platform/rules.ts`, committed and held against the code by a test.

#[cfg(test)]
mod tests {
    use crate::contract::queries;
    use desk_core::{account, attachment, case, delivery, report, settings};
    use serde::Serialize;
    use std::{collections::BTreeSet, path::Path};
    use ts_rs::{Config, TS};

    /// The TypeScript that is written.
    #[derive(Default)]
    struct Rules {
        /// The types of the contract that it names.
        types: BTreeSet<String>,
        text: String,
    }

    impl Rules {
        fn constant(&mut self, docs: &str, name: &str, value: &impl Serialize) {
            let value = serde_json::to_string_pretty(value).expect("rules are JSON");
            self.text += &format!("\n/** {docs} */\nexport const {name} = {value} as const;\n");
        }

        fn list<T: TS + Serialize>(&mut self, docs: &str, name: &str, values: &[T]) {
            let values = serde_json::to_string_pretty(values).expect("rules are JSON");
            let of = T::name(&Config::new());
            self.text += &format!("\n/** {docs} */\nexport const {name}: readonly {of}[] = {values};\n");
            if T::output_path().is_some() {
                self.types.insert(of);
            }
        }
    }

    /// What forms show and count towards; the core keeps all of it.
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Limits {
        subject: usize,
        body: usize,
        reply: usize,
        contacts: usize,
        files: usize,
        file_bytes: u64,
        comment: usize,
        reopen_days: i64,
        account_name: usize,
        least_poll_seconds: u32,
        most_poll_seconds: u32,
        clock_noticed_seconds: u32,
        clock_refused_seconds: u32,
    }

    fn limits() -> Limits {
        Limits {
            subject: report::MAX_SUBJECT,
            body: report::MAX_BODY,
            reply: report::MAX_BODY - report::added_to_reply(),
            contacts: report::MAX_CC,
            files: attachment::MAX_FILES,
            file_bytes: attachment::MAX_FILE_BYTES,
            comment: delivery::Rating::MAX_COMMENT,
            reopen_days: case::REOPEN_DAYS,
            account_name: account::MAX_NAME,
            least_poll_seconds: *settings::POLL_SECONDS.start(),
            most_poll_seconds: *settings::POLL_SECONDS.end(),
            clock_noticed_seconds: account::CLOCK_NOTICED,
            clock_refused_seconds: account::CLOCK_REFUSED,
        }
    }

    fn rules() -> String {
        let mut rules = Rules::default();
        rules.constant(
            "How long and how many things may be: characters, files, bytes, contacts, seconds. `body` counts the lines that are added below the user's own text, `reply` does not.",
            "LIMITS",
            &limits(),
        );
        rules.list(
            "The steps of the report form with their fields, in their order.",
            "REPORT_STEPS",
            &report::REPORT_STEPS,
        );
        rules.list("The kinds of problem, in the order of the form.", "KINDS", &report::KINDS);
        rules.list("The priorities, the most urgent first.", "PRIORITIES", &report::PRIORITIES);
        rules.list("ECO's services.", "SERVICES", &report::SERVICES);
        rules.constant("AWS's name of the category for EDI.", "EDI_CATEGORY", &report::EDI_CATEGORY);
        rules.list(
            "The contact methods, in the order of the form.",
            "CONTACT_METHODS",
            &report::CONTACT_METHODS,
        );
        rules.constant(
            "What each number of stars means, from one star on.",
            "STAR_WORDS",
            &delivery::STAR_WORDS,
        );
        rules.list("The known statuses of a case.", "STATUSES", &case::STATUSES);
        rules.list("The parts of AWS, the usual one first.", "PARTITIONS", &account::PARTITIONS);
        rules.list("The Regions of AWS.", "REGIONS", &account::REGIONS);
        rules.list(
            "The colours of accounts; an account's `colour` is a place in this list.",
            "ACCOUNT_COLOURS",
            &account::ACCOUNT_COLOURS,
        );
        rules.list("What the operations of the Support API are for.", "PURPOSES", &account::PURPOSES);
        rules.types.extend(["Change".to_owned(), "Commands".to_owned()]);
        let types: Vec<String> = rules.types.into_iter().collect();
        format!(
            "// Written from the core's rules by `cargo xtask types`. Do not edit.\n\
             import type {{ {} }} from \"./contract\";\n{}\n{}",
            types.join(", "),
            rules.text,
            queries::typescript(),
        )
    }

    #[test]
    fn the_committed_rules_are_what_the_core_says() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/platform/rules.ts");
        let now = rules();
        if std::env::var_os("ECO_DESK_WRITE_TYPES").is_some() {
            std::fs::write(&path, now).unwrap();
            return;
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(committed == now, "ui/src/platform/rules.ts is stale: run `cargo xtask types`");
    }
}
