//! ECO's plan for one case: which story is under way, how far it is, what comes next and when.

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::catalog::Severity;
use crate::clock::after;
use crate::model::{EcoPlan, Planned};
use crate::scenario::{Pace, Step, Story, Target};

impl EcoPlan {
    /// What decides about chances and ranges: the same plan draws the same, but not for every purpose.
    pub(crate) fn dice(&self, purpose: Purpose) -> StdRng {
        StdRng::seed_from_u64(u64::from(self.variety) << 8 | purpose as u64)
    }

    /// Begins a story at one of its steps.
    pub(crate) fn begin(&mut self, story: &Story, step: &Step, pacing: &Pacing<'_>) {
        self.end();
        self.story = Some(story.name.clone());
        self.approach(story, step, pacing);
    }

    /// Plans what comes after a step that is done.
    pub(crate) fn go_on(&mut self, story: &Story, done: &Step, pacing: &Pacing<'_>) {
        self.done = Some(done.name.clone());
        self.planned = None;
        if !done.choose.is_empty() {
            self.wait(done, pacing);
            return;
        }
        match story.following(done) {
            None => self.end(),
            Some(next) if next.waits_for_reply => self.wait(done, pacing),
            Some(next) => self.approach(story, next, pacing),
        }
    }

    /// The customer has written while the story waits.
    pub(crate) fn replied(&mut self, story: &Story, reply: &str, pacing: &Pacing<'_>) -> Replied {
        if self.planned.as_ref().is_some_and(|planned| !planned.if_silent) {
            return Replied::Noted;
        }
        let Some(done) = self.done.as_deref().and_then(|name| story.step(name)) else {
            return Replied::NotForIt;
        };
        let reply = reply.to_lowercase();
        let fits = |words: &[String]| words.is_empty() || words.iter().any(|word| reply.contains(word));
        let next = match done.choose.iter().find(|(words, _)| fits(words)) {
            Some((_, Target::Step(name))) => story.step(name),
            Some((_, Target::End)) => None,
            Some((_, Target::Next)) | None => story.following(done),
        };
        match next {
            Some(next) => {
                self.approach(story, next, pacing);
                Replied::Taken
            }
            None => Replied::NotForIt,
        }
    }

    /// Plans a step; one that chance leaves out gives way to the next.
    fn approach(&mut self, story: &Story, step: &Step, pacing: &Pacing<'_>) {
        let mut dice = self.dice(Purpose::Step);
        let mut step = step;
        while step.chance < 1.0 && !dice.random_bool(step.chance) {
            self.done = Some(step.name.clone());
            self.planned = None;
            match story.following(step) {
                None => return self.end(),
                Some(next) if next.waits_for_reply => return,
                // It ends: no story runs in a circle without a step that waits.
                Some(next) => step = next,
            }
        }
        let pause = step.after.delay(pacing.pace).of(pacing.severity).draw(&mut dice);
        self.planned = pause.map(|pause| Planned {
            step: step.name.clone(),
            at: after(pacing.now, pause),
            if_silent: false,
        });
    }

    fn wait(&mut self, done: &Step, pacing: &Pacing<'_>) {
        let Some((after_that, step)) = &done.if_silent else { return };
        let pause = after_that.delay(pacing.pace).of(pacing.severity).draw(&mut self.dice(Purpose::Silence));
        self.planned =
            pause.map(|pause| Planned { step: step.clone(), at: after(pacing.now, pause), if_silent: true });
    }
}

/// What is drawn for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Rule = 1,
    Step,
    Silence,
    Noise,
}

/// What a plan does with a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replied {
    /// What is planned anyway takes it up.
    Noted,
    /// The story goes on.
    Taken,
    /// No story waits for it.
    NotForIt,
}

/// From when on, and how fast.
pub(crate) struct Pacing<'a> {
    pub(crate) pace: &'a Pace,
    pub(crate) severity: Severity,
    pub(crate) now: Timestamp,
}
