//! Attachments by links: uploads in parts, what becomes of them, and downloads.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use aws_sdk_support::Client;
use aws_sdk_support::operation::get_attachment_upload_links::GetAttachmentUploadLinksOutput;
use aws_sdk_support::types::{CompletedUpload, UploadRange, UploadStatus};
use support::{code, config, hours, in_process, manual_clock, minutes, report, transfer, transfer_with};
use support_sim::{
    EDI_CATEGORY_CODE, Etags, Fault, INCIDENT_SERVICE_CODE, Link, ManualClock, On, Operation, Sim,
    SimBuilder, TransferOutcome,
};

const ORIGIN: &str = "http://links.support-sim.example";

/// A sim with parts of a thousand bytes, and its client.
fn sim(set: impl FnOnce(SimBuilder) -> SimBuilder) -> (Sim, Client, ManualClock) {
    let clock = manual_clock();
    let builder = Sim::builder().clock(clock.clone()).link_origin(ORIGIN).upload_part_size(1_000);
    let sim = set(builder).build().unwrap();
    let client = in_process(&sim);
    (sim, client, clock)
}

fn bytes(count: usize) -> Vec<u8> {
    (0..count).map(|n| u8::try_from(n % 251).unwrap()).collect()
}

async fn begin(client: &Client, name: &str, size: i64) -> GetAttachmentUploadLinksOutput {
    client.get_attachment_upload_links().file_name(name).file_size_bytes(size).send().await.unwrap()
}

fn part(index: i32, etag: &str) -> CompletedUpload {
    CompletedUpload::builder().part_index(index).e_tag(etag).build().unwrap()
}

fn range(start: i32, end: impl Into<Option<i32>>) -> UploadRange {
    UploadRange::builder().start_index(start).set_end_index(end.into()).build().unwrap()
}

/// Sends the parts of a file to its links and gives their ETags.
async fn send(sim: &Sim, links: &GetAttachmentUploadLinksOutput, file: &[u8]) -> Vec<CompletedUpload> {
    let size = usize::try_from(links.part_size_bytes()).unwrap();
    let mut sent = Vec::new();
    for link in links.upload_urls() {
        let start = (usize::try_from(link.part_index()).unwrap() - 1) * size;
        let answer = transfer(sim, "PUT", &link.url, &file[start..file.len().min(start + size)]).await;
        assert_eq!(answer.status(), 200);
        sent.push(part(link.part_index(), answer.headers()["etag"].to_str().unwrap()));
    }
    sent
}

/// Uploads a file of at most ten parts.
async fn upload(sim: &Sim, client: &Client, name: &str, file: &[u8]) -> String {
    let links = begin(client, name, i64::try_from(file.len()).unwrap()).await;
    let parts = send(sim, &links, file).await;
    let id = links.upload_id().to_owned();
    let complete = client.complete_attachment_upload().upload_id(&id).set_completed_uploads(Some(parts));
    complete.send().await.unwrap();
    id
}

async fn status(client: &Client, id: &str) -> UploadStatus {
    client.describe_attachment_upload_status().upload_id(id).send().await.unwrap().upload_status
}

