//! Addresses that lead out of the window, out of texts which anybody may have written.
//!
//! The rule: what is opened is where the text says that it leads. An address is parsed here, by the rules of browsers
//! (the WHATWG URL standard), and only its normal form is handed to the system. What can pass for another address or
//! carry something into another program is refused; where the host that a browser would go to is not the one that is
//! read, the user is asked first.

use crate::address::is_email;
use desk_model::{
    Problem, ProblemCode,
    text::{is_unseen, single_line},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use ts_rs::TS;
use url::Url;

/// How a label of a host begins that stands for one in another script (RFC 5890).
const PUNYCODE: &str = "xn--";

/// What stays as it is in a part of a mail address: everything else could end it.
const MAIL_PART: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// An address of the web or of mail that may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    address: String,
    doubt: Option<LinkHost>,
}

/// A host that the user has to look at before it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkHost {
    /// The host as the network knows it, in ASCII.
    pub ascii: String,
    /// The host as browsers may show it. The same as `ascii` where it has no letters of other scripts.
    pub unicode: String,
}

impl Link {
    /// Reads an address as it is written in a text.
    ///
    /// # Errors
    /// [`ProblemCode::InvalidInput`] for what is no address of the web or of mail, and for one that can deceive or
    /// carry something along: with a user name before the host, quotes, or characters that are not seen.
    pub fn parse(written: &str) -> Result<Self, Problem> {
        let written = written.trim();
        if written.chars().any(|c| c.is_control() || is_unseen(c)) {
            return Err(refused("it holds characters that are not seen"));
        }
        if written.contains(['"', '`']) {
            return Err(refused("it holds quotation marks"));
        }
        let url = Url::parse(written).map_err(|_| refused("it is not a whole address"))?;
        match url.scheme() {
            "https" | "http" => of_web(&url, written),
            "mailto" => of_mail(&url),
            _ => Err(refused("only addresses of the web and of mail are opened")),
        }
    }

    /// The address in its normal form, as it is handed to the system.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The host that it leads to, where that is not plainly the one that is read: it has letters of other scripts,
    /// which may look like those of a well-known name, or it is written in an unusual way.
    #[must_use]
    pub fn doubt(&self) -> Option<&LinkHost> {
        self.doubt.as_ref()
    }
}

fn refused(why: &str) -> Problem {
    Problem::new(
        ProblemCode::InvalidInput,
        format!(
            "ECO Desk does not open this address: {why}. If you trust it, copy it and open it in your browser."
        ),
    )
}

fn of_web(url: &Url, written: &str) -> Result<Link, Problem> {
    let authority = authority(written);
    // An empty user name is gone from the parsed address, and is as misleading.
    let has_user = !url.username().is_empty() || url.password().is_some();
    if has_user || authority.is_some_and(|authority| authority.contains('@')) {
        return Err(refused("it names a user before the host, so it does not lead where it seems to"));
    }
    let host = url.host_str().ok_or_else(|| refused("it names no host"))?;
    let is_as_read = authority.is_some_and(|authority| without_port(authority).eq_ignore_ascii_case(host))
        && !is_punycode(host);
    // Parsing leaves apostrophes in a path, where they mean themselves; a command line could end at one.
    let address = url.as_str().replace('\'', "%27");
    Ok(Link { address, doubt: (!is_as_read).then(|| shown(host)) })
}

/// What stands between `//` and the path as it is written; `None` where the address is not written with `//`.
fn authority(written: &str) -> Option<&str> {
    let (_, rest) = written.split_once(':')?;
    rest.strip_prefix("//")?.split(['/', '\\', '?', '#']).next()
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) => host,
        Some(_) | None => authority,
    }
}

fn is_punycode(host: &str) -> bool {
    host.split('.')
        .any(|label| label.get(..PUNYCODE.len()).is_some_and(|start| start.eq_ignore_ascii_case(PUNYCODE)))
}

fn shown(host: &str) -> LinkHost {
    let (unicode, _) = idna::domain_to_unicode(host);
    LinkHost { ascii: host.to_owned(), unicode: single_line(&unicode) }
}

/// Keeps recipients, subject and text. Other fields of a mail address (`cc`, `bcc`, and `attach`, by which some mail
/// programs add a file of this computer) are not seen in a text and are dropped.
fn of_mail(url: &Url) -> Result<Link, Problem> {
    let to = decoded(url.path())?;
    let mut doubt = None;
    let mut recipients = Vec::new();
    for recipient in to.split(',').map(str::trim) {
        let (_, domain) = recipient
            .rsplit_once('@')
            .filter(|_| is_email(recipient))
            .ok_or_else(|| refused("it names no recipient"))?;
        let ascii = idna::domain_to_ascii(domain).map_err(|_| refused("its recipient has no valid host"))?;
        if is_punycode(&ascii) || !ascii.eq_ignore_ascii_case(domain) {
            doubt.get_or_insert_with(|| shown(&ascii));
        }
        recipients.push(encoded(recipient));
    }
    let mut fields = Vec::new();
    for (name, value) in url.query().unwrap_or_default().split('&').filter_map(|field| field.split_once('='))
    {
        let value = decoded(value)?;
        match name.to_ascii_lowercase().as_str() {
            "subject" => fields.push(format!("subject={}", encoded(&single_line(&value)))),
            "body" if value.chars().any(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t')) => {
                return Err(refused("its text holds control characters"));
            }
            "body" => fields.push(format!("body={}", encoded(&value))),
            _ => {}
        }
    }
    let query = if fields.is_empty() { String::new() } else { format!("?{}", fields.join("&")) };
    Ok(Link { address: format!("mailto:{}{query}", recipients.join(",")), doubt })
}

fn decoded(part: &str) -> Result<String, Problem> {
    let text = percent_decode_str(part).decode_utf8().map_err(|_| refused("it cannot be read"))?;
    if text.contains(['"', '`']) || text.chars().any(is_unseen) {
        return Err(refused("it holds quotation marks or characters that are not seen"));
    }
    Ok(text.into_owned())
}

fn encoded(part: &str) -> String {
    utf8_percent_encode(part, MAIL_PART).to_string()
}

#[cfg(test)]
mod tests;
