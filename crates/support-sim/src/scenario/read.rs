//! From the file's tables to a scenario, or to the first thing in it that is wrong: where, and what is allowed there.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::form::{At, FileForm, LetterForm, OneOrMore, RuleForm, TimeForm};
use super::story::{AlarmKind, Letter, Priority, Rule, Schedule, Script, Shares, Topic, Trigger, Voices};
use super::{After, Delay, Pace, Scenario, ScenarioError, Story, Template, Time};
use crate::catalog;
use crate::model::{CaseStatus, Finding};

mod steps;

/// The names that every letter may use.
const PLACES: [&str; 8] =
    ["customer", "subject", "priority", "engineer", "service", "number", "now", "topic"];
/// Those that say something where monitoring opened the case.
const ALARM_PLACES: [&str; 6] = ["alarm", "effect", "metric", "value", "threshold", "since"];

/// The text that is read, which knows the line of each place in it.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
    folder: Option<&'a Path>,
}

impl Source<'_> {
    fn wrong(&self, at: Range<usize>, reason: impl Into<String>) -> ScenarioError {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        ScenarioError::Wrong { name: self.name.to_owned(), line, reason: reason.into() }
    }

    /// One of a set of words.
    fn one_of<T: Copy>(
        &self,
        what: &str,
        word: &At<String>,
        all: &[T],
        spell: fn(T) -> &'static str,
    ) -> Result<T, ScenarioError> {
        all.iter().copied().find(|item| spell(*item) == word.get_ref()).ok_or_else(|| {
            let known: Vec<_> = all.iter().map(|item| spell(*item)).collect();
            self.unknown(what, word, &known)
        })
    }

    fn unknown(&self, what: &str, word: &At<String>, known: &[&str]) -> ScenarioError {
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        self.wrong(word.span(), format!("there is no {what} {:?}; there are: {known}", word.get_ref()))
    }

    fn known(&self, what: &str, word: &At<String>, known: &[&str]) -> Result<String, ScenarioError> {
        if known.contains(&word.get_ref().as_str()) {
            Ok(word.get_ref().clone())
        } else {
            Err(self.unknown(what, word, known))
        }
    }

    fn time(&self, form: &At<TimeForm>) -> Result<Delay, ScenarioError> {
        let one = |text: &str| Time::parse(text).map_err(|reason| self.wrong(form.span(), reason));
        match form.get_ref() {
            TimeForm::One(text) => one(text).map(Delay::all),
            TimeForm::ByPriority { high, medium, low } => {
                Ok(Delay { high: one(high)?, medium: one(medium)?, low: one(low)? })
            }
        }
    }

    /// A time, or the name of one of the pace's.
    fn after(&self, form: &At<TimeForm>, names: &[&str]) -> Result<After, ScenarioError> {
        match form.get_ref() {
            TimeForm::One(text) if names.contains(&text.as_str()) => Ok(After::Named(text.clone())),
            TimeForm::One(text) if text != "never" && text.starts_with(char::is_alphabetic) => Err(self
                .wrong(form.span(), format!("no pace has a time {text:?}; they have: {}", names.join(", ")))),
            TimeForm::One(_) | TimeForm::ByPriority { .. } => self.time(form).map(After::Given),
        }
    }

    fn chance(&self, chance: Option<&At<f64>>) -> Result<f64, ScenarioError> {
        let Some(chance) = chance else { return Ok(1.0) };
        if (0.0..=1.0).contains(chance.get_ref()) {
            Ok(*chance.get_ref())
        } else {
            Err(self.wrong(chance.span(), "a chance is a number from 0.0 (never) to 1.0 (always)"))
        }
    }

    fn template(&self, text: &str, at: Range<usize>, places: &[&str]) -> Result<Template, ScenarioError> {
        let template = Template::parse(text);
        if let Some(place) = template.places().find(|place| !places.contains(place)) {
            let reason = format!("nothing fills {{{place}}}; there are: {}", places.join(", "));
            return Err(self.wrong(at, reason));
        }
        Ok(template)
    }

    fn texts<'t>(&self, texts: &'t At<OneOrMore>) -> Result<&'t [String], ScenarioError> {
        let list = &texts.get_ref().0;
        if list.is_empty() {
            Err(self.wrong(texts.span(), "a list of texts needs at least one"))
        } else {
            Ok(list)
        }
    }
}

