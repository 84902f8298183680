//! Resolving a case: the rating as a last message, where it goes to ECO, and then the resolution.

use super::{
    Outbox, OutboxKind, Payload, Request,
    entries::{self, NewEntry},
    payload::ReplyRequest,
};
use crate::{
    case::Rating,
    report::{ReplyContent, rating_body, rows::case_head},
};
use desk_model::{CaseKey, Problem, ProblemCode, Reference};
use rusqlite::OptionalExtension as _;

impl Outbox {
    /// Puts a case's resolution into the outbox, after the rating where that goes to ECO, and keeps the rating on
    /// this computer. Asked twice, the case is resolved once.
    ///
    /// # Errors
    /// A problem with the field `stars` or `comment`; [`ProblemCode::NotFound`] where the case is not known.
    pub async fn resolve(&self, case: &CaseKey, rating: Option<Rating>) -> Result<(), Problem> {
        if let Some(rating) = &rating {
            rating.check()?;
        }
        let unknown = || Problem::new(ProblemCode::NotFound, "This incident is not known on this computer.");
        let head = case_head(&self.0.store.cases, case).await?.ok_or_else(unknown)?;
        let now = self.0.clock.now();
        let key = case.clone();
        self.0
            .store
            .desk
            .write(move |desk| {
                // A reply behind a resolution reopens the case: only the last that waits tells how it ends.
                let queued: Option<bool> = desk
                    .query_row(
                        "SELECT kind = 'resolve' FROM outbox WHERE case_key = ?1 AND done_at IS NULL
                         ORDER BY position DESC LIMIT 1",
                        [&key.0],
                        |row| row.get(0),
                    )
                    .optional()?;
                if let Some(rating) = &rating {
                    desk.execute(
                        "INSERT OR REPLACE INTO rating (case_key, rating, rated_at) VALUES (?1, ?2, ?3)",
                        rusqlite::params![key.0, serde_json::to_string(rating)?, now],
                    )?;
                }
                if queued == Some(true) {
                    return Ok(());
                }
                let entry = |kind, body, payload, id: String| NewEntry {
                    id,
                    kind,
                    account: head.account.clone(),
                    case_key: key.clone(),
                    subject: head.subject.clone(),
                    severity: None,
                    body,
                    payload,
                    created_at: now,
                };
                if let Some(rating) = rating.as_ref().filter(|rating| rating.send_to_eco) {
                    let id = uuid::Uuid::new_v4().to_string();
                    let body = rating_body(rating, &Reference::of(&id));
                    let request = Request::Reply(ReplyRequest {
                        draft: ReplyContent::default(),
                        draft_created_at: now,
                        cc: Vec::new(),
                    });
                    entries::insert(desk, &entry(OutboxKind::Reply, Some(body), Payload::new(request), id))?;
                }
                let id = uuid::Uuid::new_v4().to_string();
                entries::insert(desk, &entry(OutboxKind::Resolve, None, Payload::new(Request::Resolve), id))
            })
            .await?;
        self.tell(case);
        self.wake();
        Ok(())
    }
}
