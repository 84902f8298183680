//! Stories and their steps: each name leads somewhere, and no story can run in a circle without a pause.

use super::super::form::{At, AttachForm, ChoiceForm, FileForm, StepForm, StoryForm};
use super::super::story::{Attached, Content, Step, Target};
use super::super::{ScenarioError, Story};
use super::Source;
use crate::catalog::{self, Severity};
use crate::model::CaseStatus;

/// The largest file of a communication, in bytes.
const LARGEST: u64 = 157_286_400;

/// What a step may refer to.
struct Known<'a> {
    times: &'a [&'a str],
    letters: &'a [&'a str],
    places: &'a [&'a str],
    steps: Vec<&'a str>,
}

pub(super) fn stories(
    source: &Source<'_>,
    form: &FileForm,
    times: &[&str],
    letters: &[&str],
    places: &[&str],
) -> Result<Vec<Story>, ScenarioError> {
    let mut stories: Vec<Story> = Vec::new();
    for form in &form.story {
        let (at, form) = (form.span(), form.get_ref());
        let name = form.name.get_ref().clone();
        if stories.iter().any(|story| story.name == name) {
            return Err(source.wrong(form.name.span(), format!("there are two stories {name:?}")));
        }
        let mut steps: Vec<&str> = Vec::new();
        for step in &form.step {
            let name = &step.get_ref().name;
            if name.get_ref() == "end" || steps.contains(&name.get_ref().as_str()) {
                let reason =
                    format!("a step's name is its own in its story, and not \"end\": {:?}", name.get_ref());
                return Err(source.wrong(name.span(), reason));
            }
            steps.push(name.get_ref());
        }
        if steps.is_empty() {
            return Err(source.wrong(at, format!("the story {name:?} needs a [[story.step]]")));
        }
        let known = Known { times, letters, places, steps };
        let steps = form.step.iter().map(|step| self::step(source, form, step.get_ref(), &known));
        let steps = steps.collect::<Result<Vec<_>, _>>()?;
        let story = Story { name, about: form.about.clone(), steps };
        if let Some(step) = circle(&story) {
            let reason = format!(
                "the story {:?} runs in a circle through the step {step:?}, none of which waits for a reply",
                story.name
            );
            return Err(source.wrong(form.name.span(), reason));
        }
        stories.push(story);
    }
    Ok(stories)
}

fn step(
    source: &Source<'_>,
    story: &StoryForm,
    form: &StepForm,
    known: &Known<'_>,
) -> Result<Step, ScenarioError> {
    if let (Some(_), Some(body)) = (&form.say, &form.body) {
        return Err(source.wrong(body.span(), "a step has either say (a letter's name) or body (a text)"));
    }
    if let (None, None, Some(file)) = (&form.say, &form.body, form.attach.first()) {
        return Err(source.wrong(file.span(), "files need a letter: add say or body"));
    }
    let codes: Vec<&str> = catalog::SERVICES.iter().map(|service| service.code).collect();
    let choose = match &form.choose_as {
        None => choices(source, &form.choose, known)?,
        Some(of) => {
            let name = source.known("step", of, &known.steps)?;
            let other = story.step.iter().find(|step| *step.get_ref().name.get_ref() == name);
            let other = other.map(|step| step.get_ref().choose.as_slice()).unwrap_or_default();
            if other.is_empty() || !form.choose.is_empty() {
                let reason = "choose_as names a step that has choose, and stands instead of it";
                return Err(source.wrong(of.span(), reason));
            }
            choices(source, other, known)?
        }
    };
    let if_silent = match &form.if_silent {
        None => None,
        Some(silent) => {
            let step = source.known("step", &silent.then, &known.steps)?;
            Some((source.after(&silent.after, known.times)?, step))
        }
    };
    Ok(Step {
        name: form.name.get_ref().clone(),
        after: source.after(&form.after, known.times)?,
        waits_for_reply: form.waits_for_reply,
        say: form.say.as_ref().map(|name| source.known("letter", name, known.letters)).transpose()?,
        body: match &form.body {
            Some(text) if text.get_ref().trim().is_empty() => {
                return Err(source.wrong(text.span(), "a body is not empty"));
            }
            Some(text) => Some(source.template(text.get_ref(), text.span(), known.places)?),
            None => None,
        },
        attach: form.attach.iter().map(|file| attached(source, file, known)).collect::<Result<_, _>>()?,
        status: form
            .status
            .as_ref()
            .map(|word| source.one_of("status", word, &CaseStatus::ALL, CaseStatus::as_str))
            .transpose()?,
        service: form.service.as_ref().map(|code| source.known("service", code, &codes)).transpose()?,
        severity: form
            .severity
            .as_ref()
            .map(|word| source.one_of("severity", word, &Severity::ALL, Severity::as_str))
            .transpose()?,
        chance: source.chance(form.chance.as_ref())?,
        then: form.then.as_ref().map_or(Ok(Target::Next), |name| target(source, name, known))?,
        choose,
        if_silent,
    })
}

