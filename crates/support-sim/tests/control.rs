//! The control API, over a socket, as a script uses it.
#![allow(clippy::unwrap_used)]

#[path = "support/control.rs"]
mod client;
mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use client::Control;
use serde_json::{Value, json};
use support::{code, in_process, manual_clock, report};
use support_sim::{Scenario, Server, Sim};
use tokio::net::TcpListener;

async fn served(sim: &Sim) -> (Control, Server) {
    let server = sim.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    (Control::at(&server.url()), server)
}

fn sim() -> Sim {
    let targets = Scenario::standard().at_pace("targets").unwrap();
    Sim::builder().clock(manual_clock()).scenario(targets).build().unwrap()
}

fn silent() -> Sim {
    Sim::builder().clock(manual_clock()).build().unwrap()
}

#[tokio::test]
async fn an_operator_does_everything_with_a_case() {
    let sim = silent();
    let (eco, _server) = served(&sim).await;
    let id = report(&in_process(&sim), "Search <b>slow</b>", "Since 07:40.").await;
    let listed = eco.done("GET", "/_eco/api/cases?search=SLOW&status=open", None).await;
    assert_eq!(listed["total"], 1);
    let line = &listed["cases"][0];
    assert_eq!((&line["subject"], &line["status"]), (&json!("Search <b>slow</b>"), &json!("unassigned")));
    assert_eq!(line["responseDue"], "2026-11-22T11:00:00Z", "four hours at medium priority");
    let display = line["displayId"].as_str().unwrap().to_owned();
    let path = format!("/_eco/api/cases/{display}");

    let files = json!([{ "name": "ærlig log.txt", "base64": STANDARD.encode("07:40 503") }]);
    let page =
        eco.done("POST", &format!("{path}/reply"), Some(json!({ "body": "On it.", "files": files }))).await;
    assert_eq!(
        (&page["status"], &page["firstResponse"]),
        (&json!("work-in-progress"), &json!("2026-11-22T07:00:00Z"))
    );
    let file = &page["correspondence"][1]["files"][0];
    assert_eq!((&file["fileName"], &file["size"]), (&json!("ærlig log.txt"), &json!(9)));
    let link = format!("/_eco/api/attachments/{}", file["attachmentId"].as_str().unwrap());
    let answer = eco.raw(eco.request("GET", &link, None)).await;
    assert_eq!(&answer.body()[..], b"07:40 503");
    assert_eq!(answer.headers()["content-disposition"], "attachment; filename*=UTF-8''%C3%A6rlig%20log.txt");

    let page = eco.done("POST", &format!("{path}/ask"), Some(json!({ "body": "Which query?" }))).await;
    assert_eq!(page["status"], "pending-customer-action");
    let page = eco
        .done(
            "PUT",
            &format!("{path}/service"),
            Some(json!({ "serviceCode": "service-ams-operations-service-request" })),
        )
        .await;
    assert_eq!(page["serviceName"], "AMS Operations - Service Request");
    let page = eco.done("PUT", &format!("{path}/severity"), Some(json!({ "severity": "critical" }))).await;
    assert_eq!((&page["priority"], &page["responseDue"]), (&json!("High"), &json!("2026-11-22T07:15:00Z")));
    let page = eco.done("PUT", &format!("{path}/status"), Some(json!({ "status": "opened" }))).await;
    assert_eq!(page["status"], "opened");
    let page = eco.done("POST", &format!("{path}/resolve"), Some(json!({ "body": "Done." }))).await;
    assert_eq!((&page["status"], page["correspondence"].as_array().unwrap().len()), (&json!("resolved"), 4));
    assert_eq!(sim.case(&id).unwrap().communications[3].body, "Done.");

    let opened =
        json!({ "subject": "Backup missing", "body": "At 02:00.", "severity": "urgent", "files": files });
    let own = eco.done("POST", "/_eco/api/cases", Some(opened)).await;
    let own = sim.case(own["displayId"].as_str().unwrap()).unwrap();
    assert!(own.opened_by_eco && own.communications[0].files.len() == 1, "{own:?}");
}

