//! The operating system's proxy settings: Windows' settings with PAC and WPAD by WinHTTP, macOS' by CFNetwork,
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

/// Time limit of a PAC file, including its discovery and download; shorter than the time that the policy waits.
const PAC_TIMEOUT: Duration = Duration::from_secs(5);
/// Maximum age of a PAC resolver: WinHTTP caches for its lifetime that it found no PAC file, and computers change
/// networks.
const RESOLVER_MAX_AGE: Duration = Duration::from_secs(5 * 60);

/// [`SystemProxies`] of the operating system that this program runs on.
#[derive(Default)]
pub(super) struct OsProxies {
    resolver: Mutex<Option<(Instant, Arc<PacResolver>)>>,
}

impl fmt::Debug for OsProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OsProxies").finish_non_exhaustive()
    }
}

impl SystemProxies for OsProxies {
    fn find(&self, url: &str) -> Result<Vec<SystemProxy>, String> {
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        let config = proxy_watch::read().map_err(|error| describe_error(&error))?;
        let resolver = self.resolver().map_err(|error| describe_error(&error))?;
        let steps = resolver.resolve_config(&config, &url, None).map_err(|error| describe_error(&error))?;
        Ok(steps.iter().map(proxy_of).collect())
    }
}

impl OsProxies {
    fn resolver(&self) -> Result<Arc<PacResolver>, Error> {
        let mut cached = self.resolver.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cached {
            Some((made, resolver)) if made.elapsed() < RESOLVER_MAX_AGE => Ok(resolver.clone()),
            Some(_) | None => {
                let made = Arc::new(pac::resolver(PAC_TIMEOUT)?);
                *cached = Some((Instant::now(), made.clone()));
                Ok(made)
            }
        }
    }
}

/// Describes an error as part of a sentence.
fn describe_error(error: &Error) -> String {
    match error {
        Error::PacNotSupported { .. } | Error::PacFetchRequired { .. } | Error::PacEngineUnavailable => {
            "they name a script that finds the proxy (PAC), which ECO Desk cannot run on this system"
                .to_owned()
        }
        Error::PacTimeout { .. } => "the script that finds the proxy (PAC) takes too long".to_owned(),
        // The message names the invalid setting and contains no password.
        other => other.to_string(),
    }
}

fn proxy_of(step: &ProxyStep) -> SystemProxy {
    match step {
        ProxyStep::Direct => SystemProxy::Direct,
        ProxyStep::Http(at) => SystemProxy::Http { host: host_name(&at.host.to_string()), port: at.port },
        ProxyStep::Https(at) => SystemProxy::Https { host: host_name(&at.host.to_string()), port: at.port },
        // Only the address, since messages must not contain a password.
        other => {
            let scheme = other.scheme().unwrap_or("unknown");
            let place = other.endpoint().map(|at| format!("{}:{}", at.host, at.port)).unwrap_or_default();
            SystemProxy::Other(format!("{scheme}://{place}"))
        }
    }
}

fn host_name(host: &str) -> String {
    super::policy::without_brackets(host).to_owned()
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
        let found = OsProxies::default().find("https://support.us-east-1.amazonaws.com:443/");
        assert!(asked.elapsed() < Duration::from_secs(30), "{found:?}");
        if let Err(reason) = found {
            assert!(!reason.is_empty());
        }
    }
}
