//! Files that only say where another file or page is: shortcuts of Windows, aliases of macOS, links of a desktop. Sent
//! as an attachment one would pass for the log that it leads to.

/// Whether the file is such a shortcut, by its ending or by the beginning of its content.
pub(super) fn is_shortcut(name: &str, beginning: &[u8]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "lnk" | "url" | "webloc" | "inetloc" | "fileloc" | "afploc" => true,
        "desktop" => is_desktop_link(beginning),
        _ => is_marked(beginning),
    }
}

/// Whether the content begins as only a shortcut does, whatever its name.
fn is_marked(beginning: &[u8]) -> bool {
    // "[MS-SHLLINK]: Shell Link (.LNK) Binary File Format", ShellLinkHeader: its size and its class.
    const SHELL_LINK: &[u8] = b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46";
    // The bookmark data that the Finder writes into an alias.
    const ALIAS: &[u8] = b"book\0\0\0\0mark";
    // A symbolic link of Cygwin and MSYS where the file system has none.
    const CYGWIN_LINK: &[u8] = b"!<symlink>";
    [SHELL_LINK, ALIAS, CYGWIN_LINK].iter().any(|mark| beginning.starts_with(mark))
        || text(beginning).trim_start().to_ascii_lowercase().starts_with("[internetshortcut]")
}

/// Whether it is an entry of a desktop that leads to another file or page, not one that describes a program.
fn is_desktop_link(beginning: &[u8]) -> bool {
    text(beginning).lines().any(|line| {
        line.split_once('=').is_some_and(|(key, value)| key.trim() == "Type" && value.trim() == "Link")
    })
}

/// The first characters, without a mark of their encoding.
fn text(beginning: &[u8]) -> String {
    let beginning = &beginning[..beginning.len().min(4096)];
    String::from_utf8_lossy(beginning).trim_start_matches('\u{FEFF}').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcut_is_known_by_its_ending_or_its_content() {
        let link = [b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46".as_slice(), &[0; 56]].concat();
        let alias = [b"book\0\0\0\0mark\0\0\0\0".as_slice(), &[0; 200]].concat();
        let table: [(&str, &[u8]); 9] = [
            ("ingest.log - Shortcut.lnk", &link),
            ("ingest.log", &link),
            ("ingest.log alias", &alias),
            ("Support Center.url", b"[InternetShortcut]\r\nURL=https://console.norvik.example/\r\n"),
            (
                "Support Center.txt",
                b"\xEF\xBB\xBF[InternetShortcut]\r\nURL=https://console.norvik.example/\r\n",
            ),
            ("Support Center.webloc", b"<?xml version=\"1.0\"?>\n<plist version=\"1.0\"></plist>"),
            ("Support Center.WEBLOC", b"bplist00"),
            ("log.desktop", b"[Desktop Entry]\nType=Link\nURL=file:///var/log/ingest.log\n"),
            ("ingest.log", b"!<symlink>\xff\xfe/\0v\0"),
        ];
        for (name, beginning) in table {
            assert!(is_shortcut(name, beginning), "{name}");
        }
    }

    #[test]
    fn what_only_speaks_of_shortcuts_is_a_file() {
        let table: [(&str, &[u8]); 6] = [
            ("ingest.log", b"05:10:47 cannot open [InternetShortcut]\n"),
            ("url", b"https://console.norvik.example/"),
            ("book.txt", b"book mark"),
            ("eco-desk.desktop", b"[Desktop Entry]\nType=Application\nExec=eco-desk\n"),
            ("L.bin", b"\x4c\0\0\0"),
            ("empty", b""),
        ];
        for (name, beginning) in table {
            assert!(!is_shortcut(name, beginning), "{name}");
        }
    }
}
