//! Validation of the proxy settings that a user enters, field by field.
//!
//! People paste addresses with a password in them. An invalid field is never stored, since stored settings lie in a
//! file and go back to the page; and input that may contain a password is not quoted, since problems are logged.

use super::{ProxyMode, ProxySettings, policy::without_brackets};
use desk_model::{Field, Problem};

/// Returns the settings in the form in which they are stored. If the proxy is used, each field has to be valid; if not,
/// valid fields are kept for when the user comes back to it, and invalid ones are cleared.
pub(super) fn validate(proxy: ProxySettings) -> Result<ProxySettings, Problem> {
    let ProxySettings { mode, host, port, user_name, exceptions } = proxy;
    let (host, port) = split_host_port(&host, port);
    let (host, user_name, exceptions) =
        (validate_host(host), validate_user(&user_name), validate_exceptions(&exceptions));
    match mode {
        ProxyMode::System | ProxyMode::None => Ok(ProxySettings {
            mode,
            host: host.unwrap_or_default(),
            port,
            user_name: user_name.unwrap_or_default(),
            exceptions: exceptions.unwrap_or_default(),
        }),
        ProxyMode::Manual => {
            let host = host?;
            if port == 0 {
                return Err(Problem::field(
                    Field::Port,
                    "Enter the port of the proxy, such as 8080 or 3128.",
                ));
            }
            Ok(ProxySettings { mode, host, port, user_name: user_name?, exceptions: exceptions? })
        }
    }
}

fn validate_host(host: String) -> Result<String, Problem> {
    if host.is_empty() {
        return Err(Problem::field(Field::Host, "Enter the name of the proxy, such as proxy.example.com."));
    }
    if !is_host(&host) {
        return Err(Problem::field(
            Field::Host,
            "This is not the name of a proxy. Enter only its name or address, such as proxy.example.com.",
        ));
    }
    Ok(host)
}

fn validate_user(user_name: &str) -> Result<String, Problem> {
    if user_name.contains(':') {
        return Err(Problem::field(Field::UserName, "A user name for a proxy cannot have a colon in it."));
    }
    Ok(user_name.trim().to_owned())
}

fn validate_exceptions(exceptions: &str) -> Result<String, Problem> {
    let expected = "Enter names such as intranet.example.com, or networks such as 10.0.0.0/8.";
    // Nothing of it is quoted: where a password ends, one cannot know.
    if exceptions.contains('@') {
        let message =
            format!("One of these is not the name of a host, since there is an “@” in it. {expected}");
        return Err(Problem::field(Field::Exceptions, message));
    }
    match exceptions.split([',', ';', ' ', '\n', '\t']).find(|part| part.contains("://")) {
        Some(wrong) => {
            Err(Problem::field(Field::Exceptions, format!("“{wrong}” is not the name of a host. {expected}")))
        }
        None => Ok(exceptions.trim().to_owned()),
    }
}

/// Splits a pasted address such as `http://proxy.example.com:8080/` into host and port.
fn split_host_port(pasted: &str, port: u16) -> (String, u16) {
    let text = pasted.trim();
    let text = text.strip_prefix("http://").unwrap_or(text).trim_end_matches('/');
    match text.rsplit_once(':') {
        // More than one colon is an address of IPv6.
        Some((host, digits)) if !host.contains(':') || host.ends_with(']') => match digits.parse() {
            Ok(its) => (without_brackets(host).to_owned(), if port == 0 { its } else { port }),
            Err(_) => (text.to_owned(), port),
        },
        Some(_) | None => (without_brackets(text).to_owned(), port),
    }
}

fn is_host(text: &str) -> bool {
    let is_name = text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        });
    is_name || text.parse::<std::net::Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_hand(host: &str, port: u16) -> ProxySettings {
        ProxySettings { mode: ProxyMode::Manual, host: host.to_owned(), port, ..ProxySettings::default() }
    }

    #[test]
    fn a_proxy_is_taken_as_it_is_pasted() {
        for (pasted, port, host, taken) in [
            ("proxy.example.com", 8080, "proxy.example.com", 8080),
            (" http://proxy.example.com:3128/ ", 0, "proxy.example.com", 3128),
            ("proxy:3128", 8080, "proxy", 8080),
            ("10.1.2.3:80", 0, "10.1.2.3", 80),
            ("[2001:db8::1]:3128", 0, "2001:db8::1", 3128),
            ("2001:db8::1", 3128, "2001:db8::1", 3128),
        ] {
            let validated = validate(by_hand(pasted, port)).unwrap();
            assert_eq!((validated.host.as_str(), validated.port), (host, taken), "{pasted}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused_at_its_field() {
        let with = |change: fn(&mut ProxySettings)| {
            let mut proxy = by_hand("proxy", 1);
            change(&mut proxy);
            proxy
        };
        for (proxy, field) in [
            (by_hand("", 8080), Field::Host),
            (by_hand("https://proxy", 8080), Field::Host),
            (by_hand("me:secret@proxy", 8080), Field::Host),
            (by_hand("two words", 8080), Field::Host),
            (by_hand("proxy", 0), Field::Port),
            (with(|proxy| proxy.user_name = "a:b".to_owned()), Field::UserName),
            (with(|proxy| proxy.exceptions = "http://intranet".to_owned()), Field::Exceptions),
        ] {
            assert_eq!(validate(proxy.clone()).unwrap_err().field, Some(field), "{proxy:?}");
        }
    }

    #[test]
    fn what_is_not_used_is_kept_where_it_makes_sense_and_left_out_where_not() {
        let entered = ProxySettings {
            user_name: "jane".to_owned(),
            exceptions: "10.0.0.0/8".to_owned(),
            ..by_hand("proxy", 8080)
        };
        let secret = "http://me:pw@proxy:8080".to_owned();
        for mode in [ProxyMode::System, ProxyMode::None] {
            let entered = ProxySettings { mode, ..entered.clone() };
            assert_eq!(validate(entered.clone()).unwrap(), entered, "for whoever comes back to it");
            let wrong = ProxySettings { host: secret.clone(), ..entered.clone() };
            assert_eq!(validate(wrong).unwrap(), ProxySettings { host: String::new(), ..entered.clone() });
            let wrong = ProxySettings { user_name: secret.clone(), ..entered.clone() };
            assert_eq!(
                validate(wrong).unwrap(),
                ProxySettings { user_name: String::new(), ..entered.clone() }
            );
            let wrong = ProxySettings { exceptions: format!("intranet, {secret}"), ..entered.clone() };
            assert_eq!(validate(wrong).unwrap(), ProxySettings { exceptions: String::new(), ..entered });
        }
    }

    #[test]
    fn a_password_in_the_wrong_field_is_not_repeated() {
        let with = |exceptions: &str| ProxySettings { exceptions: exceptions.to_owned(), ..by_hand("p", 1) };
        let quoted = validate(with("intranet, ftp://files")).unwrap_err().message;
        assert!(quoted.contains("“ftp://files”"), "{quoted}");
        // A password may have a comma or a space in it.
        for exceptions in [
            "http://me:hunter2@proxy:8080",
            "me:hunter2@proxy",
            "http://me:hunter2,x@p",
            "http://me:hunter2 x@p",
        ] {
            let refused = validate(with(exceptions)).unwrap_err();
            assert_eq!(refused.field, Some(Field::Exceptions));
            assert!(!refused.message.contains("hunter2"), "{refused}");
        }
    }
}
