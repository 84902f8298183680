//! The program ends between any two steps: after the next start everything is at AWS exactly once.

use crate::harness::Bench;
use desk_core::report::find_reference;
use std::{future::Future, pin::pin, task::Poll};

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

async fn cut_and_go_on(limit: usize) -> bool {
    let mut bench = Bench::new().await;
    let draft = bench.draft("Cut").await;
    bench.rooms.attachments.add(&draft, vec![bench.file("a.log", b"abc")]).await.unwrap();
    let key = bench.rooms.reports.submit(&draft).await.unwrap();
    bench.reply(&key, "A reply.").await;
    let finished = cut_after(limit, bench.rooms.outbox.deliver_due()).await;
    bench.restart().await;
    bench.deliver_all().await;

    let cases = bench.sim.cases();
    assert_eq!(cases.len(), 1, "cut after {limit}");
    let case = &cases[0];
    assert_eq!(case.communications.len(), 2, "cut after {limit}: {:?}", case.communications);
    assert!(case.communications.iter().all(|said| find_reference(&said.body).is_some()));
    assert_eq!(case.communications[0].files[0].data, b"abc"[..], "cut after {limit}");
    assert_eq!(bench.mirrored(&key).await.as_deref().is_some(), true, "cut after {limit}");
    bench.rooms.attachments.sweep_unreferenced().await.unwrap();
    assert_eq!(bench.staged(), Vec::<String>::new(), "cut after {limit}");
    finished
}

#[tokio::test]
async fn wherever_delivery_is_cut_everything_arrives_exactly_once() {
    let mut limit = 1;
    while !cut_and_go_on(limit).await {
        limit += 1;
        assert!(limit < 2_000, "delivery never comes to its end");
    }
    assert!(limit > 20, "there are more steps than {limit}");
}
