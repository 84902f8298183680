//! Faults as clients meet them, through both doors, and links over a real socket.
#![allow(clippy::unwrap_used)]

mod support;

use std::io;
use std::time::{Duration, Instant};

use aws_sdk_support::Client;
use aws_sdk_support::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_support::types::CompletedUpload;
use support::{both_transports, in_process, over_socket, report};
use support_sim::{Edit, Fault, On, Operation, Outcome, Server, Sim, TransferOutcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn create(client: &Client) -> Result<(), String> {
    match client.create_case().subject("s").communication_body("b").send().await {
        Ok(_) => Ok(()),
        Err(SdkError::DispatchFailure(_)) => Err("no answer".into()),
        Err(SdkError::ServiceError(error)) if error.err().code().is_none() => Err("no sense".into()),
        Err(other) => Err(format!("{other:?}")),
    }
}

#[tokio::test]
async fn spoilt_and_lost_answers_were_processed() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    let answered = || Box::new(Outcome::Answered);
    for (transport, client) in transports {
        for (fault, met, outcome) in [
            (Fault::Malformed, "no sense", Outcome::AnswerCorrupted(answered())),
            (Fault::Reset { processed: true }, "no answer", Outcome::AnswerLost(answered())),
            (Fault::LoseAnswer, "no answer", Outcome::AnswerLost(answered())),
        ] {
            let before = sim.case_count();
            sim.faults().once(Operation::CreateCase, fault.clone());
            assert_eq!(create(&client).await, Err(met.into()), "{transport}: {fault:?}");
            assert_eq!(sim.case_count(), before + 1, "{transport}: {fault:?}");
            assert_eq!(sim.calls().last().unwrap().outcome, outcome, "{transport}: {fault:?}");
        }
        let before = sim.case_count();
        sim.faults().once(Operation::CreateCase, Fault::Truncated);
        assert!(create(&client).await.is_err(), "{transport}");
        assert_eq!(sim.case_count(), before + 1, "{transport}");

        sim.faults().once(Operation::CreateCase, Fault::Reset { processed: false });
        assert_eq!(create(&client).await, Err("no answer".into()), "{transport}");
        assert_eq!(sim.case_count(), before + 1, "{transport}");
        assert_eq!(create(&client).await, Ok(()), "{transport}");
    }
}