#[tokio::test]
async fn what_is_refused_says_why() {
    let sim = silent();
    let (eco, _server) = served(&sim).await;
    let id = report(&in_process(&sim), "s", "b").await;
    let case = |what: &str| format!("/_eco/api/cases/{id}{what}");
    let body = Some(json!({ "body": "x" }));
    for (method, path, body, status, expected) in [
        ("GET", "/_eco/api/cases/1".to_owned(), None, 404, "there is no case 1"),
        ("GET", "/_eco/api/nowhere".to_owned(), None, 404, "there is nothing at /_eco/api/nowhere"),
        ("GET", "/support/api/nowhere".to_owned(), None, 404, "there is nothing at"),
        ("PUT", case("/reply"), body.clone(), 405, "PUT cannot be done at"),
        ("POST", case("/reply"), None, 415, "send JSON"),
        ("POST", case("/reply"), Some(json!({ "body": "" })), 400, "1 to 8000 characters long, not 0"),
        ("POST", case("/reply"), Some(json!({ "text": "x" })), 400, "unknown field `text`, expected"),
        (
            "POST",
            case("/reply"),
            Some(json!({ "body": "x", "status": "done" })),
            400,
            "there are: unassigned",
        ),
        (
            "POST",
            case("/reply"),
            Some(json!({ "body": "x", "files": [{ "name": "x", "base64": "?" }] })),
            400,
            "not base64",
        ),
        (
            "POST",
            case("/reply"),
            Some(json!({ "body": "x", "files": [{ "name": "a/b", "base64": "" }] })),
            400,
            "no name",
        ),
        (
            "POST",
            case("/reply"),
            Some(json!({ "body": "x", "files": [{ "name": "b", "base64": "" }] })),
            400,
            "1 byte",
        ),
        ("PUT", case("/service"), Some(json!({ "serviceCode": "ec3" })), 400, "there is no service ec3"),
        ("PUT", case("/severity"), Some(json!({ "severity": "worst" })), 400, "there are: low, normal, high"),
        ("POST", case("/story"), Some(json!({ "name": "magic" })), 400, "there are: incident"),
        ("POST", case("/story/now"), Some(json!({})), 409, "nothing is planned"),
        ("GET", "/_eco/api/cases?stauts=open".to_owned(), None, 400, "unknown field `stauts`"),
        ("GET", "/_eco/api/attachments/attachment-1".to_owned(), None, 404, "there is no attachment"),
        (
            "PATCH",
            "/_eco/api/account".to_owned(),
            Some(json!({ "plan": "gold" })),
            400,
            "none, business, enterprise",
        ),
        (
            "PATCH",
            "/_eco/api/account".to_owned(),
            Some(json!({ "denied": ["Fly"] })),
            400,
            "there are: support:",
        ),
        (
            "PATCH",
            "/_eco/api/scenario".to_owned(),
            Some(json!({ "pace": "warp" })),
            400,
            "there are demo, targets",
        ),
        (
            "PUT",
            "/_eco/api/clock".to_owned(),
            Some(json!({ "mode": "back" })),
            400,
            "there are: running, faster",
        ),
        ("PUT", "/_eco/api/clock".to_owned(), Some(json!({ "rate": -1 })), 400, "a rate above 0"),
        (
            "PUT",
            "/_eco/api/clock".to_owned(),
            Some(json!({ "mode": "standing", "rate": 2 })),
            400,
            "only the mode faster",
        ),
        ("POST", "/_eco/api/clock/step".to_owned(), Some(json!({ "by": "soon" })), 400, "write it like"),
        ("POST", "/_eco/api/clock/step".to_owned(), Some(json!({ "by": "next" })), 409, "nothing is planned"),
        (
            "POST",
            "/_eco/api/faults".to_owned(),
            Some(json!({ "on": "Fly", "fault": { "kind": "malformed" } })),
            400,
            "Fly",
        ),
        (
            "POST",
            "/_eco/api/faults".to_owned(),
            Some(json!({ "on": "any", "times": 0, "fault": { "kind": "malformed" } })),
            400,
            "at least once",
        ),
        ("DELETE", "/_eco/api/faults/7".to_owned(), None, 404, "there is no fault 7"),
        (
            "POST",
            "/_eco/api/monitoring".to_owned(),
            Some(json!({ "alarm": "dust", "value": 1 })),
            400,
            "there are: index-backlog",
        ),
        (
            "PUT",
            "/_eco/api/monitoring/9".to_owned(),
            Some(json!({ "found": "incident" })),
            404,
            "there is no event 9",
        ),
        ("POST", "/_eco/api/contacts/9/take".to_owned(), Some(json!({})), 404, "there is no chat or call 9"),
        ("POST", "/_eco/api/contacts/x/take".to_owned(), Some(json!({})), 404, "they have numbers"),
    ] {
        let (got, message) = eco.refused(method, &path, body).await;
        assert!(got == status && message.contains(expected), "{method} {path}: {got} {message}");
    }
    assert_eq!(sim.case(&id).unwrap().communications.len(), 1, "nothing was done");
}