#[tokio::test]
async fn a_file_in_parts_goes_with_a_case_and_a_reply_and_comes_back() {
    let (sim, client, _) = sim(|builder| builder);
    let file = bytes(2_500);
    let links = begin(&client, "måling.log", 2_500).await;
    assert_eq!((links.part_size_bytes(), links.total_parts(), links.next_index()), (1_000, 3, 0));
    let first = &links.upload_urls()[0];
    assert!(first.url.starts_with(&format!("{ORIGIN}/_attachments/upload/{}/1?", links.upload_id())));
    assert_eq!(first.expiry_date, "2026-11-22T07:15:00.000Z");
    let parts = send(&sim, &links, &file).await;
    // In quotes, and no MD5.
    let digits = parts[0].e_tag().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap();
    assert!(digits.len() == 32 && digits.chars().all(|digit| digit.is_ascii_hexdigit()), "{digits}");
    assert_ne!(digits, md5_of(&file[..1_000]));

    let id = links.upload_id();
    let complete = client.complete_attachment_upload().upload_id(id).set_completed_uploads(Some(parts));
    assert_eq!(complete.send().await.unwrap().upload_status, UploadStatus::AttachmentReady);
    let case = client
        .create_case()
        .subject("s")
        .communication_body("b")
        .service_code(INCIDENT_SERVICE_CODE)
        .category_code(EDI_CATEGORY_CODE)
        .upload_ids(id)
        .send()
        .await
        .unwrap()
        .case_id
        .unwrap();
    let second = upload(&sim, &client, "two.csv", b"a,b\n").await;
    let reply = client.add_communication_to_case().case_id(&case).communication_body("b");
    reply.upload_ids(&second).upload_ids(id).send().await.unwrap();
    let kept = sim.case(&case).unwrap();
    assert_eq!(kept.communications[0].files[0].data, file);
    let names: Vec<&str> = kept.communications[1].files.iter().map(|file| file.file_name.as_str()).collect();
    assert_eq!(names, ["two.csv", "måling.log"]);

    let attachment = &kept.communications[0].files[0].attachment_id;
    let link = client.get_attachment_download_link().attachment_id(attachment).send().await.unwrap();
    assert_eq!(link.file_name(), "måling.log");
    let url = link.download_url().unwrap();
    assert_eq!(url.expiry_date, "2026-11-22T07:15:00.000Z");
    let got = transfer(&sim, "GET", &url.url, b"").await;
    assert_eq!((got.status().as_u16(), got.body().as_ref()), (200, file.as_slice()));
    assert_eq!(got.headers()["content-length"], "2500");
    assert_eq!(got.headers()["content-disposition"], "attachment; filename*=UTF-8''m%C3%A5ling.log");
    let small = client.describe_attachment().attachment_id(attachment).send().await.unwrap();
    assert_eq!(small.attachment().unwrap().data().unwrap().as_ref(), file);

    let some = transfer_with(&sim, "GET", &url.url, b"", &[("range", "bytes=990-1009")]).await;
    assert_eq!((some.status().as_u16(), some.body().as_ref()), (206, &file[990..1_010]));
    assert_eq!(some.headers()["content-range"], "bytes 990-1009/2500");
    let etag = some.headers()["etag"].to_str().unwrap();
    let same = transfer_with(&sim, "GET", &url.url, b"", &[("range", "bytes=-5"), ("if-range", etag)]).await;
    assert_eq!(same.body().as_ref(), &file[2_495..]);
    let other =
        transfer_with(&sim, "GET", &url.url, b"", &[("range", "bytes=-5"), ("if-range", "\"x\"")]).await;
    assert_eq!((other.status().as_u16(), other.body().len()), (200, 2_500));
    let beyond = transfer_with(&sim, "GET", &url.url, b"", &[("range", "bytes=2500-")]).await;
    assert_eq!(beyond.status(), 416);
}

fn md5_of(data: &[u8]) -> String {
    use md5::Digest;
    hex::encode(md5::Md5::digest(data))
}