pub(super) fn scenario(name: &str, text: &str, folder: Option<&Path>) -> Result<Scenario, ScenarioError> {
    let source = Source { name, text, folder };
    let form: FileForm = toml::from_str(text)
        .map_err(|error| source.wrong(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let paces = paces(&source, &form)?;
    // Each pace has the same names, so those of the first are those of all.
    let names: Vec<&str> = paces[0].1.keys().map(String::as_str).collect();
    let topics = topics(&source, &form)?;
    let topic_texts: Vec<&str> =
        topics.last().map(|topic| topic.texts.keys().map(String::as_str).collect()).unwrap_or_default();
    let places: Vec<&str> = PLACES.iter().chain(&ALARM_PLACES).copied().chain(topic_texts).collect();
    let letters = letters(&source, &form, &places)?;
    let letter_names: Vec<&str> = letters.keys().map(String::as_str).collect();
    let stories = steps::stories(&source, &form, &names, &letter_names, &places)?;
    let rules = form.rule.iter().map(|rule| self::rule(&source, rule, &stories)).collect::<Result<_, _>>()?;
    let triage = match &form.monitoring.triage {
        Some(time) => source.after(time, &names)?,
        None => After::Given(Delay::all(Time::Fixed(std::time::Duration::ZERO))),
    };
    let alarms = alarms(&source, &form)?;
    let schedules = schedules(&source, &form, &names, &alarms)?;
    let voice = voice(&source, &form, &places)?;
    let (pace_name, pace) = paces[0].clone();
    let script = Script { paces, rules, stories, letters, voice, topics, triage, alarms, schedules };
    Ok(Scenario { script: Arc::new(script), pace_name, pace: Arc::new(pace) })
}

/// The paces in the file's order, each with the same names.
fn paces(source: &Source<'_>, form: &FileForm) -> Result<Vec<(String, Pace)>, ScenarioError> {
    let mut in_order: Vec<_> = form.pace.iter().collect();
    in_order.sort_by_key(|(_, pace)| pace.span().start);
    let Some((_, first)) = in_order.first() else {
        return Err(source.wrong(0..0, "a scenario needs a [pace.NAME]"));
    };
    let mut paces = Vec::new();
    for (name, pace) in &in_order {
        if let Some(missing) = first.get_ref().keys().find(|key| !pace.get_ref().contains_key(*key)) {
            let reason = format!("the pace {name} lacks the time {missing:?}, which the first pace has");
            return Err(source.wrong(pace.span(), reason));
        }
        let mut times = Pace::new();
        for (key, time) in pace.get_ref() {
            if !first.get_ref().contains_key(key) {
                let reason = format!("the first pace lacks the time {key:?}; each pace has the same names");
                return Err(source.wrong(time.span(), reason));
            }
            times.insert(key.clone(), source.time(time)?);
        }
        paces.push(((*name).clone(), times));
    }
    Ok(paces)
}

fn topics(source: &Source<'_>, form: &FileForm) -> Result<Vec<Topic>, ScenarioError> {
    let mut topics = Vec::new();
    for (index, topic) in form.topic.iter().enumerate() {
        let (at, topic) = (topic.span(), topic.get_ref());
        let last = index + 1 == form.topic.len();
        if last != topic.words.is_empty() {
            let reason = "the last topic, and only that, has no words: it stands for all else";
            return Err(source.wrong(at, reason));
        }
        let mut texts = BTreeMap::new();
        for (name, of) in &topic.texts {
            texts.insert(name.clone(), source.texts(of)?.to_vec());
        }
        let words = topic.words.iter().map(|word| word.to_lowercase()).collect();
        topics.push(Topic { name: topic.name.get_ref().clone(), words, texts });
    }
    let Some(last) = form.topic.last() else { return Ok(topics) };
    for topic in &form.topic {
        if let Some(text) =
            topic.get_ref().texts.iter().find(|(name, _)| !last.get_ref().texts.contains_key(*name))
        {
            let reason =
                format!("the last topic lacks the text {:?}, so other cases would have none", text.0);
            return Err(source.wrong(text.1.span(), reason));
        }
    }
    Ok(topics)
}

fn letters(
    source: &Source<'_>,
    form: &FileForm,
    places: &[&str],
) -> Result<BTreeMap<String, Letter>, ScenarioError> {
    form.letter
        .iter()
        .map(|(name, letter)| Ok((name.clone(), self::letter(source, letter, places)?)))
        .collect()
}

fn letter(source: &Source<'_>, form: &At<LetterForm>, places: &[&str]) -> Result<Letter, ScenarioError> {
    let mut paragraphs = Vec::new();
    for paragraph in &form.get_ref().paragraphs {
        let choices = source.texts(paragraph)?.iter();
        let choices = choices.map(|text| source.template(text, paragraph.span(), places));
        paragraphs.push(choices.collect::<Result<_, _>>()?);
    }
    if paragraphs.is_empty() {
        return Err(source.wrong(form.span(), "a letter needs a paragraph"));
    }
    Ok(Letter { signed: form.get_ref().signed, paragraphs })
}

fn voice(source: &Source<'_>, form: &FileForm, places: &[&str]) -> Result<Voices, ScenarioError> {
    let voice = &form.voice;
    if voice.engineers.get_ref().is_empty() {
        return Err(source.wrong(voice.engineers.span(), "at least one engineer is needed"));
    }
    let template = |text: &At<String>| source.template(text.get_ref(), text.span(), places);
    Ok(Voices {
        engineers: voice.engineers.get_ref().clone(),
        greeting: template(&voice.greeting)?,
        greeting_of_unknown: template(&voice.greeting_of_unknown)?,
        closing: template(&voice.closing)?,
    })
}

fn rule(source: &Source<'_>, form: &At<RuleForm>, stories: &[Story]) -> Result<Rule, ScenarioError> {
    let form = form.get_ref();
    let on = source.one_of("trigger", &form.on, &Trigger::ALL, Trigger::as_str)?;
    let names: Vec<&str> = stories.iter().map(|story| story.name.as_str()).collect();
    let name = source.known("story", &form.story, &names)?;
    let story = stories.iter().find(|story| story.name == name).expect("it was just found to be known");
    let steps: Vec<&str> = story.steps.iter().map(|step| step.name.as_str()).collect();
    let step = match &form.step {
        Some(step) => source.known("step", step, &steps)?,
        None => steps[0].to_owned(),
    };
    let opens = story.step(&step).is_some_and(|step| step.say.is_some() || step.body.is_some());
    let waits = story.step(&step).is_some_and(|step| step.waits_for_reply);
    if waits && matches!(on, Trigger::Case | Trigger::Alarm) {
        let reason = format!("the step {step:?} waits for a reply, but nobody was asked yet");
        return Err(source.wrong(form.step.as_ref().unwrap_or(&form.story).span(), reason));
    }
    if on == Trigger::Alarm && !opens {
        let reason = format!("the step {step:?} opens a case, so it must say something");
        return Err(source.wrong(form.story.span(), reason));
    }
    let codes: Vec<&str> = catalog::SERVICES.iter().map(|service| service.code).collect();
    Ok(Rule {
        on,
        test: form.test.unwrap_or(false),
        services: each(&form.service, |code| source.known("service", code, &codes))?,
        priorities: each(&form.priority, |word| {
            source.one_of("priority", word, &Priority::ALL, Priority::as_str)
        })?,
        statuses: each(&form.status, |word| {
            source.one_of("status", word, &CaseStatus::ALL, CaseStatus::as_str)
        })?,
        words: form.words.as_ref().map(|words| words.iter().map(|word| word.to_lowercase()).collect()),
        found: each(&form.found, |word| source.one_of("finding", word, &Finding::ALL, Finding::as_str))?,
        chance: source.chance(form.chance.as_ref())?,
        story: name,
        step,
    })
}

fn each<T>(
    list: &Option<Vec<At<String>>>,
    read: impl FnMut(&At<String>) -> Result<T, ScenarioError>,
) -> Result<Option<Vec<T>>, ScenarioError> {
    list.as_ref().map(|list| list.iter().map(read).collect()).transpose()
}

fn alarms(source: &Source<'_>, form: &FileForm) -> Result<Vec<AlarmKind>, ScenarioError> {
    let mut alarms: Vec<AlarmKind> = Vec::new();
    for alarm in &form.alarm {
        let alarm = alarm.get_ref();
        let name = alarm.name.get_ref().clone();
        if alarms.iter().any(|other| other.name == name) {
            return Err(source.wrong(alarm.name.span(), format!("there are two alarms {name:?}")));
        }
        let [low, high] = *alarm.values.get_ref();
        if low > high || high < alarm.threshold {
            let reason = "values are [least, most], and the most must reach the threshold";
            return Err(source.wrong(alarm.values.span(), reason));
        }
        let subject = alarm.subject.get_ref().clone();
        if subject.trim().is_empty() {
            return Err(source.wrong(alarm.subject.span(), "a case needs a subject"));
        }
        let shares = alarm.found.get_ref();
        let found = Shares {
            non_impacting: shares.non_impacting,
            incident: shares.incident,
            problem: shares.problem,
        };
        let most = [found.non_impacting, found.incident, found.problem].into_iter().max().unwrap_or(0);
        if most == 0 || most > 1000 {
            let reason =
                "the shares of non-impacting, incident and problem are 0 to 1000, and one of them is needed";
            return Err(source.wrong(alarm.found.span(), reason));
        }
        alarms.push(AlarmKind {
            name,
            subject,
            metric: alarm.metric.clone(),
            threshold: alarm.threshold,
            values: (low, high),
            alarm: source.template(
                alarm.alarm.get_ref(),
                alarm.alarm.span(),
                &["value", "threshold", "metric"],
            )?,
            effect: alarm.effect.clone(),
            found,
        });
    }
    Ok(alarms)
}

fn schedules(
    source: &Source<'_>,
    form: &FileForm,
    names: &[&str],
    alarms: &[AlarmKind],
) -> Result<Vec<Schedule>, ScenarioError> {
    let known: Vec<&str> = alarms.iter().map(|alarm| alarm.name.as_str()).collect();
    let mut schedules: Vec<Schedule> = Vec::new();
    for schedule in &form.schedule {
        let schedule = schedule.get_ref();
        let name = schedule.name.get_ref().clone();
        if schedules.iter().any(|other| other.name == name) {
            return Err(source.wrong(schedule.name.span(), format!("there are two schedules {name:?}")));
        }
        let of = schedule.alarms.get_ref().iter().map(|alarm| source.known("alarm", alarm, &known));
        let of = of.collect::<Result<Vec<_>, _>>()?;
        if of.is_empty() {
            return Err(source.wrong(schedule.alarms.span(), "a schedule needs at least one alarm"));
        }
        let found = schedule.found.as_ref();
        let every = source.after(&schedule.every, names)?;
        let too_often = matches!(&every, After::Given(delay) if often(delay));
        if too_often {
            return Err(source.wrong(schedule.every.span(), "at least a second lies between two events"));
        }
        schedules.push(Schedule {
            name,
            first: source.after(&schedule.first, names)?,
            every,
            alarms: of,
            found: found
                .map(|word| source.one_of("finding", word, &Finding::ALL, Finding::as_str))
                .transpose()?,
        });
    }
    Ok(schedules)
}

fn often(delay: &Delay) -> bool {
    [delay.high, delay.medium, delay.low]
        .into_iter()
        .filter_map(Time::least)
        .any(|time| time < std::time::Duration::from_secs(1))
}