#[tokio::test]
async fn time_passes_as_told_and_eco_acts_in_it() {
    let sim = sim();
    let (eco, _server) = served(&sim).await;
    let id = report(&in_process(&sim), "Search is slow", "b").await;
    let clock = eco.done("GET", "/_eco/api/clock", None).await;
    assert_eq!((&clock["mode"], &clock["now"]), (&json!("standing"), &json!("2026-11-22T07:00:00Z")));
    let told = eco.done("POST", "/_eco/api/clock/step", Some(json!({ "by": "2h" }))).await;
    assert_eq!(told["clock"]["now"], "2026-11-22T09:00:00Z");
    let page = eco.done("GET", &format!("/_eco/api/cases/{id}"), None).await;
    assert_eq!(page["correspondence"][1]["at"], "2026-11-22T08:35:00Z", "{page}");
    assert_eq!(page["plan"]["story"], "incident");
    let told = eco.done("POST", "/_eco/api/clock/step", Some(json!({ "by": "next" }))).await;
    assert_eq!(told["clock"]["now"], "2026-11-22T13:00:00Z", "ECO opens an incident of its own then");
    assert_eq!(told["steps"], 1);
    assert!(
        sim.cases()
            .iter()
            .any(|case| case.opened_by_eco && case.created.to_string() == "2026-11-22T13:00:00Z")
    );

    let now = json!({ "mode": "faster", "rate": 3600.0, "now": "2026-12-01T00:00:00Z" });
    let clock = eco.done("PUT", "/_eco/api/clock", Some(now)).await;
    assert_eq!((&clock["mode"], &clock["rate"]), (&json!("faster"), &json!(3600.0)));
    assert!(clock["now"].as_str().unwrap().starts_with("2026-12-0"), "{clock}");
    eco.done("PUT", "/_eco/api/clock", Some(json!({ "mode": "running" }))).await;
    let standing = eco.done("PUT", "/_eco/api/clock", Some(json!({ "mode": "standing" }))).await;
    assert_eq!(eco.done("GET", "/_eco/api/clock", None).await, standing);
}

#[tokio::test]
async fn the_scenario_is_switched_and_stories_are_played() {
    let sim = sim();
    let (eco, _server) = served(&sim).await;
    let told =
        eco.done("PATCH", "/_eco/api/scenario", Some(json!({ "acting": false, "pace": "demo" }))).await;
    assert_eq!((&told["acting"], &told["pace"]), (&json!(false), &json!("demo")));
    let id = report(&in_process(&sim), "Search is slow", "b").await;
    let path = format!("/_eco/api/cases/{id}");
    assert_eq!(eco.done("GET", &path, None).await["plan"], Value::Null, "nobody acts");
    let page = eco.done("POST", &format!("{path}/story"), Some(json!({ "name": "findings" }))).await;
    assert_eq!(page["plan"]["step"], "send");
    let page = eco.done("POST", &format!("{path}/story/now"), Some(json!({}))).await;
    assert_eq!(page["correspondence"][1]["files"][0]["fileName"], "health-checks.csv");
    eco.done("POST", &format!("{path}/story"), Some(json!({ "name": "restore" }))).await;
    assert_eq!(eco.done("DELETE", &format!("{path}/story"), None).await["plan"], Value::Null);
}