fn target(source: &Source<'_>, name: &At<String>, known: &Known<'_>) -> Result<Target, ScenarioError> {
    if name.get_ref() == "end" {
        return Ok(Target::End);
    }
    let mut names = known.steps.clone();
    names.push("end");
    source.known("step", name, &names).map(Target::Step)
}

fn choices(
    source: &Source<'_>,
    forms: &[At<ChoiceForm>],
    known: &Known<'_>,
) -> Result<Vec<(Vec<String>, Target)>, ScenarioError> {
    let mut choices = Vec::new();
    for form in forms {
        let choice = form.get_ref();
        let words: Vec<String> = choice.reply_has.iter().map(|word| word.to_lowercase()).collect();
        choices.push((words, target(source, &choice.then, known)?));
    }
    if let (Some(form), Some((words, _))) = (forms.last(), choices.last())
        && !words.is_empty()
    {
        let reason = "the last choice has no reply_has: it is taken when no other fits";
        return Err(source.wrong(form.span(), reason));
    }
    Ok(choices)
}

fn attached(
    source: &Source<'_>,
    form: &At<AttachForm>,
    known: &Known<'_>,
) -> Result<Attached, ScenarioError> {
    let file = form.get_ref();
    let name = file.name.get_ref().clone();
    if name.is_empty() || name.contains(['/', '\\', '\0']) {
        return Err(source.wrong(file.name.span(), "a file has a name, without a folder"));
    }
    let content = match (&file.letter, &file.text, &file.file, &file.size) {
        (Some(letter), None, None, None) => Content::Letter(source.known("letter", letter, known.letters)?),
        (None, Some(text), None, None) if !text.is_empty() => Content::Bytes(text.clone().into()),
        (None, None, Some(path), None) => {
            let folder = source.folder.ok_or_else(|| {
                source.wrong(path.span(), "only a scenario that is a file itself can attach files")
            })?;
            let place = folder.join(path.get_ref());
            let bytes = std::fs::read(&place).map_err(|error| {
                source.wrong(path.span(), format!("cannot read {}: {error}", place.display()))
            })?;
            if bytes.is_empty() || bytes.len() as u64 > LARGEST {
                return Err(source.wrong(path.span(), "a file has 1 byte to 150 MB"));
            }
            Content::Bytes(bytes.into())
        }
        (None, None, None, Some(size)) => match usize::try_from(*size.get_ref()) {
            Ok(bytes) if bytes >= 1 && *size.get_ref() <= LARGEST => Content::Size(bytes),
            Ok(_) | Err(_) => {
                return Err(source.wrong(size.span(), format!("a size is 1 to {LARGEST} bytes")));
            }
        },
        _ => {
            let reason = "a file has exactly one of letter, text (not empty), file and size (in bytes)";
            return Err(source.wrong(form.span(), reason));
        }
    };
    Ok(Attached { name, content })
}

/// A step from which the story comes back to itself without ever waiting for a reply.
fn circle(story: &Story) -> Option<&str> {
    for start in &story.steps {
        let mut step = start;
        for _ in 0..=story.steps.len() {
            let next = if step.choose.is_empty() { story.following(step) } else { None };
            match next {
                Some(next) if next.waits_for_reply => break,
                Some(next) if next.name == start.name => return Some(&start.name),
                Some(next) => step = next,
                None => break,
            }
        }
    }
    None
}
