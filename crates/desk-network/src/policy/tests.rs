//! Tests of the routing policy.

use super::*;

const AWS: &str = "https://support.us-east-1.amazonaws.com/";

fn policy(proxy: ProxySettings) -> Policy {
    Policy {
        proxy,
        password: PasswordSource::None,
        environment: ProxyEnvironment::default(),
        system: Arc::new(NoSystemProxies),
    }
}

async fn route(policy: &Policy, uri: &str) -> String {
    let routes = policy.routes(&uri.parse().unwrap()).await.map_err(|error| error.to_string());
    let describe = |route: Route| match route {
        Route::Direct => "direct".to_owned(),
        Route::Through(proxy) => format!("{}{}", if proxy.encrypted { "tls " } else { "" }, proxy.name()),
        Route::Unusable(said) => format!("not usable: {said}"),
    };
    match routes {
        Ok(found) => found.routes.into_iter().map(describe).collect::<Vec<_>>().join(", "),
        Err(said) => said,
    }
}

#[tokio::test]
async fn the_environment_is_read_as_curl_reads_it() {
    let environment = |https: &str, http: &str, all: &str, no: &str| ProxyEnvironment {
        https: https.to_owned(),
        http: http.to_owned(),
        all: all.to_owned(),
        no: no.to_owned(),
    };
    let emulator = "http://sim.example:4599/";
    let table = [
        (environment("", "", "", ""), AWS, "direct"),
        (environment("http://proxy.example:3128", "", "", ""), AWS, "proxy.example:3128"),
        (environment("http://proxy.example:3128", "", "", ""), emulator, "direct"),
        (environment("proxy.example:3128", "", "", ""), AWS, "proxy.example:3128"),
        (environment("https://proxy.example", "", "", ""), AWS, "tls proxy.example:443"),
        (environment("", "http://plain.example", "", ""), AWS, "direct"),
        (environment("", "http://plain.example", "", ""), emulator, "plain.example:80"),
        (environment("", "", "http://[2001:db8::1]:8080", ""), AWS, "[2001:db8::1]:8080"),
        (environment("http://p:1", "", "", "amazonaws.com"), AWS, "direct"),
        (environment("http://p:1", "", "", ".amazonaws.com, other"), AWS, "direct"),
        (environment("http://p:1", "", "", "azonaws.com"), AWS, "p:1"),
        (environment("http://p:1", "", "", "*"), AWS, "direct"),
        (environment("http://p:1", "", "", ""), "https://127.0.0.1:9/", "direct"),
        (environment("http://p:1", "", "", ""), "https://localhost:9/", "direct"),
        (environment("http://p:1", "", "", ""), "https://[::1]:9/", "direct"),
        (environment("http://p:1", "", "", "10.0.0.0/8"), "https://10.1.2.3/", "direct"),
        (environment("", "", "socks5://p:1080", ""), AWS, "not usable: socks5://p:1080"),
    ];
    for (environment, uri, expected) in table {
        let policy = Policy { environment: environment.clone(), ..policy(ProxySettings::default()) };
        let variables = (&environment.https, &environment.http, &environment.all, &environment.no);
        assert_eq!(route(&policy, uri).await, expected, "{variables:?} {uri}");
    }
}

#[tokio::test]
async fn a_variable_that_cannot_be_read_is_reported_and_never_ignored() {
    let https = |value: &str| ProxyEnvironment { https: value.to_owned(), ..ProxyEnvironment::default() };
    for value in [
        "htp://proxy:3128",
        "http://",
        "http://proxy:port",
        "http://proxy:99999",
        "two words",
        // Special characters of a password, each as it is.
        "http://me:hunter2ä@proxy:3128",
        "http://me:hunter2#x@proxy:3128",
        "http://me:hunter2/x@proxy:3128",
        "http://me:hunter2?x@proxy:3128",
        "http://me:hunter2@x@proxy:3128",
        "http://me:hunter2\\x@proxy:3128",
        "me:hunter2#x@proxy:3128",
        "socks5://me:hunter2@x@proxy:1080",
    ] {
        let policy = Policy { environment: https(value), ..policy(ProxySettings::default()) };
        let said = route(&policy, AWS).await;
        assert!(said.contains("HTTPS_PROXY") && said.contains("written as %"), "{value}: {said}");
        assert!(!said.contains("hunter2") && !said.contains("proxy:3128"), "{value}: {said}");
    }
    let all = ProxyEnvironment { all: "htp://proxy".to_owned(), ..ProxyEnvironment::default() };
    let policy_of_all = Policy { environment: all.clone(), ..policy(ProxySettings::default()) };
    assert!(route(&policy_of_all, AWS).await.contains("ALL_PROXY"));
    let policy_of_all = Policy { environment: all, ..policy(ProxySettings::default()) };
    assert!(route(&policy_of_all, "http://sim.example:4599/").await.contains("ALL_PROXY"));

    // Another variable does not stand in for it, and an exception needs none.
    let both = ProxyEnvironment { all: "http://p:1".to_owned(), ..https("htp://proxy") };
    let policy_of_all = Policy { environment: both, ..policy(ProxySettings::default()) };
    assert!(route(&policy_of_all, AWS).await.contains("HTTPS_PROXY"));
    let excepted = ProxyEnvironment { no: "amazonaws.com".to_owned(), ..https("htp://proxy") };
    let excepted = Policy { environment: excepted, ..policy(ProxySettings::default()) };
    assert_eq!(route(&excepted, AWS).await, "direct");

    for (value, expected) in [
        ("http://me:p%23w%40@proxy:3128", "proxy:3128"),
        (" http://proxy:3128/ ", "proxy:3128"),
        ("http://me@proxy", "proxy:80"),
        ("http://proxy:3128/path", "proxy:3128"),
    ] {
        let policy = Policy { environment: https(value), ..policy(ProxySettings::default()) };
        assert_eq!(route(&policy, AWS).await, expected, "{value}");
    }
}

