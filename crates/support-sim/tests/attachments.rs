//! Attachment sets and what becomes of the files.
#![allow(clippy::unwrap_used)]

mod support;

use aws_sdk_support::primitives::Blob;
use aws_sdk_support::types::Attachment;
use support::{both_transports, code, hours, in_process, manual_clock, minutes, report};
use support_sim::{EDI_CATEGORY_CODE, INCIDENT_SERVICE_CODE, Sim};

const LIMIT: usize = 5 * 1024 * 1024;

fn file(name: &str, data: Vec<u8>) -> Attachment {
    Attachment::builder().file_name(name).data(Blob::new(data)).build()
}

#[tokio::test]
async fn files_arrive_byte_for_byte_with_case_and_reply() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        let data: Vec<u8> = (0..=255).cycle().take(100_000).collect();
        let set = client
            .add_attachments_to_set()
            .attachments(file("måling øst 1.log", data.clone()))
            .send()
            .await
            .unwrap();
        let set_id = set.attachment_set_id().unwrap();
        let more = client
            .add_attachments_to_set()
            .attachment_set_id(set_id)
            .attachments(file("two.csv", b"a,b\n".to_vec()))
            .send()
            .await
            .unwrap();
        assert_eq!(more.attachment_set_id(), Some(set_id));
        assert_eq!(more.expiry_time(), set.expiry_time(), "adding does not prolong");

        let id = client
            .create_case()
            .subject("s")
            .communication_body("b")
            .service_code(INCIDENT_SERVICE_CODE)
            .category_code(EDI_CATEGORY_CODE)
            .attachment_set_id(set_id)
            .send()
            .await
            .unwrap()
            .case_id
            .unwrap();
        client
            .add_communication_to_case()
            .case_id(&id)
            .communication_body("again")
            .attachment_set_id(set_id)
            .send()
            .await
            .unwrap();

        let kept = sim.case(&id).unwrap();
        for said in &kept.communications {
            assert_eq!(said.files.len(), 2, "{transport}");
            assert_eq!(said.files[0].file_name, "måling øst 1.log");
            assert_eq!(said.files[0].data, data);
            assert_eq!(said.files[1].data.as_ref(), b"a,b\n");
        }
        assert_ne!(
            kept.communications[0].files[0].attachment_id,
            kept.communications[1].files[0].attachment_id
        );

        let said = client.describe_communications().case_id(&id).send().await.unwrap();
        let details = said.communications()[0].attachments();
        assert_eq!(details.len(), 2);
        assert_eq!(said.communications()[0].attachment_set(), details);
        let got = client
            .describe_attachment()
            .attachment_id(details[0].attachment_id().unwrap())
            .send()
            .await
            .unwrap();
        let got = got.attachment().unwrap();
        assert_eq!(got.file_name(), Some("måling øst 1.log"));
        assert_eq!(got.data().unwrap().as_ref(), data);
    }
}

#[tokio::test]
async fn a_set_holds_three_files_of_five_megabytes() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (_, client) in transports {
        let full = client
            .add_attachments_to_set()
            .attachments(file("1", vec![1; LIMIT]))
            .attachments(file("2", vec![2; LIMIT]))
            .attachments(file("3", vec![3; LIMIT]))
            .send()
            .await
            .unwrap();
        let fourth = client
            .add_attachments_to_set()
            .attachment_set_id(full.attachment_set_id().unwrap())
            .attachments(file("4", vec![4]));
        assert_eq!(code(fourth.send().await), "AttachmentSetSizeLimitExceeded");
        let four = client
            .add_attachments_to_set()
            .set_attachments(Some((0..4).map(|n| file("x", vec![n])).collect()));
        assert_eq!(code(four.send().await), "AttachmentSetSizeLimitExceeded");
        let large = client.add_attachments_to_set().attachments(file("large", vec![0; LIMIT + 1]));
        assert_eq!(code(large.send().await), "AttachmentSetSizeLimitExceeded");
    }
}

