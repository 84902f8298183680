//! Splits a command line into words as a POSIX shell does, like Python's `shlex.split`, without expansions.

/// Splits `text` into words; `None` if a quote is not closed or the last character is an escape.
pub(crate) fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    // `Some` once a word has begun: it may be empty, in quotes.
    let mut word: Option<String> = None;
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match signs.next()? {
                        '\'' => break,
                        inner => word.push(inner),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match signs.next()? {
                        '"' => break,
                        '\\' => match signs.next()? {
                            escaped @ ('"' | '\\') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        inner => word.push(inner),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(signs.next()?),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python's `shlex.split` makes of the same texts.
    #[test]
    fn words_are_split_as_the_aws_cli_splits_them() {
        let table: [(&str, Option<&[&str]>); 12] = [
            ("norvik-creds --role EdiSupport", Some(&["norvik-creds", "--role", "EdiSupport"])),
            ("'Norvik Prod.EdiSupport'", Some(&["Norvik Prod.EdiSupport"])),
            (r#""/opt/my tool/x" --a="b c""#, Some(&["/opt/my tool/x", "--a=b c"])),
            (r"/opt/my\ tool/x", Some(&["/opt/my tool/x"])),
            (r#"a "b\"c\\d\e" '\f'"#, Some(&["a", r#"b"c\d\e"#, r"\f"])),
            ("a '' \"\" b", Some(&["a", "", "", "b"])),
            (
                "curl https://x/?a=1&b=$HOME # no comment",
                Some(&["curl", "https://x/?a=1&b=$HOME", "#", "no", "comment"]),
            ),
            ("  ", Some(&[])),
            ("", Some(&[])),
            ("'open", None),
            ("\"open", None),
            ("end\\", None),
        ];
        for (text, expected) in table {
            let words = split(text);
            let words = words.as_ref().map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(words.as_deref(), expected, "{text}");
        }
    }
}