#[tokio::test]
async fn by_hand_means_by_hand() {
    let by_hand = |exceptions: &str| {
        policy(ProxySettings {
            mode: ProxyMode::Manual,
            host: "proxy.example".to_owned(),
            port: 8080,
            exceptions: exceptions.to_owned(),
            ..ProxySettings::default()
        })
    };
    let table = [
        ("", AWS, "proxy.example:8080"),
        ("", "https://127.0.0.1:4599/", "proxy.example:8080"),
        ("127.0.0.1", "https://127.0.0.1:4599/", "direct"),
        // No proxy reads what goes unencrypted to this computer itself.
        ("", "http://127.0.0.1:4599/", "direct"),
        ("", "http://localhost:4599/", "direct"),
        ("", "http://[::1]:4599/", "direct"),
        ("", "http://support.example/", "proxy.example:8080"),
        ("amazonaws.com", AWS, "direct"),
        ("*.amazonaws.com; intranet", AWS, "direct"),
        ("10.0.0.0/8\nexample.com", AWS, "proxy.example:8080"),
    ];
    for (exceptions, uri, expected) in table {
        assert_eq!(route(&by_hand(exceptions), uri).await, expected, "{exceptions:?} {uri}");
    }
    let mut ignoring = by_hand("");
    ignoring.proxy.mode = ProxyMode::None;
    ignoring.environment.https = "http://other.example:1".to_owned();
    assert_eq!(route(&ignoring, AWS).await, "direct");
}

/// An operating system with settings of its own.
#[derive(Debug)]
struct Office(Result<Vec<SystemProxy>, String>);

impl SystemProxies for Office {
    fn find(&self, url: &str) -> Result<Vec<SystemProxy>, String> {
        assert_eq!(url, "https://support.us-east-1.amazonaws.com:443/");
        self.0.clone()
    }
}

#[tokio::test]
async fn the_operating_system_is_asked_where_the_environment_is_silent() {
    let http = SystemProxy::Http { host: "pac.example".to_owned(), port: 3128 };
    let https = SystemProxy::Https { host: "2001:db8::1".to_owned(), port: 443 };
    let table = [
        (Ok(vec![https, http.clone()]), "tls [2001:db8::1]:443, pac.example:3128"),
        (Ok(vec![]), "direct"),
        (Ok(vec![http.clone(), SystemProxy::Direct]), "pac.example:3128, direct"),
        (Ok(vec![SystemProxy::Other("SOCKS s:1080".to_owned())]), "not usable: SOCKS s:1080"),
    ];
    for (answer, expected) in table {
        let policy = Policy { system: Arc::new(Office(answer)), ..policy(ProxySettings::default()) };
        assert_eq!(route(&policy, AWS).await, expected);
    }
    let broken = Office(Err("the script at http://wpad/wpad.dat could not be loaded".to_owned()));
    let policy = Policy { system: Arc::new(broken), ..policy(ProxySettings::default()) };
    let said = route(&policy, AWS).await;
    assert!(
        said.contains("http://wpad/wpad.dat could not be loaded. Under Settings → Network you can"),
        "{said}"
    );
}

#[tokio::test]
async fn a_password_goes_to_the_proxy_in_the_way_of_rfc_7617() {
    let mut policy = policy(ProxySettings {
        mode: ProxyMode::Manual,
        host: "p".to_owned(),
        port: 1,
        user_name: "Aladdin".to_owned(),
        ..ProxySettings::default()
    });
    policy.password = PasswordSource::Entered(Secret::new("open sesame"));
    let routes = policy.routes(&AWS.parse().unwrap()).await.map_err(|error| error.to_string()).unwrap();
    let Some(Route::Through(proxy)) = routes.routes.into_iter().next() else { panic!("no proxy") };
    let header = proxy.authorization().await.unwrap().unwrap();
    assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(format!("{header:?}"), "Sensitive");
}

#[test]
fn a_password_in_the_environment_is_not_printed() {
    let environment =
        ProxyEnvironment { https: "http://me:secret@p:1".to_owned(), ..ProxyEnvironment::default() };
    assert!(!format!("{environment:?}").contains("secret"));
}