#[tokio::test]
async fn a_slow_body_arrives_whole_but_late() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        sim.faults().once(Operation::DescribeServices, Fault::SlowBody(Duration::from_millis(300)));
        let started = Instant::now();
        let services = client.describe_services().send().await.unwrap();
        assert!(!services.services().is_empty(), "{transport}");
        assert!(started.elapsed() >= Duration::from_millis(300), "{transport}: {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn a_wrong_server_time_shows_in_the_date_and_refuses_signatures() {
    let sim = Sim::builder().clock(support::manual_clock()).build().unwrap();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        sim.faults().once(On::Any, Fault::WrongTime(jiff::SignedDuration::from_mins(4)));
        client.describe_cases().send().await.unwrap();
        sim.faults().once(On::Any, Fault::WrongTime(jiff::SignedDuration::from_hours(1)));
        let error = client.describe_cases().send().await.unwrap_err();
        let date = error.raw_response().unwrap().headers().get("date").map(str::to_owned);
        assert_eq!(date.as_deref(), Some("Sun, 22 Nov 2026 08:00:00 GMT"), "{transport}");
        let error = error.into_service_error();
        let text = error.message().unwrap();
        assert!(text.starts_with("Signature expired: "), "{text}");
        assert!(
            text.ends_with(" is now earlier than 20261122T075500Z (20261122T080000Z - 5 min.)"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_answer_is_replaced_whether_or_not_the_call_is_done() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        for processed in [false, true] {
            let before = sim.case_count();
            sim.faults().once(Operation::CreateCase, Fault::Answer { body: String::new(), processed });
            let answer = client.create_case().subject("s").communication_body("b").send().await.unwrap();
            assert_eq!(answer.case_id(), None, "{transport}");
            assert_eq!(sim.case_count(), before + usize::from(processed), "{transport}");
        }
        let body = r#"{"caseId":"elsewhere"}"#.to_owned();
        sim.faults().once(Operation::CreateCase, Fault::Answer { body, processed: true });
        // Refused for its missing text, and answered as if it had been done.
        let answer = client.create_case().subject("s").communication_body("").send().await.unwrap();
        assert_eq!(answer.case_id(), Some("elsewhere"), "{transport}");
    }
}

#[tokio::test]
async fn members_of_an_answer_are_changed_and_a_refusal_stays() {
    let sim = Sim::new();
    let (transports, _server) = both_transports(&sim).await;
    for (transport, client) in transports {
        report(&client, "s", "b").await;
        let edits = vec![Edit::remove("cases/*/recentCommunications"), Edit::set("nextToken", "again")];
        sim.faults().times(Operation::DescribeCases, 2, Fault::Edit { edits });
        let listed = client.describe_cases().send().await.unwrap();
        assert!(listed.cases()[0].recent_communications().is_none(), "{transport}");
        assert_eq!(listed.next_token(), Some("again"), "{transport}");
        let refused = client.describe_cases().next_token("again").send().await.unwrap_err();
        assert_eq!(refused.code(), Some("InvalidParameterValueException"), "{transport}");
    }
}

#[tokio::test]
async fn a_wrong_date_alone_refuses_nothing() {
    let sim = Sim::builder().clock(support::manual_clock()).build().unwrap();
    for (minutes, date) in [(20, "Sun, 22 Nov 2026 07:20:00 GMT"), (-600, "Sat, 21 Nov 2026 21:00:00 GMT")] {
        sim.faults().once(On::Any, Fault::WrongDate(jiff::SignedDuration::from_mins(minutes)));
        // A client takes the date for the time at AWS, so each has one call. Refused for what it asks for, not for its
        // signature.
        let client = in_process(&sim);
        let error = client.describe_communications().case_id("none").send().await.unwrap_err();
        let told = error.raw_response().unwrap().headers().get("date").map(str::to_owned);
        assert_eq!(told.as_deref(), Some(date));
        assert_eq!(error.into_service_error().code(), Some("CaseIdNotFound"));
    }
}

#[tokio::test]
async fn a_seeded_chance_hits_some_calls_and_not_others() {
    let sim = Sim::new();
    let client = in_process(&sim);
    sim.faults().chance(Operation::DescribeServices, 0.5, 7, Fault::throttle());
    let mut met = Vec::new();
    for _ in 0..40 {
        met.push(client.describe_services().send().await.is_err());
    }
    let hits = met.iter().filter(|hit| **hit).count();
    assert!((8..=32).contains(&hits), "{hits} of 40");
}

/// One request over a connection of its own: the head of the answer, its body, and how the reading ended.
async fn raw(server: &Server, head: &str, body: &[u8]) -> (String, Vec<u8>, io::Result<()>) {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!("{head}\r\nhost: {}\r\nconnection: close\r\n\r\n", server.address());
    stream.write_all(request.as_bytes()).await.unwrap();
    // The server may have answered and gone before it has read everything.
    let sent = stream.write_all(body).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer).await.map(|_| ()).and(sent);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
    let rest = answer.get(end + 4..).unwrap_or_default().to_vec();
    (String::from_utf8_lossy(&answer[..end]).to_lowercase(), rest, read)
}

fn target<'u>(server: &Server, url: &'u str) -> &'u str {
    url.strip_prefix(&server.url()).expect("the link leads to where the call went")
}

