use super::*;

fn opened(written: &str) -> String {
    let link = Link::parse(written).unwrap_or_else(|problem| panic!("{written}: {problem}"));
    assert_eq!(link.doubt(), None, "{written}");
    link.address().to_owned()
}

#[test]
fn a_plain_address_is_opened_in_its_normal_form() {
    let table = [
        ("https://aws.amazon.com/x?y=1#z", "https://aws.amazon.com/x?y=1#z"),
        ("HTTPS://AWS.Amazon.com", "https://aws.amazon.com/"),
        (" https://example.com:443/a b ", "https://example.com/a%20b"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("http://example.com/a/../b", "http://example.com/b"),
        ("https://en.wikipedia.org/wiki/Murphy's_law", "https://en.wikipedia.org/wiki/Murphy%27s_law"),
        ("https://example.com/søk?q=日本", "https://example.com/s%C3%B8k?q=%E6%97%A5%E6%9C%AC"),
        ("https://example.com/a%0D%0Ab", "https://example.com/a%0D%0Ab"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("https://example.com/$(id);|&x", "https://example.com/$(id);|&x"),
        (
            "https://console.aws.amazon.com/support/home#/case/?a@b",
            "https://console.aws.amazon.com/support/home#/case/?a@b",
        ),
        ("mailto:jane@example.com", "mailto:jane@example.com"),
        ("mailto:jane@example.com,joe@example.com", "mailto:jane@example.com,joe@example.com"),
        (
            "mailto:o'neil@example.com?subject=Run 17 %26 18&body=One%0D%0Atwo+three",
            "mailto:o%27neil@example.com?subject=Run%2017%20%26%2018&body=One%0D%0Atwo%2Bthree",
        ),
    ];
    for (written, address) in table {
        assert_eq!(opened(written), address, "{written}");
    }
}

#[test]
fn a_mail_address_takes_nothing_along_that_is_not_asked_for() {
    assert_eq!(
        opened(
            "mailto:jane@example.com?CC=evil@example.net&attach=/etc/passwd&Subject=Hi&bcc=x@example.net&to=y@example.net"
        ),
        "mailto:jane@example.com?subject=Hi"
    );
    // A line end in a subject would begin another header.
    assert_eq!(
        opened("mailto:jane@example.com?subject=Hi%0D%0ABcc: evil@example.net"),
        "mailto:jane@example.com?subject=Hi%20Bcc%3A%20evil%40example%2Enet"
            .replace("%40", "@")
            .replace("%2E", ".")
    );
}

#[test]
fn what_can_deceive_or_carry_something_along_is_refused() {
    let table = [
        "https://aws.amazon.com@evil.example/",
        "https://aws.amazon.com:x@evil.example/",
        "https://@evil.example/",
        "https://aws.amazon.com%2F@evil.example/",
        "https://example.com/\"; calc.exe",
        "https://example.com/`id`",
        "https://exam\nple.com/",
        "https://exam\tple.com/",
        "https://example.com/\0",
        "https://exam\u{200B}ple.com/",
        "https://example.com/\u{202E}moc.live//:sptth",
        "https://example.com/\u{2066}x",
        "https://",
        "https://exa mple.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.com/a",
        "ms-settings:privacy",
        "search-ms:query=x&crumb=location:\\\\evil.example",
        "\\\\evil.example\\share",
        "tel:+47123",
        "vscode://x",
        "example.com",
        "",
        "mailto:",
        "mailto:?to=jane@example.com",
        "mailto:jane",
        "mailto:jane@example.com%22%20-attach%20x",
        "mailto:%0D%0ABcc:evil@example.net",
        "mailto:jane@example.com?body=%1B[31m",
        "mailto:jane@example.com?subject=%FF",
        "mailto:jane@example.com?subject=%E2%80%AEgpj.exe",
    ];
    for written in table {
        let refused = Link::parse(written).expect_err(written);
        assert_eq!(refused.code, ProblemCode::InvalidInput);
        assert!(!refused.message.contains("evil"), "the log gets the message: {}", refused.message);
    }
}

#[test]
fn the_user_is_asked_about_a_host_that_is_not_the_one_that_is_read() {
    let table = [
        // A Cyrillic а in the first place.
        ("https://\u{430}mazon.com/x", "xn--mazon-3ve.com", "\u{430}mazon.com"),
        ("https://xn--mazon-3ve.com/x", "xn--mazon-3ve.com", "\u{430}mazon.com"),
        ("https://support.XN--mazon-3VE.com/", "support.xn--mazon-3ve.com", "support.\u{430}mazon.com"),
        ("https://bücher.example/", "xn--bcher-kva.example", "bücher.example"),
        ("https://\u{FF45}vil.example/", "evil.example", "evil.example"),
        ("https://%65vil.example/", "evil.example", "evil.example"),
        ("https:evil.example", "evil.example", "evil.example"),
        ("https:\\\\evil.example\\x", "evil.example", "evil.example"),
        ("http://0x7f.1/", "127.0.0.1", "127.0.0.1"),
        ("http://2130706433/", "127.0.0.1", "127.0.0.1"),
        ("https://aws。example/", "aws.example", "aws.example"),
        ("mailto:jane@\u{430}mazon.com", "xn--mazon-3ve.com", "\u{430}mazon.com"),
    ];
    for (written, ascii, unicode) in table {
        let link = Link::parse(written).unwrap_or_else(|problem| panic!("{written}: {problem}"));
        assert_eq!(
            link.doubt(),
            Some(&LinkHost { ascii: ascii.into(), unicode: unicode.into() }),
            "{written}"
        );
    }
    assert_eq!(Link::parse("https://\u{430}mazon.com/x").unwrap().address(), "https://xn--mazon-3ve.com/x");
}
