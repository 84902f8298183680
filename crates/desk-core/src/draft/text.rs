//! Makes entered text fit to be sent.

/// `text` as it may be sent: line ends are `\n`, no control characters but those and tabs, no blanks around it.
pub(crate) fn plain(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
    kept.trim().to_owned()
}

/// `text` on one line: as [`plain`], with any run of blanks as one space.
pub(crate) fn one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_go_out() {
        assert_eq!(plain("a\0b\u{7}\tc\r\nd\u{85}\u{1b}[0m"), "ab\tc\nd[0m");
        assert_eq!(one_line(" two\n lines\t here \0"), "two lines here");
    }
}
