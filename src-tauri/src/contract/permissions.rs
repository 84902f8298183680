//! Holds the main window's capability against the declaration: it may call every declared command and nothing
//! else, neither Tauri's own nor a plugin's.

#[cfg(test)]
mod tests {
    use std::path::Path;

    fn capability() -> String {
        let mut names = Vec::new();
        macro_rules! names {
            ($($room:ident :: $name:ident ( $($argument:ident : $type:ty),* ) -> $answer:ty;)*) => {
                $(names.push(format!("allow-{}", stringify!($name).replace('_', "-")));)*
            };
        }
        with_commands!(names);
        let capability = serde_json::json!({
            "$schema": "../gen/schemas/desktop-schema.json",
            "identifier": "main",
            "description": "The main window: every declared command, and nothing of Tauri's own or a plugin's.",
            "windows": ["main"],
            "permissions": names,
        });
        serde_json::to_string_pretty(&capability).unwrap() + "\n"
    }

    #[test]
    fn the_committed_capability_is_what_the_declaration_says() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities/main.json");
        let now = capability();
        if std::env::var_os("ECO_DESK_WRITE_TYPES").is_some() {
            std::fs::write(&path, now).unwrap();
            return;
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(committed == now, "capabilities/main.json is stale: run `cargo xtask types`");
    }
}
