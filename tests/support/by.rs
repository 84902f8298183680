//! Ways to name an element of the page.

use std::fmt;

use fantoccini::Locator;

/// How an element is found. A plain string is a `data-testid`.
#[derive(Debug, Clone)]
pub(crate) enum By {
    Css(String),
    XPath(String),
}

impl By {
    pub(crate) fn locator(&self) -> Locator<'_> {
        match self {
            Self::Css(selector) => Locator::Css(selector),
            Self::XPath(path) => Locator::XPath(path),
        }
    }
}

impl From<&str> for By {
    fn from(test_id: &str) -> Self {
        Self::Css(format!("[data-testid=\"{test_id}\"]"))
    }
}

impl From<&String> for By {
    fn from(test_id: &String) -> Self {
        test_id.as_str().into()
    }
}

impl From<&By> for By {
    fn from(by: &By) -> Self {
        by.clone()
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Css(text) | Self::XPath(text) => f.write_str(text),
        }
    }
}

/// By a CSS selector.
pub(crate) fn css(selector: impl Into<String>) -> By {
    By::Css(selector.into())
}

/// A button by its text or its name for screen readers.
pub(crate) fn button(name: &str) -> By {
    let name = quoted(name);
    By::XPath(format!("//button[normalize-space(.)={name} or normalize-space(@aria-label)={name}]"))
}

/// A link by its text.
pub(crate) fn link(text: &str) -> By {
    By::XPath(format!("//a[normalize-space(.)={}]", quoted(text)))
}

/// An entry of an open list that contains the text.
pub(crate) fn option(text: &str) -> By {
    By::XPath(format!("//*[@role='option'][contains(normalize-space(.), {})]", quoted(text)))
}

/// The innermost element that contains the text.
pub(crate) fn with_text(text: &str) -> By {
    let text = quoted(text);
    By::XPath(format!(
        "//body//*[contains(normalize-space(.), {text})][not(.//*[contains(normalize-space(.), {text})])]"
    ))
}

/// A string as XPath takes it, which knows no escapes.
fn quoted(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("concat('{}')", text.replace('\'', "', \"'\", '"))
}

#[test]
fn xpath_takes_both_kinds_of_quotes() {
    assert_eq!(quoted("plain \"x\""), "'plain \"x\"'");
    assert_eq!(quoted("ECO's"), "concat('ECO', \"'\", 's')");
}
