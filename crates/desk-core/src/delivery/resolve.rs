//! Resolving a case: the rating as a last message, where it goes to ECO, and then the resolution.

use super::{
    Outbox, OutboxId, Rating, ReplyRequest, Request, case_head, entries, rating as ratings,
    request::ResolveRequest,
};
use crate::draft::ReplyContent;
use desk_model::{CaseKey, Problem, ProblemCode, Reference, strip_reference};

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
                let is_queued = entries::ends_resolved(desk, &key)?;
                if let Some(rating) = &rating {
                    ratings::put(desk, &head.account, &key, rating, now)?;
                }
                if is_queued {
                    return Ok(());
                }
                let subject = head.subject;
                if let Some(rating) = rating.as_ref().filter(|rating| rating.send_to_eco) {
                    let id = new_id();
                    let text = ratings::rating_body(rating, &Reference::of(&id.0));
                    // It was not entered as a text; what can be edited is what is sent.
                    let draft = ReplyContent { body: strip_reference(&text).to_owned(), cc: Vec::new() };
                    let reply = ReplyRequest {
                        subject: subject.clone(),
                        text,
                        cc: Vec::new(),
                        files: Vec::new(),
                        draft,
                        draft_created_at: now,
                    };
                    entries::insert(desk, &id, &head.account, &key, &Request::Reply(reply), now)?;
                }
                let resolve = Request::Resolve(ResolveRequest { subject });
                entries::insert(desk, &new_id(), &head.account, &key, &resolve, now)
            })
            .await?;
        self.tell(case);
        self.wake();
        Ok(())
    }
}

fn new_id() -> OutboxId {
    OutboxId(uuid::Uuid::new_v4().to_string())
}
