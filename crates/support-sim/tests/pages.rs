//! The operator's page and the stand-in for Support Center, in a real browser.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod browser;
mod support;

use browser::{Browser, PATIENCE};
use support::{in_process, report};
use support_sim::{
    CaseStatus, Clock, ClockRate, Fault, Operation, REQUEST_SERVICE_CODE, Server, Severity, Sim,
};
use tokio::net::TcpListener;

async fn served() -> (Sim, Server) {
    let sim =
        Sim::builder().clock(Clock::standing_at("2026-11-22T07:00:00Z".parse().unwrap())).build().unwrap();
    let server = sim.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    (sim, server)
}

async fn until(what: &str, look: impl Fn() -> bool) {
    let deadline = std::time::Instant::now() + PATIENCE;
    while !look() {
        assert!(std::time::Instant::now() < deadline, "{what} did not come");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

const HOSTILE: &str = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

#[tokio::test]
async fn a_person_plays_eco() {
    let (sim, server) = served().await;
    let page = Browser::open(1280, 900).await;
    page.go(&format!("{}/_eco/", server.url())).await;
    page.reads("No open cases").await;

    // A case appears by itself, with whatever a customer writes in it as text.
    let id = report(&in_process(&sim), HOSTILE, HOSTILE).await;
    let case = || sim.case(&id).unwrap();
    page.says(".list .subject", HOSTILE).await;
    page.click(".list li a").await;
    page.says("[data-testid=subject]", HOSTILE).await;
    page.reads("first response due in 4 h").await;
    assert_ne!(page.script("return document.title").await, "owned");
    assert_eq!(page.script("return document.querySelectorAll('.said img, .said script').length").await, 0);

    page.press("Reply").await;
    page.reads("Write something first.").await;
    page.write("#composer-text", "We are on it.").await;
    let file = tempfile::Builder::new().suffix(".log").tempfile().unwrap();
    std::fs::write(file.path(), "07:40 503").unwrap();
    let chooser = page.client.find(fantoccini::Locator::Css("[data-testid=files]")).await.unwrap();
    chooser.send_keys(file.path().to_str().unwrap()).await.unwrap();
    page.reads("9 bytes").await;
    page.press("Reply").await;
    page.says("[data-testid=status]", "Work in progress").await;
    // The page may learn the new status before the answer to the reply, which empties the field.
    page.holds("#composer-text", "").await;
    assert_eq!(&case().communications[1].files[0].data[..], b"07:40 503");
    page.write("#composer-text", "Which query?").await;
    page.press("Ask the customer").await;
    page.says("[data-testid=status]", "Pending customer action").await;
    page.holds("#composer-text", "").await;

    page.press("Reclassify").await;
    page.confirm("Reclassify").await;
    page.says("[data-testid=service]", "AMS Operations - Service Request").await;
    assert_eq!(case().service_code, REQUEST_SERVICE_CODE);
    page.press("Priority").await;
    page.choose("dialog select[name=severity]", "critical").await;
    page.confirm("Change").await;
    page.reads("High priority (critical)").await;

    // What is typed survives a reload.
    page.write("#composer-text", "Half a").await;
    page.client.refresh().await.unwrap();
    let kept = page.find("#composer-text").await.prop("value").await.unwrap();
    assert_eq!(kept.as_deref(), Some("Half a"));
    page.write("#composer-text", "Done.").await;
    page.press("Resolve").await;
    page.says("[data-testid=status]", "Resolved").await;
    assert_eq!((case().status, case().communications.len()), (CaseStatus::Resolved, 4));

    page.press("Open an incident").await;
    page.write("dialog input[name=subject]", "Backup missing").await;
    page.write("dialog textarea[name=body]", "At 02:00 UTC.").await;
    page.confirm("Open").await;
    page.says("[data-testid=subject]", "Backup missing").await;
    assert_eq!(sim.cases()[1].severity, Severity::High);
}

#[tokio::test]
async fn a_person_steps_the_clock_plays_stories_and_switches_faults() {
    let (sim, server) = served().await;
    let id = report(&in_process(&sim), "Search is slow", "b").await;
    let display = sim.case(&id).unwrap().display_id;
    let page = Browser::open(1280, 900).await;
    page.go(&format!("{}/_eco/#/cases/{display}", server.url())).await;
    page.says("[data-testid=clock]", "22 Nov 2026, 07:00:00 UTC").await;
    page.press("+15 min").await;
    page.says("[data-testid=clock]", "22 Nov 2026, 07:15:00 UTC").await;
    page.press("Play a story").await;
    page.choose("dialog select[name=name]", "restore").await;
    page.confirm("Play").await;
    page.reads_in("[data-testid=plan]", "Story restore").await;
    page.press("Do it now").await;
    page.says("[data-testid=status]", "Opened").await;
    page.press("To the next step").await;
    page.reads("May we go ahead?").await;
    page.press("Stop the story").await;
    until("the story's end", || sim.eco().plan(&id).is_none()).await;
    page.choose("select[aria-label='How fast the time passes']", "60").await;
    until("the faster clock", || sim.clock().rate() == ClockRate::Faster(60.0)).await;

    page.press("Faults").await;
    page.reads("Nothing goes wrong").await;
    page.press("Add a fault").await;
    page.choose("dialog select[name=kind]", "lose_answer").await;
    page.choose("dialog select[name=on]", "CreateCase").await;
    page.confirm("Add").await;
    page.reads_in(".table tbody", "Do it, then lose the answer").await;
    let [entry] = &sim.faults().list()[..] else { panic!("{:?}", sim.faults().list()) };
    assert_eq!((entry.rule.on, &entry.rule.fault), (Operation::CreateCase.into(), &Fault::LoseAnswer));
    page.press("Take back").await;
    page.reads("Nothing goes wrong").await;

    page.press("Monitoring").await;
    // Only now does the page know what is measured.
    page.reads("Nothing has come in yet").await;
    page.press("Let a value come in").await;
    page.choose("dialog select[name=found]", "problem").await;
    page.confirm("Let it come in").await;
    page.says(".table tbody .badge", "Problem").await;
    until("the problem's case", || sim.case_count() == 2).await;

    page.press("Account").await;
    page.click("input[type=radio][value=none]").await;
    until("the plan", || sim.plan() == support_sim::Plan::None).await;
    page.press("Calls").await;
    // The page before names the operation too, among those that can be denied.
    page.says(".table tbody td:nth-child(2)", "CreateCase").await;
}

#[tokio::test]
async fn a_customer_chats_and_calls_through_the_case_link() {
    let (sim, server) = served().await;
    let id = report(&in_process(&sim), "Search is slow", "Since 07:40.").await;
    let display = sim.case(&id).unwrap().display_id;
    // One window, in which the two look in turn.
    let page = Browser::open(1100, 900).await;
    let customer = format!("{}/support/home#/case/?displayId={display}&language=en", server.url());
    let operator = format!("{}/_eco/#/cases/{display}", server.url());
    page.go(&customer).await;
    page.reads("Search is slow").await;
    page.press("Chat").await;
    page.reads("You are in the chat queue.").await;
    page.write(".chat input", "Is anybody there?").await;
    page.press("Send").await;
    page.reads("Is anybody there?").await;

    page.go(&operator).await;
    page.reads("waits in a chat").await;
    page.write("[data-testid=talk] input", "Hello, this is Ada.").await;
    page.press("Say").await;
    page.reads_in("[data-testid=talk]", "Chat with").await;
    page.press("End the chat").await;
    page.reads("Chat transcript").await;
    let said = sim.case(&id).unwrap().communications.pop().unwrap().body;
    assert!(said.contains("Is anybody there?") && said.contains("Hello, this is Ada."), "{said}");

    page.go(&customer).await;
    page.reads("Chat transcript").await;
    page.press("Call").await;
    page.write("input[type=tel]", "12").await;
    page.press("Call me").await;
    page.reads("5 to 15 digits").await;
    page.write("input[type=tel]", "+44 20 7946 0000").await;
    page.press("Call me").await;
    page.reads("We will call you on +44 20 7946 0000.").await;
    page.go(&operator).await;
    page.press("End the call").await;
    page.write("dialog textarea", "No answer.").await;
    page.confirm("End the call").await;
    page.reads("The call to +44 20 7946 0000 did not take place.").await;

    page.go(&format!("{}/support/home#/case/?displayId=1&language=en", server.url())).await;
    page.reads("There is no case 1").await;
}