#[tokio::test]
async fn links_come_ten_at_a_time_and_an_upload_can_be_resumed_part_by_part() {
    let (sim, client, _) = sim(|builder| builder);
    let file = bytes(22_001);
    let first = begin(&client, "large.bin", 22_001).await;
    let id = first.upload_id();
    let indices = |links: &GetAttachmentUploadLinksOutput| -> Vec<i32> {
        links.upload_urls().iter().map(aws_sdk_support::types::UploadUrl::part_index).collect()
    };
    assert_eq!((indices(&first), first.next_index()), ((1..=10).collect(), 11));
    let mut arrived = 0;
    for sent in send(&sim, &first, &file).await {
        let complete = client.complete_attachment_upload().upload_id(id).completed_uploads(sent);
        assert_eq!(complete.send().await.unwrap().upload_status, UploadStatus::AttachmentNotReady);
        arrived += 1;
        let told = client.describe_attachment_upload_status().upload_id(id).send().await.unwrap();
        let progress = told.upload_progress().unwrap();
        assert_eq!((progress.total_parts(), progress.completed_parts_count()), (Some(23), Some(arrived)));
        assert_eq!(told.file_name(), "large.bin");
    }
    let more = || client.get_attachment_upload_links().file_name("large.bin").upload_id(id);
    let rest = more().send().await.unwrap();
    assert_eq!((indices(&rest), rest.next_index()), ((11..=20).collect(), 21));
    let some = more().upload_range(range(3, 5)).send().await.unwrap();
    assert_eq!((indices(&some), some.next_index()), (vec![3, 4], 5));
    let last = more().upload_range(range(21, None)).send().await.unwrap();
    assert_eq!((indices(&last), last.next_index()), (vec![21, 22, 23], 0));
    let capped = more().upload_range(range(20, 30)).send().await.unwrap();
    assert_eq!((indices(&capped), capped.next_index()), (vec![20, 21, 22, 23], 0));
    let mut parts = send(&sim, &rest, &file).await;
    parts.extend(send(&sim, &last, &file).await);
    let complete = client.complete_attachment_upload().upload_id(id).set_completed_uploads(Some(parts));
    assert_eq!(complete.send().await.unwrap().upload_status, UploadStatus::AttachmentReady);
    assert_eq!(code(more().send().await), "InvalidParameterValueException", "it is complete");

    let case = report(&client, "s", "b").await;
    let reply = client.add_communication_to_case().case_id(&case).communication_body("b").upload_ids(id);
    reply.send().await.unwrap();
    assert_eq!(sim.case(&case).unwrap().communications[1].files[0].data, file);
}

#[tokio::test]
async fn broken_constraints_of_uploads_are_refused() {
    let (sim, client, _) = sim(|builder| builder);
    let links = || client.get_attachment_upload_links();
    let open = begin(&client, "f", 2_000).await;
    let id = open.upload_id();
    let ranged = |range| links().file_name("f").upload_id(id).upload_range(range);
    for (what, request, expected) in [
        ("no name", links().file_size_bytes(1), "ValidationException"),
        ("no byte", links().file_name("f").file_size_bytes(0), "ValidationException"),
        ("too large", links().file_name("f").file_size_bytes(157_286_401), "ValidationException"),
        ("no id's length", links().file_name("f").upload_id(""), "ValidationException"),
        ("a long id", links().file_name("f").upload_id("x".repeat(2_049)), "ValidationException"),
        ("range from 0", ranged(range(0, 5)), "ValidationException"),
        ("range to 1", ranged(range(1, 1)), "ValidationException"),
        ("blank name", links().file_name(" ").file_size_bytes(1), "InvalidParameterValueException"),
        ("neither size nor id", links().file_name("f"), "InvalidParameterValueException"),
        (
            "another size",
            links().file_name("f").upload_id(id).file_size_bytes(3),
            "InvalidParameterValueException",
        ),
        ("eleven", ranged(range(1, 12)), "InvalidParameterValueException"),
        ("backwards", ranged(range(2, 2)), "InvalidParameterValueException"),
        ("beyond the end", ranged(range(3, None)), "InvalidParameterValueException"),
        ("unknown", links().file_name("f").upload_id("none"), "UploadIdNotFound"),
    ] {
        assert_eq!(code(request.send().await), expected, "{what}");
    }
    let largest = links().file_name("f").file_size_bytes(157_286_400);
    largest.send().await.unwrap();

    let sent = send(&sim, &open, &bytes(2_000)).await;
    let complete = || client.complete_attachment_upload().upload_id(id);
    let long = part(1, &"x".repeat(257));
    for (what, request, expected) in [
        ("no list", complete(), "ValidationException"),
        ("empty tag", complete().completed_uploads(part(1, "")), "ValidationException"),
        ("long tag", complete().completed_uploads(long), "ValidationException"),
        ("empty list", complete().set_completed_uploads(Some(Vec::new())), "InvalidParameterValueException"),
        (
            "wrong tag",
            complete().completed_uploads(part(1, sent[1].e_tag())),
            "InvalidParameterValueException",
        ),
        ("no part 0", complete().completed_uploads(part(0, "x")), "InvalidParameterValueException"),
        ("no part 3", complete().completed_uploads(part(3, "x")), "InvalidParameterValueException"),
        ("unknown", complete().upload_id("none").completed_uploads(sent[0].clone()), "UploadIdNotFound"),
    ] {
        assert_eq!(code(request.send().await), expected, "{what}");
    }
    let bare = part(1, sent[0].e_tag().trim_matches('"'));
    complete().completed_uploads(bare).send().await.unwrap();
    assert_eq!(
        code(client.describe_attachment_upload_status().upload_id("none").send().await),
        "UploadIdNotFound"
    );
    assert_eq!(
        code(client.get_attachment_download_link().attachment_id("none").send().await),
        "AttachmentIdNotFound"
    );
}

