//! Files as people have them, beside what the AWS CLI makes of them.

use super::*;

async fn read(config: &[u8], credentials: &[u8]) -> Profiles {
    let dir = tempfile::tempdir().unwrap();
    let [config_path, credentials_path] = ["config", "credentials"].map(|name| dir.path().join(name));
    std::fs::write(&config_path, config).unwrap();
    std::fs::write(&credentials_path, credentials).unwrap();
    Profiles::read(&config_path, &credentials_path).await
}

/// A file, and its profiles with each property and value that the AWS CLI finds (`load_config` of its botocore).
type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a [(&'a str, &'a str)])]);

const PROCESS: (&str, &str) = ("credential_process", "/usr/bin/true");
const REGION: (&str, &str) = ("region", "eu-west-1");

#[tokio::test]
async fn a_config_file_is_read_as_the_aws_cli_reads_it() {
    let table: [Row<'_>; 19] = [
        (
            "indented properties",
            "[default]\nregion = eu-west-1\n\n[profile ops]\n    region = eu-west-1\n    credential_process = /usr/bin/true\n",
            &[("default", &[REGION]), ("ops", &[PROCESS, REGION])],
        ),
        (
            "a colon in place of =",
            "[profile ops]\nregion: eu-west-1\ncredential_process = /usr/bin/true\n\n[profile other]\ncredential_process = /usr/bin/true\n",
            &[("ops", &[PROCESS, REGION]), ("other", &[PROCESS])],
        ),
        (
            "words after a header",
            "[profile ops] /* the old one */\ncredential_process = /usr/bin/true\n\n[profile other] # see [ops]\ncredential_process = /usr/bin/true\n",
            &[("ops", &[PROCESS]), ("other", &[PROCESS])],
        ),
        (
            "a line of one no-break space",
            "[profile ops]\ncredential_process = /usr/bin/true\n\u{a0}\n[profile other]\ncredential_process = /usr/bin/true\n",
            &[("ops", &[PROCESS]), ("other", &[PROCESS])],
        ),
        (
            "a name with spaces and a dot",
            "[profile 'Norvik Prod.EdiSupport']\ncredential_process = /usr/bin/true\n\n[profile plain]\ncredential_process = /usr/bin/true\n",
            &[("Norvik Prod.EdiSupport", &[PROCESS]), ("plain", &[PROCESS])],
        ),
        ("double quotes", "[profile \"a b\"]\nregion = eu-west-1\n", &[("a b", &[REGION])]),
        (
            "tabs",
            "[profile ops]\n\tregion\t=\teu-west-1\n\tcredential_process\t=\t/usr/bin/true\n",
            &[("ops", &[PROCESS, REGION])],
        ),
        (
            "capitals",
            "[profile ops]\nRegion = eu-west-1\nCREDENTIAL_PROCESS = /usr/bin/true\n",
            &[("ops", &[PROCESS, REGION])],
        ),
        (
            "comments",
            "# a\n; b\n[profile ops]\n  # c\nregion = eu-west-1\n  ; d\ncredential_process = /usr/bin/true\n",
            &[("ops", &[PROCESS, REGION])],
        ),
        (
            "signs of comments within a command",
            "[profile ops]\ncredential_process = /usr/bin/creds --note a#b ; c\n",
            &[("ops", &[("credential_process", "/usr/bin/creds --note a#b ; c")])],
        ),
        (
            "nested properties, and sections that are no profiles",
            "[profile ops]\ns3 =\n  max_concurrent_requests = 20\n  addressing_style = path\nregion = eu-west-1\n[services x]\ns3 =\n  endpoint_url = http://127.0.0.1\n[plugins]\ncli_legacy_plugin_path = /x\n",
            &[("ops", &[REGION])],
        ),
        (
            "default under both headers, of which the last counts",
            "[default]\nregion = eu-west-2\n[profile default]\nregion = eu-west-1\n",
            &[("default", &[REGION])],
        ),
        (
            "default under both headers, the other way round",
            "[profile default]\nregion = eu-west-2\n[default]\nregion = eu-west-1\n",
            &[("default", &[REGION])],
        ),
        (
            "what all sections have in common",
            "[DEFAULT]\nregion = eu-west-1\n[profile ops]\ncredential_process = /usr/bin/true\n",
            &[("ops", &[PROCESS, REGION])],
        ),
        (
            "= and : in a value",
            "[profile ops]\ncredential_process = x --a=b:c\nregion=eu-west-1\n",
            &[("ops", &[("credential_process", "x --a=b:c"), REGION])],
        ),
        (
            "Windows line ends",
            "[profile ops]\r\nregion = eu-west-1\r\n\r\ncredential_process = /usr/bin/true\r\n",
            &[("ops", &[PROCESS, REGION])],
        ),
        ("an old Mac's line ends", "[profile ops]\rregion = eu-west-1\r", &[("ops", &[REGION])]),
        (
            "spaces of other alphabets",
            "[profile ops]\n\u{a0}region\u{a0}=\u{a0}eu-west-1\u{2003}\n",
            &[("ops", &[REGION])],
        ),
        ("no profile at all", "# nothing\n", &[]),
    ];
    for (what, text, expected) in table {
        let profiles = read(text.as_bytes(), b"").await;
        assert_eq!(profiles.unreadable, [], "{what}");
        assert_eq!(profiles.names(), expected.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "{what}");
        for (name, values) in expected {
            assert_eq!(profiles.fault(name), None, "{what}: {name}");
            let found: Vec<_> = profiles.entries.profiles[*name].values().collect();
            assert_eq!(found, *values, "{what}: {name}");
        }
    }
}

