//! The names of files: the one that a file is sent under, and the one that a file of a case is shown and saved under.
//!
//! A name from outside may come from any system and from anybody. Two rules hold for the name to save: it is one that
//! every system can save, and it reads as what it is. So characters that are not seen or that change the direction of
//! writing are removed, and the ending, by which a system decides what to do with the file, is always kept.

use desk_model::text::is_unseen;
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

/// The longest name that common file systems take: 255 bytes on Linux, 255 UTF-16 units on Windows and macOS. A text
/// never has more UTF-16 units than bytes of UTF-8, so the bytes decide.
const LONGEST_NAME: usize = 255;
/// A longer ending is none: nothing is opened by it, and it would leave no room for the name.
const LONGEST_ENDING: usize = 32;
/// The name of a file without any other.
const NAMELESS: &str = "file";

/// Stems that Windows opens as a device, whatever their ending. `COM` and `LPT` also take a digit.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];
/// The digits of a numbered device. Windows reads the three superscripts as digits.
const DEVICE_DIGITS: [char; 12] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '¹', '²', '³'];

/// The file's own name, to be sent under. Letters of all scripts and spaces stay; path separators, control characters
/// and characters that are not seen are removed. Never empty.
pub(crate) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let kept: String =
        name.chars().filter(|c| !is_separator(*c) && !c.is_control() && !is_unseen(*c)).collect();
    let kept = kept.trim();
    // Dots alone name folders.
    if kept.chars().all(|c| c == '.') { NAMELESS.to_owned() } else { kept.to_owned() }
}

/// The name that a file of a case is shown and saved under: its own, as far as each system takes it.
///
/// Windows refuses some characters, a dot or space at the end, and the names of its devices. A leading dot would hide
/// the file on Linux and macOS, and `~` at the beginning stands for a home folder. Too long a name loses the end of
/// its stem, never its ending.
pub(crate) fn name_to_save(sent: &str) -> String {
    let mut kept = String::with_capacity(sent.len());
    for c in sent.chars() {
        if c.is_whitespace() {
            // Also line ends, and so many spaces that the ending would be out of sight.
            if !kept.ends_with(' ') {
                kept.push(' ');
            }
        } else if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
            kept.push('_');
        } else if !is_separator(c) && !c.is_control() && !is_unseen(c) {
            kept.push(c);
        }
    }
    let kept = kept.trim().trim_end_matches(['.', ' ']);
    let Some(first) = kept.chars().next() else { return NAMELESS.to_owned() };
    let mut name = if is_device(kept) {
        format!("_{kept}")
    } else if matches!(first, '.' | '~') {
        format!("_{}", &kept[first.len_utf8()..])
    } else {
        kept.to_owned()
    };
    shorten(&mut name);
    name
}

/// Cuts the end of the stem off, so that the whole name is no longer than every system takes.
fn shorten(name: &mut String) {
    if name.len() <= LONGEST_NAME {
        return;
    }
    let ending = match name.rfind('.') {
        Some(at) if at > 0 && name.len() - at <= LONGEST_ENDING => name.split_off(at),
        Some(_) | None => String::new(),
    };
    name.truncate(name.floor_char_boundary(LONGEST_NAME - ending.len()));
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    name.push_str(&ending);
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '\\')
}

/// Whether Windows opens a device in place of a file of this name.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_numbered = |device: &&str| {
        stem.strip_prefix(*device).is_some_and(|digit| {
            let mut digits = digit.chars();
            matches!((digits.next(), digits.next()), (Some(digit), None) if DEVICE_DIGITS.contains(&digit))
        })
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(is_numbered)
}

/// `name`, or where it is among `taken` (whatever the case of its letters), with a number before its ending:
/// `run.log`, `run (2).log`. In Normalization Form C: macOS composes the names of files differently, and two names that
/// read the same are the same to their reader.
pub(crate) fn unused(name: &str, taken: &[String]) -> String {
    let name: &str = &name.nfc().collect::<String>();
    let folded = |name: &str| name.nfc().collect::<String>().to_lowercase();
    let is_taken = |name: &str| taken.iter().any(|other| folded(other) == folded(name));
    if !is_taken(name) {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        Some(_) | None => (name, ""),
    };
    (2..)
        .map(|number: u32| format!("{stem} ({number}){ending}"))
        .find(|candidate| !is_taken(candidate))
        .expect("there are more numbers than taken names")
}

#[cfg(test)]
mod tests;
