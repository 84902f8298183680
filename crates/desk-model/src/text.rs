//! Sanitises text from outside (AWS, ECO, a colleague, a proxy) before it is displayed.
//!
//! Such a text may hold characters that no reader sees and that change what is around them: a NUL, on which a native
//! menu panics; control characters; and the Unicode controls that override the direction of writing, by which
//! `gpj.exe` reads as `exe.jpg`. They are removed where a text leaves the core: in the read models of the mirror, in
//! [`Problem`](crate::Problem) and in the names of catalogues. The mirror itself keeps each text as AWS gave it,
//! because a communication has no id at AWS and is recognised by its exact text.
//!
//! The marks of Arabic and Hebrew that only hint at a direction (U+200E, U+200F, U+061C) and the joiners of Persian
//! and of emoji stay: they are part of correct texts and turn nothing around.

/// Whether `c` embeds, overrides or isolates the direction of the text after it (UAX #9, explicit formatting).
pub fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether `c` is invisible, or only changes how the text around it is displayed. In a name or an address such a
/// character can only deceive: `gpj.exe` could pass for `exe.jpg`, and two names that look alike for one.
pub fn is_unseen(c: char) -> bool {
    is_direction_control(c)
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' // fillers, marks
            | '\u{180B}'..='\u{180F}' // Mongolian selectors
            | '\u{200B}'..='\u{200F}' // zero width, left-to-right and right-to-left mark
            | '\u{2028}' | '\u{2029}' // line and paragraph separator
            | '\u{2060}'..='\u{206F}' // word joiner, invisible operators, deprecated controls
            | '\u{2800}' // a Braille cell without dots
            | '\u{3164}' | '\u{FFA0}' // Hangul fillers
            | '\u{FE00}'..='\u{FE0F}' // variation selectors
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' // byte order mark, annotations
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' // shorthand and musical controls
            | '\u{E0000}'..='\u{E0FFF}') // tags, more selectors
}

/// Whether `c` ends a line in some renderer.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Sanitises a text that is displayed in one line: a title, a menu item, a table cell, the subject of a notification.
/// Line ends and tabs become one space; other control characters and direction controls are removed.
#[must_use]
pub fn single_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if is_line_end(c) || c == '\t' {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !c.is_control() && !is_direction_control(c) {
            line.push(c);
        }
    }
    line.trim().to_owned()
}

/// Sanitises a text of several lines: line feeds and tabs stay, every other line end becomes a line feed; other control
/// characters and direction controls are removed.
#[must_use]
pub fn multi_line(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if is_line_end(c) {
            if c == '\r' {
                characters.next_if_eq(&'\n');
            }
            lines.push('\n');
        } else if c == '\t' || !(c.is_control() || is_direction_control(c)) {
            lines.push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_keeps_what_people_wrote_and_nothing_that_is_unseen() {
        let table = [
            ("Search is down", "Search is down"),
            ("NUL\0 in the subject", "NUL in the subject"),
            ("first\r\nsecond\u{2028}third\tfourth", "first second third fourth"),
            ("\n\n padded \n", "padded"),
            ("invoice \u{202E}gpj.exe\u{202C} waits", "invoice gpj.exe waits"),
            ("open override \u{202E}txet desrever siht", "open override txet desrever siht"),
            ("\u{2066}isolated\u{2069} \u{202A}embedded\u{202C}", "isolated embedded"),
            ("bell\u{7} escape\u{1B}[31m delete\u{7F} C1\u{9F}", "bell escape[31m delete C1"),
            ("فشل الاستيعاب في OSDU prod-1 (HTTP 500)", "فشل الاستيعاب في OSDU prod-1 (HTTP 500)"),
            ("שגיאה:\u{200F} run-17", "שגיאה:\u{200F} run-17"),
            ("می\u{200C}خواهم 👩\u{200D}🔧", "می\u{200C}خواهم 👩\u{200D}🔧"),
            ("two  spaces", "two  spaces"),
            ("\0", ""),
        ];
        for (given, expected) in table {
            assert_eq!(single_line(given), expected, "{given:?}");
        }
    }

    #[test]
    fn lines_keep_their_ends_tabs_and_indentation() {
        let table = [
            ("a\n\n  b\tc", "a\n\n  b\tc"),
            ("a\r\nb\rc\u{2029}d\u{85}e", "a\nb\nc\nd\ne"),
            ("see \u{202E}moc.live\u{202C} \0end", "see moc.live end"),
        ];
        for (given, expected) in table {
            assert_eq!(multi_line(given), expected, "{given:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in "(?s).{0,80}") {
            let (line, lines) = (single_line(&text), multi_line(&text));
            prop_assert_eq!(single_line(&line), line.clone());
            prop_assert_eq!(multi_line(&lines), lines);
            prop_assert!(!line.chars().any(|c| c.is_control() || is_direction_control(c)));
        }
    }
}
