use super::*;

fn reason(text: &str) -> String {
    Scenario::parse("mine.toml", text).unwrap_err().to_string()
}

/// The smallest scenario, with one line replaced.
fn small(line: &str, by: &str) -> String {
    let text = "[pace.quick]\nanswer = \"5s\"\n\n[voice]\nengineers = [\"Ada\"]\ngreeting = \"Hi {customer},\"\n\
                greeting_of_unknown = \"Hi,\"\nclosing = \"{engineer}\"\n\n[letter.hello]\nparagraphs = [\"Hello.\"]\n\n\
                [[story]]\nname = \"one\"\n\n[[story.step]]\nname = \"say\"\nafter = \"answer\"\nsay = \"hello\"\n\n\
                [[rule]]\non = \"case\"\nstory = \"one\"\n";
    assert!(line.is_empty() || text.contains(line), "{line:?} is in the text");
    text.replacen(line, by, usize::from(!line.is_empty()))
}

#[test]
fn the_built_in_scenario_is_whole() {
    let standard = Scenario::parse("standard.toml", STANDARD).unwrap();
    assert_eq!(standard.paces(), ["demo", "targets", "lifelike"]);
    assert_eq!(standard.pace_name(), "demo");
    let stories: Vec<_> = standard.stories().into_iter().map(|(name, _)| name).collect();
    for story in ["incident", "reclassified", "restore", "own-incident", "own-problem", "reopened", "test"] {
        assert!(stories.contains(&story), "{story} is missing in {stories:?}");
    }
    assert_eq!(standard.at_pace("targets").unwrap().pace_name(), "targets");
    assert_eq!(
        standard.at_pace("warp").unwrap_err().to_string(),
        "there is no pace \"warp\"; there are demo, targets, lifelike"
    );
}

#[test]
fn a_small_scenario_is_enough() {
    let scenario = Scenario::parse("mine.toml", &small("", "")).unwrap();
    assert_eq!(scenario.paces(), ["quick"]);
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_what_is_allowed() {
    for (line, by, expected) in [
        (
            "story = \"one\"",
            "story = \"two\"",
            "mine.toml, line 23: there is no story \"two\"; there are: one",
        ),
        (
            "on = \"case\"",
            "on = \"mail\"",
            "line 22: there is no trigger \"mail\"; there are: case, reply, reopen, alarm",
        ),
        ("say = \"hello\"", "say = \"helo\"", "line 19: there is no letter \"helo\"; there are: hello"),
        ("after = \"answer\"", "after = \"soon\"", "line 18: no pace has a time \"soon\"; they have: answer"),
        ("after = \"answer\"", "after = \"5 parsecs\"", "line 18: \"5 parsecs\" is no time"),
        ("answer = \"5s\"", "answer = \"9m..3m\"", "line 2: the range \"9m..3m\" ends before it begins"),
        ("answer = \"5s\"", "answer = { high = \"1s\", low = \"2s\" }", "line 2: missing field `medium`"),
        ("answer = \"5s\"", "answer = 5", "line 2: invalid type: integer `5`, expected a time such as"),
        (
            "[\"Hello.\"]",
            "[\"Hello {custommer}.\"]",
            "line 11: nothing fills {custommer}; there are: customer, ",
        ),
        ("[\"Hello.\"]", "[]", "line 10: a letter needs a paragraph"),
        ("[\"Hello.\"]", "[[]]", "line 11: a list of texts needs at least one"),
        (
            "say = \"hello\"",
            "sya = \"hello\"",
            "line 19: unknown field `sya`, expected one of `name`, `after`",
        ),
        (
            "say = \"hello\"",
            "status = \"done\"",
            "line 19: there is no status \"done\"; there are: unassigned, opened",
        ),
        (
            "say = \"hello\"",
            "severity = \"worst\"",
            "line 19: there is no severity \"worst\"; there are: low, normal",
        ),
        ("say = \"hello\"", "service = \"ec3\"", "line 19: there is no service \"ec3\"; there are: "),
        ("say = \"hello\"", "chance = 1.5", "line 19: a chance is a number from 0.0"),
        (
            "say = \"hello\"",
            "then = \"say\"",
            "line 14: the story \"one\" runs in a circle through the step \"say\"",
        ),
        ("say = \"hello\"", "then = \"later\"", "line 19: there is no step \"later\"; there are: say, end"),
        ("say = \"hello\"", "attach = [{ name = \"x.log\", text = \"x\" }]", "line 19: files need a letter"),
        (
            "say = \"hello\"",
            "say = \"hello\"\nattach = [{ name = \"a/x.log\", text = \"x\" }]",
            "line 20: a file has a name, without a folder",
        ),
        (
            "say = \"hello\"",
            "say = \"hello\"\nattach = [{ name = \"x.log\" }]",
            "line 20: a file has exactly one of letter, text",
        ),
        (
            "say = \"hello\"",
            "choose = [{ reply_has = [\"yes\"], then = \"end\" }]",
            "line 19: the last choice has no reply_has",
        ),
        ("say = \"hello\"", "body = \"x\"\nsay = \"hello\"", "line 19: a step has either say"),
        (
            "on = \"case\"",
            "on = \"case\"\npriority = [\"urgent\"]",
            "line 23: there is no priority \"urgent\"",
        ),
        ("[voice]", "[voice", "line 4: "),
        ("engineers = [\"Ada\"]", "engineers = []", "line 5: at least one engineer is needed"),
    ] {
        let found = reason(&small(line, by));
        assert!(found.contains(expected), "{by}\n  gave {found}\n  not {expected}");
    }
}

#[test]
fn each_pace_has_the_same_times() {
    let found = reason(&small("[voice]", "[pace.slow]\nanswer = \"5m\"\nfix = \"9m\"\n\n[voice]"));
    assert!(found.contains("line 6: the first pace lacks the time \"fix\""), "{found}");
    let found = reason(&small("[voice]", "[pace.slow]\n\n[voice]"));
    assert!(found.contains("the pace slow lacks the time \"answer\""), "{found}");
}

#[test]
fn a_case_that_monitoring_opens_needs_a_text() {
    let text = small("say = \"hello\"", "status = \"opened\"").replace("on = \"case\"", "on = \"alarm\"");
    assert!(
        reason(&text).contains("the step \"say\" opens a case, so it must say something"),
        "{}",
        reason(&text)
    );
}

#[test]
fn a_file_is_read_from_beside_the_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let attaching =
        small("say = \"hello\"", "say = \"hello\"\nattach = [{ name = \"x.log\", file = \"x.log\" }]");
    std::fs::write(&path, &attaching).unwrap();
    let missing = Scenario::load(&path).unwrap_err().to_string();
    assert!(missing.contains("mine.toml, line 20: cannot read") && missing.contains("x.log"), "{missing}");
    std::fs::write(folder.path().join("x.log"), "07:40 503").unwrap();
    assert!(Scenario::load(&path).is_ok());
    assert!(reason(&attaching).contains("only a scenario that is a file itself"));
    let nowhere = Scenario::load(folder.path().join("none.toml")).unwrap_err();
    assert!(nowhere.to_string().starts_with("cannot read"), "{nowhere}");
}