#[tokio::test]
async fn faults_plan_denials_and_quotas_are_felt_by_callers() {
    let sim = silent();
    let (eco, _server) = served(&sim).await;
    let client = in_process(&sim);
    let fault = json!({ "on": "DescribeCases", "fault": { "kind": "refuse", "code": "ThrottlingException" }, "times": 2 });
    let entry = eco.done("POST", "/_eco/api/faults", Some(fault)).await;
    assert_eq!(code(client.describe_cases().send().await), "ThrottlingException");
    let listed = eco.done("GET", "/_eco/api/faults", None).await;
    assert_eq!((&listed["faults"][0]["id"], &listed["faults"][0]["times"]), (&entry["id"], &json!(1)));
    eco.done("DELETE", &format!("/_eco/api/faults/{}", entry["id"]), None).await;
    client.describe_cases().send().await.unwrap();
    let chance = json!({ "on": "any", "fault": { "kind": "status", "status": 503 }, "chance": { "probability": 1.0, "seed": 1 } });
    eco.done("POST", "/_eco/api/faults", Some(chance)).await;
    assert!(client.describe_cases().send().await.is_err());
    assert_eq!(eco.done("DELETE", "/_eco/api/faults", None).await["faults"], json!([]));

    let calls = eco.done("GET", "/_eco/api/calls?limit=2", None).await;
    assert_eq!((&calls["total"], calls["calls"].as_array().unwrap().len()), (&json!(3), 2));
    assert_eq!(
        (&calls["calls"][0]["outcome"], &calls["calls"][0]["code"]),
        (&json!("bare-status"), &json!("503"))
    );
    eco.done("DELETE", "/_eco/api/calls", None).await;
    assert_eq!(sim.calls().len(), 0);

    eco.done("PATCH", "/_eco/api/account", Some(json!({ "plan": "none" }))).await;
    assert_eq!(code(client.describe_cases().send().await), "SubscriptionRequiredException");
    let denied = json!({ "plan": "business", "denied": ["support:DescribeCases"] });
    eco.done("PATCH", "/_eco/api/account", Some(denied)).await;
    assert_eq!(code(client.describe_cases().send().await), "AccessDeniedException");
    let open = json!({ "denied": [], "quotas": { "cases_per_hour": 1 } });
    let told = eco.done("PATCH", "/_eco/api/account", Some(open)).await;
    assert_eq!((&told["plan"], &told["denied"]), (&json!("business"), &json!([])));
    report(&client, "one", "b").await;
    let other = json!({ "access_key_id": "AKIAOTHER", "secret_access_key": "s", "author": "Ops (Role) <ada@example.com>" });
    let told = eco.done("POST", "/_eco/api/account/customers", Some(other)).await;
    assert_eq!(told["accessKeyIds"], json!(["AKIAIOSFODNN7EXAMPLE", "AKIAOTHER"]));
    let keys = aws_credential_types::Credentials::new("AKIAOTHER", "s", None, None, "test");
    let other = aws_sdk_support::Client::from_conf(support::config_for(&sim, keys).build());
    other.describe_cases().send().await.unwrap();
    eco.done("DELETE", "/_eco/api/account/customers/AKIAOTHER", None).await;
    assert_eq!(code(other.describe_cases().send().await), "UnrecognizedClientException");
    assert_eq!(eco.refused("DELETE", "/_eco/api/account/customers/AKIAOTHER", None).await.0, 404);
    let second = client.create_case().subject("two").communication_body("b").send().await;
    assert_eq!(code(second), "CaseCreationLimitExceeded");
}

#[tokio::test]
async fn alarms_come_in_and_are_settled() {
    let sim = silent();
    let (eco, _server) = served(&sim).await;
    let raise = |body: Value| eco.done("POST", "/_eco/api/monitoring", Some(body));
    assert_eq!(raise(json!({ "alarm": "api-latency", "value": 10 })).await["state"]["is"], "below-threshold");
    let alarm = raise(json!({ "alarm": "api-latency", "value": 9000 })).await;
    assert_eq!(alarm["state"]["is"], "alarm");
    let settled = eco
        .done("PUT", &format!("/_eco/api/monitoring/{}", alarm["id"]), Some(json!({ "found": "problem" })))
        .await;
    let case = settled["state"]["case"].as_str().unwrap();
    assert!(sim.case(case).unwrap().description().contains("problem"));
    let again = eco
        .refused(
            "PUT",
            &format!("/_eco/api/monitoring/{}", alarm["id"]),
            Some(json!({ "found": "incident" })),
        )
        .await;
    assert_eq!(again, (409, "it is settled already".to_owned()));
    let listed = eco.done("GET", "/_eco/api/monitoring", None).await;
    assert_eq!(
        (&listed["events"][0]["value"], &listed["alarms"][0]["name"]),
        (&json!(9000), &json!("index-backlog"))
    );
}

