//! Services, severities, languages and ways of contact.
#![allow(clippy::unwrap_used)]

mod support;

use support::{both_transports, code, in_process};
use support_sim::{
    EDI_CATEGORY_CODE, EDI_CATEGORY_NAME, INCIDENT_SERVICE_CODE, Plan, REQUEST_SERVICE_CODE, Sim,
};

#[tokio::test]
async fn the_edi_category_is_found_by_name_under_both_services() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let all = client.describe_services().send().await.unwrap();
        assert!(all.services().len() > 4, "{transport}");
        for code in [INCIDENT_SERVICE_CODE, REQUEST_SERVICE_CODE] {
            let one = client.describe_services().service_code_list(code).send().await.unwrap();
            let [service] = one.services() else { panic!("one service, not {one:?}") };
            assert!(service.name().unwrap().starts_with("AMS Operations - "));
            let category = service.categories().iter().find(|c| c.name() == Some(EDI_CATEGORY_NAME)).unwrap();
            assert_eq!(category.code(), Some(EDI_CATEGORY_CODE));
        }
        let none = client.describe_services().service_code_list("none").language("en").send().await.unwrap();
        assert!(none.services().is_empty());
    }
}

#[tokio::test]
async fn severities_depend_on_the_plan() {
    let sim = Sim::builder().plan(Plan::Business).build().unwrap();
    let (transports, _server) = both_transports(&sim).await;
    for (_, client) in transports {
        sim.set_plan(Plan::Business);
        let codes =
            |levels: aws_sdk_support::operation::describe_severity_levels::DescribeSeverityLevelsOutput| {
                levels.severity_levels().iter().map(|l| l.code().unwrap().to_owned()).collect::<Vec<_>>()
            };
        let list = client.describe_severity_levels().language("en");
        assert_eq!(codes(list.clone().send().await.unwrap()), ["low", "normal", "high", "urgent"]);
        let critical = client.create_case().subject("s").communication_body("b").severity_code("critical");
        assert_eq!(code(critical.clone().send().await), "InvalidParameterValueException");
        sim.set_plan(Plan::Enterprise);
        assert_eq!(codes(list.send().await.unwrap()).last().unwrap(), "critical");
        critical.send().await.unwrap();
    }
}

#[tokio::test]
async fn contact_types_have_hours_and_days_without() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (_, client) in transports {
        let ask = |service: &str, language: &str| {
            client
                .describe_create_case_options()
                .issue_type("technical")
                .service_code(service)
                .category_code(EDI_CATEGORY_CODE)
                .language(language)
                .send()
        };
        let incident = ask(INCIDENT_SERVICE_CODE, "en").await.unwrap();
        assert_eq!(incident.language_availability(), Some("available"));
        let types: Vec<_> = incident.communication_types().iter().map(|t| t.r#type().unwrap()).collect();
        assert_eq!(types, ["web", "chat", "call"]);
        for kind in incident.communication_types() {
            assert_eq!(kind.supported_hours()[0].start_time(), Some("00:00:00.000"));
            assert_eq!(kind.supported_hours()[0].end_time(), Some("23:59:59.999"));
            assert!(kind.dates_without_support().is_empty());
        }
        let request = ask(REQUEST_SERVICE_CODE, "en").await.unwrap();
        let chat = &request.communication_types()[1];
        assert_eq!(chat.supported_hours()[0].start_time(), Some("07:00:00.000"));
        let day = &chat.dates_without_support()[0];
        assert!(day.start_date_time().unwrap().ends_with("-12-25T00:00:00.000+0000"), "{day:?}");
        assert!(day.end_date_time().unwrap().ends_with("-12-26T00:00:00.000+0000"), "{day:?}");
        let japanese = ask(INCIDENT_SERVICE_CODE, "ja").await.unwrap();
        assert_eq!(japanese.language_availability(), Some("unavailable"));
    }
}

#[tokio::test]
async fn edi_is_handled_in_english_only() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let ask = |service: &str, category: &str| {
        client
            .describe_supported_languages()
            .issue_type("technical")
            .service_code(service)
            .category_code(category)
            .send()
    };
    let edi = ask(INCIDENT_SERVICE_CODE, EDI_CATEGORY_CODE).await.unwrap();
    let [english] = edi.supported_languages() else { panic!("one language, not {edi:?}") };
    assert_eq!((english.code(), english.display()), (Some("en"), Some("ENGLISH")));
    let other = ask("general-info", "using-aws").await.unwrap();
    assert!(other.supported_languages().len() > 1);
    assert_eq!(code(ask("general-info", EDI_CATEGORY_CODE).await), "InvalidParameterValueException");
    assert_eq!(code(ask("none", "none").await), "InvalidParameterValueException");
}