#[tokio::test]
async fn credentials_may_be_indented_and_come_before_the_config_files_values() {
    let config = b"[profile keys]\naws_access_key_id = OTHER\nregion = eu-west-1\n";
    let credentials =
        b"[keys]\n    aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n    aws_secret_access_key = x\n";
    let profiles = read(config, credentials).await;
    assert_eq!(profiles.names(), ["keys"]);
    assert_eq!(profiles.get("keys", "aws_access_key_id"), Some("AKIAIOSFODNN7EXAMPLE"));
    assert_eq!(profiles.get("keys", "aws_secret_access_key"), Some("x"));
    assert_eq!(profiles.get("keys", "region"), Some("eu-west-1"));
}

/// Where the AWS CLI gives up the whole file, or says nothing.
#[tokio::test]
async fn what_cannot_be_read_costs_one_profile_and_is_told() {
    let table = [
        ("a line without =", "[profile ops]\nregion\n", "ops", "line 2 has no = in it"),
        ("a line without a name", "[profile ops]\n= x\n", "ops", "line 2 has no name before its ="),
        (
            "a property twice",
            "[profile ops]\nregion = a\nregion = b\n",
            "ops",
            "lines 2 and 3 both set region, to different values",
        ),
        (
            "a section twice",
            "[profile ops]\nregion = a\n[profile ops]\nregion = b\n",
            "ops",
            "lines 2 and 4 both set region, to different values",
        ),
        (
            "a deeper line",
            "[profile ops]\nregion = a\n  credential_process = x\n",
            "ops",
            "line 3 is indented more than line 2 and so goes on with its region",
        ),
        (
            "a deeper line after a blank one",
            "[profile ops]\nregion = a\n\n  b\n",
            "ops",
            "line 4 is indented more than line 2",
        ),
        (
            "nested where a value belongs",
            "[profile ops]\nrole_arn =\n  arn:aws:iam::1:role/x\n",
            "ops",
            "line 3 is indented and so nested in role_arn",
        ),
        ("no end of a header", "[profile ops\nregion = a\n", "ops", "line 1 has no ] at its end"),
        ("an empty header", "[]\nregion = a\nrole_arn = x\n", "]", "line 1 has no ] at its end"),
        ("a name without quotes", "[profile a b]\nregion = x\n", "a b", "quotes: [profile \"a b\"]"),
        ("an open quote", "[profile 'a b]\nregion = x\n", "'a b", "is not closed"),
        ("no name", "[profile]\nregion = x\n", "", "names no profile"),
        ("no word", "[ops]\nrole_arn = x\n", "ops", "has to be [profile ops]"),
        ("no word and no quotes", "[a b]\nrole_arn = x\n", "a b", "has to be [profile \"a b\"]"),
        ("bytes that are no text", "[profile ops]\nregion = \u{1}\n", "ops", "line 2 is not text in UTF-8"),
        ("bytes in a name", "[profile o\u{1}ps]\nregion = x\n", "o\u{fffd}ps", "line 1 is not text in UTF-8"),
        (
            "a control character",
            "[profile ops]\nregion = a\u{7}b\n",
            "ops",
            "has control or invisible characters",
        ),
        (
            "another direction",
            "[profile ops]\ncredential_process = x \u{202e}y\n",
            "ops",
            "has control or invisible characters",
        ),
    ];
    for (what, text, name, says) in table {
        let good = "[profile other]\nregion = eu-west-1\n";
        for text in [format!("{text}{good}"), format!("{good}{text}")] {
            // A sign that stands for what is no UTF-8.
            let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 1 { 0xFC } else { byte }).collect();
            let profiles = read(&bytes, b"").await;
            assert_eq!((profiles.fault("other"), &profiles.unreadable), (None, &vec![]), "{what}: {text:?}");
            assert_eq!(profiles.get("other", "region"), Some("eu-west-1"), "{what}: {text:?}");
            let said = profiles.fault(name).unwrap_or_else(|| panic!("{what}: {:?}", profiles.names()));
            // The numbers of lines are those of the first text.
            assert!(text.starts_with(good) || said.contains(says), "{what}: {said}");
        }
    }
}