#[tokio::test]
async fn a_chat_and_a_call_become_correspondence() {
    let sim = silent();
    let (eco, _server) = served(&sim).await;
    let id = report(&in_process(&sim), "s", "b").await;
    let contacts = format!("/support/api/cases/{id}/contacts");
    let chat = eco.done("POST", &contacts, Some(json!({ "kind": "chat" }))).await;
    let path = |who: &str, what: &str| format!("/{who}/api/contacts/{}/{what}", chat["id"]);
    let again = eco.refused("POST", &contacts, Some(json!({ "kind": "chat" }))).await;
    assert_eq!(again, (409, "a chat about this case is under way already".to_owned()));
    eco.done("POST", &path("support", "lines"), Some(json!({ "text": " Hello? " }))).await;
    let told = eco.done("POST", &path("_eco", "lines"), Some(json!({ "text": "Hello, this is Ada." }))).await;
    assert_eq!((&told["state"], &told["lines"][0]["text"]), (&json!("connected"), &json!("Hello?")));
    eco.done("POST", &path("_eco", "end"), Some(json!({}))).await;
    let said = sim.case(&id).unwrap().communications.pop().unwrap().body;
    assert!(
        said.contains("jane@example.com>: Hello?\n") && said.contains("EDI Cloud Operations: Hello, this"),
        "{said}"
    );
    let over = eco.refused("POST", &path("support", "lines"), Some(json!({ "text": "still there?" }))).await;
    assert_eq!(over, (409, "it is over".to_owned()));

    let call =
        json!({ "kind": "call", "region": "eu-west-1", "phone": "+44 20 7946 0000", "extension": "12" });
    let call = eco.done("POST", &contacts, Some(call)).await;
    let requested = sim.case(&id).unwrap().communications.pop().unwrap();
    assert!(requested.body.contains("+44 20 7946 0000, extension 12") && requested.author.contains("jane"));
    eco.done("POST", &format!("/_eco/api/contacts/{}/take", call["id"]), Some(json!({}))).await;
    let note = json!({ "note": "Restarted the workers together." });
    eco.done("POST", &format!("/_eco/api/contacts/{}/end", call["id"]), Some(note)).await;
    assert!(
        sim.case(&id)
            .unwrap()
            .communications
            .pop()
            .unwrap()
            .body
            .ends_with("Restarted the workers together.")
    );
    for (phone, extension, reason) in
        [("12", None, "5 to 15 digits"), ("+44 20 7946 0000", Some("x"), "1 to 10 digits")]
    {
        let call = json!({ "kind": "call", "region": "eu-west-1", "phone": phone, "extension": extension });
        assert!(eco.refused("POST", &contacts, Some(call)).await.1.contains(reason));
    }
    let page = eco.done("GET", &format!("/support/api/cases/{id}"), None).await;
    assert_eq!((page["contacts"].as_array().unwrap().len(), page.get("plan")), (2, None));
    sim.eco().resolve(&id).unwrap();
    assert!(
        eco.refused("POST", &contacts, Some(json!({ "kind": "chat" })))
            .await
            .1
            .contains("a reply reopens it")
    );
}

#[tokio::test]
async fn a_reset_forgets_on_disk_too() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Sim::builder().clock(manual_clock()).data_dir(folder.path()).build().unwrap();
    let sim = open();
    let (eco, server) = served(&sim).await;
    let id = report(&in_process(&sim), "s", "b").await;
    let files = json!([{ "name": "x", "base64": STANDARD.encode("x") }]);
    eco.done("POST", &format!("/_eco/api/cases/{id}/reply"), Some(json!({ "body": "b", "files": files })))
        .await;
    eco.done("POST", "/_eco/api/monitoring", Some(json!({ "alarm": "api-latency", "value": 1 }))).await;
    eco.done("POST", "/_eco/api/reset", Some(json!({}))).await;
    let state = eco.done("GET", "/_eco/api/state", None).await;
    assert_eq!((&state["cases"]["total"], &state["faults"]), (&json!(0), &json!(0)));
    report(&in_process(&sim), "after", "b").await;
    server.shutdown().await;
    drop((sim, eco));
    let again = open();
    assert_eq!(again.cases().iter().map(|case| case.subject.as_str()).collect::<Vec<_>>(), ["after"]);
    assert_eq!(again.eco().events().len(), 0);
}
