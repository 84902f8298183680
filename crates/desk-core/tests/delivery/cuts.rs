//! The program ends between any two steps: after the next start everything is at AWS exactly once.

use crate::harness::Bench;
use desk_core::delivery::OutboxKind;
use desk_model::find_reference;
use std::{future::Future, pin::pin, task::Poll};

/// Most times that all cuts are made.
const ROUNDS: usize = 8;

/// Runs `work` until it has been woken `limit` times, then drops it; whether it came to its end.
async fn cut_after(limit: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut polls = 0;
    std::future::poll_fn(|context| {
        if polls == limit {
            return Poll::Ready(false);
        }
        polls += 1;
        work.as_mut().poll(context).map(|_| true)
    })
    .await
}

/// What was found at the start after a cut.
struct Found {
    /// Whether delivery had come to its end before the cut.
    finished: bool,
    /// Whether AWS had the report, and this computer did not know.
    report_unknown: bool,
    /// Whether AWS had the reply, and this computer did not know.
    reply_unknown: bool,
}

async fn cut_and_go_on(limit: usize) -> Found {
    let mut bench = Bench::new().await;
    let draft = bench.draft("Cut").await;
    bench.attach(&draft, "a.log", b"abc").await;
    let key = bench.rooms.reports.submit(&draft).await.unwrap();
    bench.reply(&key, "A reply.").await;
    let finished = cut_after(limit, bench.rooms.outbox.deliver_due()).await;
    bench.restart().await;
    let waiting: Vec<OutboxKind> = bench.entries().await.into_iter().map(|entry| entry.kind).collect();
    let arrived = bench.sim.cases().first().map_or(0, |case| case.communications.len());
    let found = Found {
        finished,
        report_unknown: arrived >= 1 && waiting.contains(&OutboxKind::Report),
        reply_unknown: arrived >= 2 && waiting.contains(&OutboxKind::Reply),
    };
    bench.deliver_all().await;

    let cases = bench.sim.cases();
    assert_eq!(cases.len(), 1, "cut after {limit}");
    let case = &cases[0];
    assert_eq!(case.communications.len(), 2, "cut after {limit}: {:?}", case.communications);
    assert!(case.communications.iter().all(|said| find_reference(&said.body).is_some()));
    assert_eq!(case.communications[0].files[0].data, b"abc"[..], "cut after {limit}");
    assert!(bench.mirrored(&key).await.is_some(), "cut after {limit}");
    bench.rooms.attachments.sweep_unreferenced().await.unwrap();
    assert_eq!(bench.staged(), Vec::<String>::new(), "cut after {limit}");
    found
}

#[tokio::test]
async fn wherever_delivery_is_cut_everything_arrives_exactly_once() {
    let (mut report_unknown, mut reply_unknown) = (0, 0);
    // How often delivery waits differs with how busy the computer is, so one round may miss a place.
    for _ in 0..ROUNDS {
        for limit in 1.. {
            assert!(limit < 2_000, "delivery never comes to its end");
            let found = cut_and_go_on(limit).await;
            report_unknown += u32::from(found.report_unknown);
            reply_unknown += u32::from(found.reply_unknown);
            if found.finished {
                break;
            }
        }
        if report_unknown > 0 && reply_unknown > 0 {
            break;
        }
    }
    // Without these, the cuts have missed what they are for.
    assert!(report_unknown > 0, "no cut fell between a case and the knowledge of it");
    assert!(reply_unknown > 0, "no cut fell between a reply and the knowledge of it");
}