#[tokio::test]
async fn links_lead_to_the_socket_and_carry_large_files_both_ways() {
    let sim = Sim::new();
    let (client, server) = over_socket(&sim).await;
    let file: Vec<u8> = (0..6_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let size = i64::try_from(file.len()).unwrap();
    let links =
        client.get_attachment_upload_links().file_name("f").file_size_bytes(size).send().await.unwrap();
    let mut complete = client.complete_attachment_upload().upload_id(links.upload_id());
    for (part, link) in file.chunks(8 * 1024 * 1024).zip(links.upload_urls()) {
        let head = format!("PUT {} HTTP/1.1\r\ncontent-length: {}", target(&server, &link.url), part.len());
        let (head, _, read) = raw(&server, &head, part).await;
        read.unwrap();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let etag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
        let part = CompletedUpload::builder().part_index(link.part_index()).e_tag(etag).build().unwrap();
        complete = complete.completed_uploads(part);
    }
    complete.send().await.unwrap();
    let case = report(&client, "s", "b").await;
    let reply = client.add_communication_to_case().case_id(&case).communication_body("b");
    reply.upload_ids(links.upload_id()).send().await.unwrap();
    let said = client.describe_communications().case_id(&case).send().await.unwrap();
    let newest = &said.communications()[0];
    assert!(newest.attachment_set().is_empty(), "it is larger than 5 MB");
    let id = newest.attachments()[0].attachment_id().unwrap();
    let link = client.get_attachment_download_link().attachment_id(id).send().await.unwrap();
    let url = link.download_url().unwrap().url.clone();
    let get = format!("GET {} HTTP/1.1", target(&server, &url));
    let (head, body, read) = raw(&server, &get, b"").await;
    read.unwrap();
    assert!(head.starts_with("http/1.1 200") && head.contains("server: amazons3"), "{head}");
    assert!(body == file, "the file came back changed");

    sim.faults().once(On::Download, Fault::Truncated);
    let (head, body, _) = raw(&server, &get, b"").await;
    assert!(head.contains(&format!("content-length: {size}")) && body.len() < file.len(), "{head}");
    sim.faults().once(On::Download, Fault::Malformed);
    let (_, body, _) = raw(&server, &get, b"").await;
    assert!(body.len() == file.len() && body != file);
    sim.faults().once(On::Download, Fault::Reset { processed: false });
    let (head, _, read) = raw(&server, &get, b"").await;
    // Wine tells of a reset connection as of one that has ended.
    let reset = read.map_or_else(|error| error.kind() == io::ErrorKind::ConnectionReset, |()| cfg!(windows));
    assert!(head.is_empty() && reset, "{head}");
    let outcomes: Vec<TransferOutcome> =
        sim.transfers().into_iter().map(|transfer| transfer.outcome).collect();
    use TransferOutcome::{AnswerCorrupted, Done, Unreachable};
    assert_eq!(outcomes, [Done, Done, Done, Done, AnswerCorrupted, AnswerCorrupted, Unreachable]);
}

#[tokio::test]
async fn a_sender_that_leaves_in_the_middle_leaves_nothing() {
    let sim = Sim::new();
    let (client, server) = over_socket(&sim).await;
    let links =
        client.get_attachment_upload_links().file_name("f").file_size_bytes(1_000_000).send().await.unwrap();
    let link = target(&server, &links.upload_urls()[0].url).to_owned();
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head =
        format!("PUT {link} HTTP/1.1\r\nhost: {}\r\ncontent-length: 1000000\r\n\r\n", server.address());
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&[1; 400_000]).await.unwrap();
    drop(stream);
    let chunked = format!("PUT {link} HTTP/1.1\r\ntransfer-encoding: chunked");
    let (head, body, _) = raw(&server, &chunked, b"1\r\na\r\n0\r\n\r\n").await;
    assert!(head.starts_with("http/1.1 411"), "{head}");
    assert!(String::from_utf8_lossy(&body).contains("<Code>MissingContentLength</Code>"));
    let part = CompletedUpload::builder().part_index(1).e_tag("x").build().unwrap();
    let complete = client.complete_attachment_upload().upload_id(links.upload_id()).completed_uploads(part);
    let error = complete.send().await.unwrap_err().into_service_error();
    let text = error.message().unwrap();
    assert_eq!(text, "Part 1 has not been uploaded.");
}