#[tokio::test]
async fn an_upload_is_ready_only_after_a_while() {
    let (sim, client, clock) = sim(|builder| builder.uploads_ready_after(Duration::from_secs(30)));
    let case = report(&client, "s", "b").await;
    let reply =
        |id: &str| client.add_communication_to_case().case_id(&case).communication_body("b").upload_ids(id);
    let id = upload(&sim, &client, "f", &bytes(10)).await;
    assert_eq!(status(&client, &id).await, UploadStatus::AttachmentNotReady);
    assert_eq!(code(reply(&id).send().await), "InvalidParameterValueException");
    clock.advance(Duration::from_secs(30));
    assert_eq!(status(&client, &id).await, UploadStatus::AttachmentReady);
    reply(&id).send().await.unwrap();
    clock.advance(hours(24));
    assert_eq!(code(reply(&id).send().await), "UploadIdNotFound", "uploads are known for a day");
}

#[tokio::test]
async fn an_upload_fails_on_demand_or_when_a_part_is_short() {
    let (sim, client, _) = sim(|builder| builder);
    sim.faults().once(Operation::CompleteAttachmentUpload, Fault::FailUpload);
    let told = upload(&sim, &client, "f", &bytes(10)).await;
    assert_eq!(status(&client, &told).await, UploadStatus::Failed);
    let good = upload(&sim, &client, "f", &bytes(10)).await;
    assert_eq!(status(&client, &good).await, UploadStatus::AttachmentReady);
    assert!(sim.fail_upload(&good).unwrap() && !sim.fail_upload("none").unwrap());
    assert_eq!(status(&client, &good).await, UploadStatus::Failed);
    let create = client.create_case().subject("s").communication_body("b").upload_ids(&good);
    assert_eq!(code(create.send().await), "InvalidParameterValueException");

    let links = begin(&client, "f", 10).await;
    let short = transfer(&sim, "PUT", &links.upload_urls()[0].url, &bytes(9)).await;
    let sent = part(1, short.headers()["etag"].to_str().unwrap());
    let complete = client.complete_attachment_upload().upload_id(links.upload_id()).completed_uploads(sent);
    assert_eq!(complete.send().await.unwrap().upload_status, UploadStatus::Failed);
}

