//! What the operating system says of proxies: Windows' settings with PAC and WPAD by WinHTTP, macOS' by CFNetwork,
//! GNOME's and KDE's on Linux, where nothing runs a PAC file.

#[cfg_attr(target_os = "linux", path = "system_linux.rs")]
#[cfg_attr(windows, path = "system_windows.rs")]
#[cfg_attr(target_os = "macos", path = "system_macos.rs")]
mod pac;

use super::policy::{SystemProxies, SystemProxy};
use proxy_watch::{Error, ProxyStep, Url, pac::PacResolver};
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a PAC file may take, its download and discovery included. Less than this program waits for the answer.
const PAC: Duration = Duration::from_secs(5);
/// How old what runs PAC files may become: WinHTTP remembers for its life that it found none, and computers move.
const STALE: Duration = Duration::from_secs(5 * 60);

/// The operating system that this program runs on.
#[derive(Default)]
pub(super) struct ThisComputer {
    resolver: Mutex<Option<(Instant, Arc<PacResolver>)>>,
}

impl fmt::Debug for ThisComputer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThisComputer").finish_non_exhaustive()
    }
}

impl SystemProxies for ThisComputer {
    fn find(&self, url: &str) -> Result<Vec<SystemProxy>, String> {
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        let config = proxy_watch::read().map_err(|error| told(&error))?;
        let resolver = self.resolver().map_err(|error| told(&error))?;
        let steps = resolver.resolve_config(&config, &url, None).map_err(|error| told(&error))?;
        Ok(steps.iter().map(proxy_of).collect())
    }
}

impl ThisComputer {
    fn resolver(&self) -> Result<Arc<PacResolver>, Error> {
        let mut kept = self.resolver.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((made, resolver)) if made.elapsed() < STALE => Ok(resolver.clone()),
            Some(_) | None => {
                let made = Arc::new(pac::resolver(PAC)?);
                *kept = Some((Instant::now(), made.clone()));
                Ok(made)
            }
        }
    }
}

/// Why it could not be found out, as part of a sentence.
fn told(error: &Error) -> String {
    match error {
        Error::PacNotSupported { .. } | Error::PacFetchRequired { .. } | Error::PacEngineUnavailable => {
            "they name a script that finds the proxy (PAC), which ECO Desk cannot run on this system"
                .to_owned()
        }
        Error::PacTimeout { .. } => "the script that finds the proxy (PAC) takes too long".to_owned(),
        // Its words name the setting that is wrong, and no password.
        other => other.to_string(),
    }
}

fn proxy_of(step: &ProxyStep) -> SystemProxy {
    match step {
        ProxyStep::Direct => SystemProxy::Direct,
        ProxyStep::Http(at) => SystemProxy::Http { host: bare(&at.host.to_string()), port: at.port },
        ProxyStep::Https(at) => SystemProxy::Https { host: bare(&at.host.to_string()), port: at.port },
        // Nobody's password goes into a message: the address alone.
        other => {
            let scheme = other.scheme().unwrap_or("unknown");
            let place = other.endpoint().map(|at| format!("{}:{}", at.host, at.port)).unwrap_or_default();
            SystemProxy::Other(format!("{scheme}://{place}"))
        }
    }
}

fn bare(host: &str) -> String {
    super::policy::bare(host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proxy_watch::{ProxyEndpoint, ProxyScheme};

    #[test]
    fn what_the_system_says_is_taken_without_its_secrets() {
        let at = |text: &str| ProxyEndpoint::parse(text, 80).unwrap();
        let table = [
            (ProxyStep::Direct, SystemProxy::Direct),
            (
                ProxyStep::Http(at("proxy.example:8080")),
                SystemProxy::Http { host: "proxy.example".to_owned(), port: 8080 },
            ),
            (
                ProxyStep::Http(at("http://[2001:db8::1]:3128")),
                SystemProxy::Http { host: "2001:db8::1".to_owned(), port: 3128 },
            ),
            (
                ProxyStep::Https(at("https://me:secret@proxy.example:8443")),
                SystemProxy::Https { host: "proxy.example".to_owned(), port: 8443 },
            ),
            (
                ProxyStep::Socks4(at("[2001:db8::1]:1080")),
                SystemProxy::Other("socks4://[2001:db8::1]:1080".to_owned()),
            ),
            (
                ProxyStep::Socks5(
                    at("socks5://me:secret@socks.example:1080").with_scheme_hint(ProxyScheme::Socks5),
                ),
                SystemProxy::Other("socks5://socks.example:1080".to_owned()),
            ),
        ];
        for (step, expected) in table {
            assert_eq!(proxy_of(&step), expected);
        }
    }

    #[test]
    fn this_computer_answers_within_the_time_that_is_waited() {
        let asked = Instant::now();
        // Whatever it says is right here; what counts is that it says something.
        let found = ThisComputer::default().find("https://support.us-east-1.amazonaws.com:443/");
        assert!(asked.elapsed() < Duration::from_secs(30), "{found:?}");
        if let Err(reason) = found {
            assert!(!reason.is_empty());
        }
    }
}