#[tokio::test]
async fn a_set_lives_for_an_hour() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).build().unwrap();
    let client = in_process(&sim);
    let case = report(&client, "s", "b").await;
    let set = client.add_attachments_to_set().attachments(file("1", vec![1])).send().await.unwrap();
    assert_eq!(set.expiry_time(), Some("2026-11-22T08:00:00.000+0000"));
    let id = set.attachment_set_id().unwrap();
    let create = client.create_case().subject("s").communication_body("b").attachment_set_id(id);
    let reply =
        client.add_communication_to_case().case_id(case).communication_body("b").attachment_set_id(id);
    let add = client.add_attachments_to_set().attachment_set_id(id).attachments(file("2", vec![2]));
    clock.advance(minutes(59));
    create.clone().send().await.unwrap();
    clock.advance(minutes(1));
    assert_eq!(code(create.send().await), "AttachmentSetExpired");
    assert_eq!(code(reply.send().await), "AttachmentSetExpired");
    assert_eq!(code(add.send().await), "AttachmentSetExpired");
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let case = report(&client, "s", "b").await;
    let create = client.create_case().subject("s").communication_body("b").attachment_set_id("as-none");
    assert_eq!(code(create.send().await), "AttachmentSetIdNotFound");
    let reply =
        client.add_communication_to_case().case_id(case).communication_body("b").attachment_set_id("as-none");
    assert_eq!(code(reply.send().await), "AttachmentSetIdNotFound");
    let add = client.add_attachments_to_set().attachment_set_id("as-none").attachments(file("1", vec![1]));
    assert_eq!(code(add.send().await), "AttachmentSetIdNotFound");
    let get = client.describe_attachment().attachment_id("attachment-none");
    assert_eq!(code(get.send().await), "AttachmentIdNotFound");
    assert_eq!(sim.case_count(), 1, "nothing was made");
}

#[tokio::test]
async fn unusable_files_are_refused() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let none = client.add_attachments_to_set().set_attachments(Some(Vec::new()));
    assert_eq!(code(none.send().await), "InvalidParameterValueException");
    let empty = client.add_attachments_to_set().attachments(file("empty", Vec::new()));
    assert_eq!(code(empty.send().await), "InvalidParameterValueException");
    let nameless =
        client.add_attachments_to_set().attachments(Attachment::builder().data(Blob::new([1])).build());
    assert_eq!(code(nameless.send().await), "InvalidParameterValueException");
}

#[tokio::test]
async fn sets_can_be_limited_by_the_hour() {
    let clock = manual_clock();
    let sim = Sim::builder().clock(clock.clone()).attachment_sets_per_hour(2).build().unwrap();
    let client = in_process(&sim);
    let add = client.add_attachments_to_set().attachments(file("1", vec![1]));
    let first = add.clone().send().await.unwrap();
    add.clone().send().await.unwrap();
    assert_eq!(code(add.clone().send().await), "AttachmentLimitExceeded");
    let to_first = add.clone().set_attachment_set_id(first.attachment_set_id);
    to_first.send().await.unwrap();
    clock.advance(hours(1));
    add.send().await.unwrap();
}

#[tokio::test]
async fn a_file_of_ecos_that_is_too_large_needs_the_other_way() {
    let sim = Sim::new();
    let client = in_process(&sim);
    let id = report(&client, "s", "b").await;
    let large = vec![7; LIMIT + 1];
    sim.eco().reply_with_files(&id, "see these", &[("large.bin", &large), ("small.txt", b"ok")]).unwrap();
    let said = client.describe_communications().case_id(&id).send().await.unwrap();
    let newest = &said.communications()[0];
    let names = |list: &[aws_sdk_support::types::AttachmentDetails]| -> Vec<String> {
        list.iter().map(|details| details.file_name().unwrap().to_owned()).collect()
    };
    assert_eq!(names(newest.attachments()), ["large.bin", "small.txt"]);
    assert_eq!(names(newest.attachment_set()), ["small.txt"]);
    let get = client.describe_attachment().attachment_id(newest.attachments()[0].attachment_id().unwrap());
    assert_eq!(code(get.send().await), "InvalidParameterValueException");
    assert_eq!(sim.case(&id).unwrap().communications[1].files[0].data, large);
}
