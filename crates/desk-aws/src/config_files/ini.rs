//! Parser of the syntax of the AWS config files, by the rules of Python's `configparser`, which the AWS CLI uses.
//!
//! A line that is indented more than the property above it goes on with that property's value; otherwise indentation
//! means nothing. `=` and `:` separate a name from its value, names are lower case, comments are whole lines. Where the
//! AWS CLI gives up the whole file, what cannot be read is a fault of the one section it stands in.

use std::collections::{BTreeMap, HashMap};
use zeroize::Zeroizing;

/// A section of an INI file.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// The text between the brackets.
    pub(super) header: String,
    pub(super) properties: BTreeMap<String, Property>,
    /// Parse errors, as ends of sentences. They quote nothing, since a line may hold a secret.
    pub(super) faults: Vec<String>,
}

/// A property's value and its line number.
#[derive(Clone)]
pub(super) struct Property {
    /// Its lines; the first one is empty where properties are nested in it.
    lines: Vec<Zeroizing<String>>,
    /// The number of its first line.
    at: usize,
}

impl std::fmt::Debug for Property {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Property").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Property {
    /// Returns the value if it has one line; `Err` has the number of its continuation line.
    pub(super) fn value(&self) -> Result<&str, usize> {
        match self.lines.as_slice() {
            [] => Ok(""),
            [value] => Ok(value),
            [_, rest @ ..] => {
                let blank = rest.iter().take_while(|line| line.is_empty()).count();
                Err(self.at + 1 + blank)
            }
        }
    }

    /// Whether it has nested properties, such as those of `s3`.
    fn is_nested(&self) -> bool {
        self.lines.len() > 1 && self.lines[0].is_empty()
    }
}

/// A parsed file: its sections, in the file's order.
#[derive(Debug, Default)]
pub(super) struct Ini {
    pub(super) sections: Vec<Section>,
    /// The index of each header's section.
    index: HashMap<String, usize>,
    /// The parse error for text before the first section, as the end of a sentence.
    pub(super) fault: Option<String>,
}

/// Replaces bytes that are not UTF-8.
const NOT_TEXT: char = char::REPLACEMENT_CHARACTER;

/// Parses a file's text.
pub(super) fn parse(text: &str) -> Ini {
    let unified;
    let text = if text.contains('\r') {
        unified = Zeroizing::new(text.replace("\r\n", "\n").replace('\r', "\n"));
        unified.as_str()
    } else {
        text
    };
    let mut ini = Ini::default();
    // The section that is being read, the property that a line may go on with, and how far that is indented.
    let mut section: Option<usize> = None;
    let mut property: Option<String> = None;
    let mut level = 0;
    for (number, line) in (1_usize..).zip(text.split('\n')) {
        let value = line.trim();
        let is_comment = value.starts_with(['#', ';']);
        if value.is_empty() || is_comment {
            // An empty line is part of a value, which ends with its last line that is not.
            if let (false, Some(open_property)) =
                (is_comment, open_property(&mut ini, section, property.as_deref()))
            {
                open_property.lines.push(Zeroizing::default());
            }
            continue;
        }
        let indented = line.chars().take_while(|sign| sign.is_whitespace()).count();
        if indented > level
            && let Some(open_property) = open_property(&mut ini, section, property.as_deref())
        {
            open_property.lines.push(Zeroizing::new(value.to_owned()));
            if let (true, Some(at)) = (value.contains(NOT_TEXT), section) {
                ini.sections[at].faults.push(not_text(number));
            }
            continue;
        }
        level = indented;
        if value.starts_with('[') {
            property = None;
            section = Some(ini.section(value, number));
            continue;
        }
        let Some(at) = section else {
            ini.fault.get_or_insert_with(|| outside_section(value, number));
            continue;
        };
        match ini.sections[at].property(value, number) {
            Ok(name) => property = Some(name),
            Err(fault) => ini.sections[at].faults.push(fault),
        }
    }
    for property in ini.sections.iter_mut().flat_map(|section| section.properties.values_mut()) {
        while property.lines.len() > 1 && property.lines.last().is_some_and(|line| line.is_empty()) {
            property.lines.pop();
        }
    }
    ini
}

/// Returns the property that an indented line continues.
fn open_property<'a>(
    ini: &'a mut Ini,
    section: Option<usize>,
    property: Option<&str>,
) -> Option<&'a mut Property> {
    ini.sections.get_mut(section?)?.properties.get_mut(property?)
}

fn not_text(number: usize) -> String {
    format!("line {number} is not text in UTF-8")
}

fn outside_section(value: &str, number: usize) -> String {
    if value.contains(NOT_TEXT) {
        not_text(number)
    } else {
        format!("line {number} stands before the first [profile …] and belongs to none")
    }
}

impl Ini {
    /// Finds the section with this header.
    pub(super) fn find(&self, header: &str) -> Option<&Section> {
        self.sections.get(*self.index.get(header)?)
    }

    /// Returns the index of the section whose header is on this line, which is added if it is new.
    fn section(&mut self, line: &str, number: usize) -> usize {
        let (header, mut fault) = match header(line) {
            Some(header) => (header, None),
            None => (line.trim_start_matches('['), Some(format!("line {number} has no ] at its end"))),
        };
        if header.contains(NOT_TEXT) {
            fault = Some(not_text(number));
        }
        let at = *self.index.entry(header.to_owned()).or_insert_with(|| {
            self.sections.push(Section { header: header.to_owned(), ..Section::default() });
            self.sections.len() - 1
        });
        self.sections[at].faults.extend(fault);
        at
    }
}

/// Returns the text between the brackets of a header line, whatever follows them.
fn header(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?;
    let ends =
        |rest: &str| rest.chars().next().is_none_or(|sign| sign.is_whitespace() || "#;".contains(sign));
    let first = inner.match_indices(']').map(|(at, _)| at).find(|at| ends(&inner[at + 1..]));
    let header = &inner[..first.or_else(|| inner.rfind(']'))?];
    (!header.trim().is_empty()).then(|| header.trim())
}

impl Section {
    /// Parses and adds a property; returns its name.
    fn property(&mut self, line: &str, number: usize) -> Result<String, String> {
        if line.contains(NOT_TEXT) {
            return Err(not_text(number));
        }
        let Some((name, value)) = line.split_once(['=', ':']) else {
            return Err(format!("line {number} has no = in it"));
        };
        let name = name.trim_end().to_lowercase();
        if name.is_empty() {
            return Err(format!("line {number} has no name before its ="));
        }
        let value = Zeroizing::new(value.trim().to_owned());
        let property = Property { lines: vec![value], at: number };
        if let Some(earlier) = self.properties.insert(name.clone(), property.clone())
            && earlier.value() != property.value()
        {
            self.faults
                .push(format!("lines {} and {number} both set {name}, to different values", earlier.at));
        }
        Ok(name)
    }

    /// Returns the value of a property if it has exactly one line and is not empty.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.properties.get(name).and_then(|property| property.value().ok()).filter(|value| !value.is_empty())
    }

    /// Describes the error of a property that has more than one line.
    pub(super) fn fault_of(&self, name: &str) -> Option<String> {
        let property = self.properties.get(name)?;
        let line = property.value().err()?;
        Some(if property.is_nested() {
            format!("line {line} is indented and so nested in {name}, which has no value of its own")
        } else {
            format!("line {line} is indented more than line {} and so goes on with its {name}", property.at)
        })
    }
}