#[tokio::test]
async fn a_link_is_good_for_what_it_was_made_for_and_for_its_time() {
    let (sim, client, clock) = sim(|builder| builder.links_live(minutes(5)));
    let links = begin(&client, "f", 10).await;
    let url = links.upload_urls()[0].url.clone();
    let refused = async |method: &str, url: &str, data: &[u8]| {
        let answer = transfer(&sim, method, url, data).await;
        assert_eq!(answer.headers()["content-type"], "application/xml");
        let text = String::from_utf8(answer.body().to_vec()).unwrap();
        let (_, code) = text.split_once("<Code>").unwrap();
        (answer.status().as_u16(), code.split_once('<').unwrap().0.to_owned(), text)
    };
    for (what, method, url, data, status, code) in [
        ("no signature", "PUT", url.split('?').next().unwrap().to_owned(), 10, 403, "AccessDenied"),
        ("another part", "PUT", url.replace("/1?", "/2?"), 10, 403, "SignatureDoesNotMatch"),
        ("another method", "GET", url.clone(), 0, 403, "SignatureDoesNotMatch"),
        ("no method for links", "POST", url.clone(), 10, 405, "MethodNotAllowed"),
        ("another host", "PUT", url.replace("links.", "other."), 10, 403, "SignatureDoesNotMatch"),
        ("too much", "PUT", url.clone(), 11, 400, "EntityTooLarge"),
    ] {
        let (got, got_code, _) = refused(method, &url, &bytes(data)).await;
        assert_eq!((got, got_code.as_str()), (status, code), "{what}");
    }
    let digest = [("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==")];
    assert_eq!(transfer_with(&sim, "PUT", &url, &bytes(10), &digest).await.status(), 400);

    clock.advance(minutes(5));
    let (status, code, text) = refused("PUT", &url, &bytes(10)).await;
    assert_eq!((status, code.as_str()), (403, "AccessDenied"));
    assert!(
        text.contains("<Message>Request has expired</Message><X-Amz-Expires>300</X-Amz-Expires>"),
        "{text}"
    );
    assert!(
        text.contains("<Expires>2026-11-22T07:05:00Z</Expires><ServerTime>2026-11-22T07:05:00Z<"),
        "{text}"
    );
    let id = links.upload_id();
    let again = client.get_attachment_upload_links().file_name("f").upload_id(id).send().await.unwrap();
    let sent = send(&sim, &again, &bytes(10)).await;
    let complete = client.complete_attachment_upload().upload_id(id).set_completed_uploads(Some(sent));
    complete.send().await.unwrap();
    let (status, code, _) = refused("PUT", &again.upload_urls()[0].url, &bytes(10)).await;
    assert_eq!((status, code.as_str()), (404, "NoSuchUpload"), "nothing is sent to what is complete");
}

#[tokio::test]
async fn a_part_that_is_sent_again_has_to_be_reported_again() {
    let (sim, client, _) = sim(|builder| builder);
    let links = begin(&client, "f", 2_000).await;
    let sent = send(&sim, &links, &bytes(2_000)).await;
    let complete = |parts: &[&CompletedUpload]| {
        let parts = parts.iter().map(|part| (*part).clone()).collect();
        client
            .complete_attachment_upload()
            .upload_id(links.upload_id())
            .set_completed_uploads(Some(parts))
            .send()
    };
    complete(&[&sent[0]]).await.unwrap();
    let other = transfer(&sim, "PUT", &links.upload_urls()[0].url, &[9; 1_000]).await;
    assert_eq!(complete(&[&sent[1]]).await.unwrap().upload_status, UploadStatus::AttachmentNotReady);
    assert_eq!(code(complete(&[&sent[0]]).await), "InvalidParameterValueException");
    let new = part(1, other.headers()["etag"].to_str().unwrap());
    assert_eq!(complete(&[&new]).await.unwrap().upload_status, UploadStatus::AttachmentReady);
}

