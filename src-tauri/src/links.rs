//! What leads out of the window: which addresses the window itself may show, and how all others are opened.
//!
//! The window shows the program's own page and nothing else. Whatever else it is told to show (by a link's context
//! menu, a drop, a script) it refuses, and where that is an address which may be opened, the page asks the user. So
//! nothing but a user's own decision ever reaches the browser.

use crate::{
    contract::{AskedLink, ShellEvent},
    platform,
    state::App,
};
use desk_core::link::Link;
use desk_model::{Problem, ProblemCode};
use tauri::{AppHandle, Manager as _, Url};

/// Decides over a navigation of the window.
pub(crate) fn may_show(handle: &AppHandle, url: &Url) -> bool {
    let development = if tauri::is_dev() { handle.config().build.dev_url.clone() } else { None };
    if is_own(url, development.as_ref()) {
        return true;
    }
    refuse(handle, url);
    false
}

/// Has the page ask whether an address that the window does not show is to be opened outside of it, or say why it is
/// not opened at all. The address itself stays out of the log.
pub(crate) fn refuse(handle: &AppHandle, url: &Url) {
    match Link::parse(url.as_str()) {
        Ok(link) => {
            tracing::warn!("the window was told to show another page and asks the user instead");
            handle.state::<App>().ui.tell(ShellEvent::LinkRefused { link: AskedLink::of(&link) });
        }
        Err(problem) => {
            tracing::warn!(kind = url.scheme(), "the window was told to show another page and refused");
            // Empty pages are the web view's own doing, and nobody clicks them.
            if url.scheme() != "about" {
                handle.state::<App>().ui.tell(ShellEvent::Trouble { problem });
            }
        }
    }
}

/// Whether `url` is a place in the program's own page.
fn is_own(url: &Url, development: Option<&Url>) -> bool {
    let is_at = |own: &Url| {
        let place = |url: &Url| {
            (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port_or_known_default())
        };
        place(url) == place(own) && url.username().is_empty() && url.password().is_none()
    };
    platform::OWN_PAGES.iter().any(|own| Url::parse(own).is_ok_and(|own| is_at(&own)))
        || development.is_some_and(is_at)
}

/// Opens an address in the user's browser or mail program. Answers the link where the user has to be asked first, which
/// `confirmed` says has been done.
pub(crate) fn open(written: &str, confirmed: bool) -> Result<Option<AskedLink>, Problem> {
    let link = Link::parse(written)?;
    if link.doubt().is_some() && !confirmed {
        return Ok(Some(AskedLink::of(&link)));
    }
    tauri_plugin_opener::open_url(link.address(), None::<&str>).map(|()| None).map_err(|_| {
        tracing::warn!("no browser or mail program came up");
        Problem::new(
            ProblemCode::Internal,
            "No browser or mail program came up. Copy the address and open it by hand.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(url: &str, development: Option<&str>) -> bool {
        let development = development.map(|url| Url::parse(url).unwrap());
        is_own(&Url::parse(url).unwrap(), development.as_ref())
    }

    #[test]
    fn the_window_shows_its_own_page_and_nothing_else() {
        for own in platform::OWN_PAGES {
            assert!(shows(own, None), "{own}");
            assert!(shows(&format!("{own}/index.html?x=y#/case/1"), None), "{own}");
            assert!(!shows(&own.replacen("://", "://user@", 1), None), "{own}");
            assert!(!shows(&format!("{own}.evil.example/"), None), "{own}");
            assert!(!shows(&format!("{own}:8080/"), None), "{own}");
        }
        let others = [
            "https://example.com/",
            "http://localhost:5173/",
            "http://127.0.0.1/",
            "about:blank",
            "about:srcdoc",
            "data:text/html,x",
            "blob:null/1",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ipc://localhost/",
            "asset://localhost/etc/passwd",
            "tauri://evil.example/",
        ];
        for other in others {
            assert!(!shows(other, None), "{other}");
        }
    }

    #[test]
    fn in_development_the_window_shows_the_server_of_the_page() {
        let server = Some("http://localhost:5173");
        assert!(shows("http://localhost:5173/#/report", server));
        assert!(!shows("http://localhost:5174/", server));
        assert!(!shows("https://localhost:5173/", server));
    }
}