#[tokio::test]
async fn a_fault_names_its_line_and_quotes_nothing() {
    let profiles = read(b"# keys\n\n[profile a]\n\nwJalrXUtnFEMI\n", b"").await;
    let said = profiles.fault("a").unwrap();
    assert!(said.contains("line 5 has no = in it of ") && !said.contains("wJalr"), "{said}");
}

#[tokio::test]
async fn what_says_the_same_twice_is_no_fault() {
    let text = b"[profile a]\nregion = x\nregion = x\n[profile a]\nregion = x\ncredential_process = y\n";
    let profiles = read(text, b"").await;
    assert_eq!(profiles.fault("a"), None);
    assert_eq!(profiles.get("a", "credential_process"), Some("y"));
}

#[tokio::test]
async fn what_belongs_to_no_profile_is_told_of_the_file() {
    for (text, says) in [
        ("region = a\n[profile other]\nregion = a\n", "line 1 stands before the first [profile"),
        ("\n\u{1}\n[profile other]\nregion = a\n", "line 2 is not text in UTF-8"),
    ] {
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 1 { 0xFC } else { byte }).collect();
        let profiles = read(&bytes, b"").await;
        assert_eq!(profiles.names(), ["other"]);
        assert_eq!(profiles.unreadable.len(), 1, "{text:?}");
        assert!(profiles.unreadable[0].reason.contains(says), "{:?}", profiles.unreadable);
    }
}

#[tokio::test]
async fn a_huge_file_is_not_read_and_said() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config");
    std::fs::File::create(&config).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
    let profiles = Profiles::read(&config, &dir.path().join("none")).await;
    assert!(profiles.unreadable[0].reason.contains("more than 8 MB"), "{:?}", profiles.unreadable);
    // With as many profiles as fit, it is read within the time that a person waits.
    let many: String = (0..100_000).map(|at| format!("[profile p{at}]\nregion = eu-west-1\n")).collect();
    assert!(many.len() as u64 <= MAX_FILE_BYTES);
    let begun = std::time::Instant::now();
    assert_eq!(read(many.as_bytes(), b"").await.names().len(), 100_000);
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn what_any_editor_writes_is_read() {
    let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        let mut all = mark.to_vec();
        "[a]\r\nregion = ü".encode_utf16().for_each(|unit| all.extend(bytes(unit)));
        all
    };
    let text = Some("[a]\r\nregion = ü".to_owned());
    assert_eq!(decode("[a]\r\nregion = ü".as_bytes()), text);
    assert_eq!(decode("\u{feff}[a]\r\nregion = ü".as_bytes()), text);
    assert_eq!(decode(&wide([0xFF, 0xFE], u16::to_le_bytes)), text);
    assert_eq!(decode(&wide([0xFE, 0xFF], u16::to_be_bytes)), text);
    assert_eq!(decode(&[0xFF, 0xFE, 0x41]), None);
    assert_eq!(decode(&[0xC3, 0x28]), Some("\u{fffd}(".to_owned()));
    assert_eq!(decode(b""), Some(String::new()));
}

/// What the SDK reads in the files that are written for it.
#[tokio::test]
async fn the_sdk_reads_the_same_values() {
    let config = "[profile 'Norvik Prod']\n  role_arn: arn:aws:iam::1:role/x\n  source_profile = the keys # mine\n\
                  [profile 'the keys']\nregion = eu-west-1\ncredential_process = never given to the SDK\n\
                  [profile sso]\nsso_session = corp\nsso_account_id = 1\n[sso-session corp]\nsso_region: eu-west-1\n";
    let credentials =
        "[the keys]\n aws_access_key_id = AKIA\n aws_secret_access_key = a;b#c=\n aws_session_token =\n";
    let profiles = read(config.as_bytes(), credentials.as_bytes()).await;
    let fs = aws_types::os_shim_internal::Fs::real();
    let env = aws_types::os_shim_internal::Env::from_slice(&[]);
    let (files, name) = profiles.files("Norvik Prod");
    let set = aws_config::profile::load(&fs, &env, &files, None).await.unwrap();
    let role = set.get_profile(&name).unwrap();
    assert_eq!(role.get("role_arn"), Some("arn:aws:iam::1:role/x"));
    let source = set.get_profile(role.get("source_profile").unwrap()).unwrap();
    assert_eq!(source.get("aws_secret_access_key"), Some("a;b#c="));
    assert_eq!((source.get("aws_session_token"), source.get("credential_process")), (None, None));
    let (files, name) = profiles.files("sso");
    assert_eq!(name, "sso");
    let set = aws_config::profile::load(&fs, &env, &files, None).await.unwrap();
    assert_eq!(set.sso_session("corp").unwrap().get("sso_region"), Some("eu-west-1"));
}