#[tokio::test]
async fn the_etag_of_a_part_is_its_md5_where_that_is_asked_for_and_else_new_each_time() {
    for (etags, is_md5) in [(Etags::Md5, true), (Etags::Opaque, false)] {
        let (sim, client, _) = sim(|builder| builder.etags(etags));
        let links = begin(&client, "f", 1_000).await;
        let data = bytes(1_000);
        let mut seen = Vec::new();
        for _ in 0..2 {
            let answer = transfer(&sim, "PUT", &links.upload_urls()[0].url, &data).await;
            seen.push(answer.headers()["etag"].to_str().unwrap().to_owned());
        }
        let md5 = format!("\"{}\"", md5_of(&data));
        assert_eq!((seen[0] == md5, seen[0] == seen[1]), (is_md5, is_md5), "{etags:?}: {seen:?}");
    }
}

#[tokio::test]
async fn transfers_go_wrong_on_demand_and_are_logged() {
    let (sim, client, _) = sim(|builder| builder);
    let links = begin(&client, "f", 1_000).await;
    let url = &links.upload_urls()[0].url;
    for (fault, status) in [
        (Fault::throttle(), 503),
        (Fault::refuse("AccessDeniedException"), 403),
        (Fault::refuse("InternalServerError"), 500),
        (Fault::Status(http::StatusCode::BAD_GATEWAY), 502),
        (Fault::WrongTime(jiff::SignedDuration::from_hours(1)), 403),
        (Fault::WrongTime(jiff::SignedDuration::from_hours(-1)), 403),
        (Fault::Delay(Duration::from_millis(1)), 200),
    ] {
        sim.faults().once(On::Upload, fault.clone());
        assert_eq!(transfer(&sim, "PUT", url, &bytes(1_000)).await.status(), status, "{fault:?}");
    }
    sim.faults().once(On::Upload, Fault::Malformed);
    let untagged = transfer(&sim, "PUT", url, &bytes(1_000)).await;
    assert!(untagged.status() == 200 && !untagged.headers().contains_key("etag"));
    sim.faults().once(On::Download, Fault::Unreachable);
    assert_eq!(transfer(&sim, "PUT", url, &bytes(1_000)).await.status(), 200, "it was no download");
    let log = sim.transfers();
    assert_eq!(log[0].outcome, TransferOutcome::Refused { status: 503, code: "SlowDown".into() });
    let last = log.last().unwrap();
    assert_eq!((&last.outcome, last.bytes), (&TransferOutcome::Done, 1_000));
    assert_eq!(last.link, Link::Upload { upload_id: links.upload_id().to_owned(), part: 1 });
}

#[tokio::test]
async fn without_an_address_no_link_is_pretended() {
    let sim = Sim::new();
    let client = Client::from_conf(config(&sim).build());
    let error =
        client.get_attachment_upload_links().file_name("f").file_size_bytes(1).send().await.unwrap_err();
    let error = error.into_service_error();
    let text = aws_sdk_support::error::ProvideErrorMetadata::message(&error).unwrap();
    assert!(text.contains("no address") && text.contains("link_origin"), "{text}");
}

#[tokio::test]
async fn uploads_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let open = || sim(|builder| builder.data_dir(folder.path()));
    let (first, client, _) = open();
    let file = bytes(2_500);
    let links = begin(&client, "f", 2_500).await;
    let sent = send(&first, &links, &file).await;
    let ready = upload(&first, &client, "ready", b"ready").await;
    drop((first, client));

    let (again, client, _) = open();
    let complete = client.complete_attachment_upload().upload_id(links.upload_id());
    let complete = complete.set_completed_uploads(Some(sent)).send().await.unwrap();
    assert_eq!(complete.upload_status, UploadStatus::AttachmentReady);
    let case = report(&client, "s", "b").await;
    let reply = client.add_communication_to_case().case_id(&case).communication_body("b");
    reply.upload_ids(links.upload_id()).upload_ids(ready).send().await.unwrap();
    drop((again, client));

    let (again, _, clock) = open();
    clock.advance(hours(48));
    let said = &again.case(&case).unwrap().communications[1];
    assert_eq!((said.files[0].data.as_ref(), said.files[1].data.as_ref()), (file.as_slice(), &b"ready"[..]));
}
