//! ECO's monitoring: an event is a value of a metric; at or over the threshold it raises an alarm; ECO finds the
//! alarm to be non-impacting, an incident or a problem, and opens a case for the latter two.

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::{EcoError, TEST_MARK, engine};
use crate::catalog::{INCIDENT_SERVICE_CODE, Severity};
use crate::clock::after;
use crate::direction::Directed;
use crate::error::SimError;
use crate::ids::DisplayId;
use crate::model::{AlarmFacts, CaseStatus, EcoRecord, EventState, Finding, MonitoringEvent, Record};
use crate::options::Options;
use crate::scenario::{AlarmKind, Asked, Trigger};
use crate::state::State;

/// Plans the schedules that are new.
pub(crate) fn plan_schedules(
    state: &mut State,
    options: &Options,
    directed: &Directed,
    now: Timestamp,
) -> Result<(), SimError> {
    if !directed.acting {
        return Ok(());
    }
    let scenario = &directed.scenario;
    let mut records = Vec::new();
    for schedule in &scenario.script.schedules {
        let mut dice = dice(options.seed, &schedule.name, 0);
        let pause = schedule.first.delay(&scenario.pace).of(Severity::Low).draw(&mut dice);
        if let (None, Some(pause)) = (state.eco.schedule(&schedule.name), pause) {
            let (name, next) = (schedule.name.clone(), after(now, pause));
            records.push(Record::Eco(EcoRecord::Schedule { name, next, count: 0 }));
        }
    }
    if records.is_empty() { Ok(()) } else { state.commit(records) }
}

/// Does what has come due, and gives how much that was.
pub(crate) fn tick(
    state: &mut State,
    options: &Options,
    directed: &Directed,
    now: Timestamp,
) -> Result<usize, SimError> {
    let mut done = 0;
    if directed.acting {
        plan_schedules(state, options, directed, now)?;
        let scenario = &directed.scenario;
        for schedule in &scenario.script.schedules {
            let Some(due) = state.eco.schedule(&schedule.name).filter(|due| due.next <= now) else {
                continue;
            };
            let mut dice = dice(options.seed, &schedule.name, due.count + 1);
            let name = &schedule.alarms[dice.random_range(0..schedule.alarms.len())];
            let pause = schedule.every.delay(&scenario.pace).of(Severity::Low).draw(&mut dice);
            let next = pause.map_or(Timestamp::MAX, |pause| after(now, pause));
            let alarm = scenario.script.alarm(name).expect("the schedule's alarms were checked");
            let least =
                if schedule.found.is_some() { alarm.threshold.max(alarm.values.0) } else { alarm.values.0 };
            let value = dice.random_range(least..=alarm.values.1);
            let (name, count) = (schedule.name.clone(), due.count + 1);
            state.commit(vec![Record::Eco(EcoRecord::Schedule { name, next, count })])?;
            raise(state, options, directed, alarm, value, schedule.found, now)?;
            done += 1;
        }
    }
    let due = |event: &&MonitoringEvent| matches!(event.state, EventState::Alarm { until: Some(until) } if until <= now);
    let found: Vec<MonitoringEvent> = state.eco.events().filter(due).cloned().collect();
    for event in found {
        let Some(alarm) = directed.scenario.script.alarm(&event.alarm) else {
            tracing::warn!(
                alarm = event.alarm,
                "the scenario no longer has this alarm; its event stays open"
            );
            state.commit(vec![Record::Eco(EcoRecord::Event(MonitoringEvent {
                state: EventState::Alarm { until: None },
                ..event
            }))])?;
            continue;
        };
        let mut dice = dice(options.seed, &event.alarm, event.id);
        let found = alarm.found.at(dice.random_range(0..alarm.found.total()));
        settle(state, options, directed, event, found, now)?;
        done += 1;
    }
    Ok(done)
}

/// Returns when monitoring has to do something next.
pub(crate) fn next_due(state: &State, directed: &Directed) -> Option<Timestamp> {
    let scheduled = directed.scenario.script.schedules.iter().filter(|_| directed.acting);
    let scheduled = scheduled.filter_map(|schedule| Some(state.eco.schedule(&schedule.name)?.next));
    let found = state.eco.events().filter_map(|event| match event.state {
        EventState::Alarm { until } => until,
        EventState::BelowThreshold | EventState::Found { .. } => None,
    });
    scheduled.chain(found).min()
}

/// A value has come in. With `found`, ECO knows at once what it is.
pub(crate) fn raise(
    state: &mut State,
    options: &Options,
    directed: &Directed,
    alarm: &AlarmKind,
    value: u64,
    found: Option<Finding>,
    now: Timestamp,
) -> Result<u64, SimError> {
    let id = state.eco.next_event();
    let mut event = MonitoringEvent {
        id,
        alarm: alarm.name.clone(),
        metric: alarm.metric.clone(),
        value,
        threshold: alarm.threshold,
        at: now,
        state: EventState::BelowThreshold,
    };
    if value < alarm.threshold {
        state.commit(vec![Record::Eco(EcoRecord::Event(event))])?;
        return Ok(id);
    }
    if let Some(found) = found {
        settle(state, options, directed, event, found, now)?;
        return Ok(id);
    }
    let script = &directed.scenario.script;
    let mut dice = dice(options.seed, &alarm.name, id);
    let pause = script.triage.delay(&directed.scenario.pace).of(Severity::Low).draw(&mut dice);
    event.state = EventState::Alarm { until: pause.map(|pause| after(now, pause)) };
    state.commit(vec![Record::Eco(EcoRecord::Event(event))])?;
    Ok(id)
}

/// ECO knows what an alarm is, and opens a case where it has to.
pub(crate) fn settle(
    state: &mut State,
    options: &Options,
    directed: &Directed,
    mut event: MonitoringEvent,
    found: Finding,
    now: Timestamp,
) -> Result<(), SimError> {
    let opened = match found {
        Finding::NonImpacting => None,
        Finding::Incident | Finding::Problem => open(state, options, directed, &event, found, now)?,
    };
    let (case, mut records) = opened.map_or((None, Vec::new()), |(case, records)| (Some(case), records));
    event.state = EventState::Found { found, at: now, case };
    records.push(Record::Eco(EcoRecord::Event(event)));
    engine::commit_as_eco(state, now, records)
}

fn open(
    state: &mut State,
    options: &Options,
    directed: &Directed,
    event: &MonitoringEvent,
    found: Finding,
    now: Timestamp,
) -> Result<Option<(DisplayId, Vec<Record>)>, SimError> {
    let scenario = &directed.scenario;
    let Some(alarm) = scenario.script.alarm(&event.alarm) else { return Ok(None) };
    let threshold = event.threshold.to_string();
    let said = alarm.alarm.fill(|place| match place {
        "value" => event.value.to_string().into(),
        "threshold" => threshold.as_str().into(),
        _ => event.metric.as_str().into(),
    });
    let facts = AlarmFacts {
        alarm: said,
        effect: alarm.effect.clone(),
        metric: event.metric.clone(),
        value: event.value,
        threshold: event.threshold,
        since: event.at,
    };
    let mut dice = dice(options.seed, "rules", event.id);
    let asked = Asked {
        on: Trigger::Alarm,
        test: alarm.subject.contains(TEST_MARK),
        service: INCIDENT_SERVICE_CODE,
        severity: Severity::High,
        status: CaseStatus::Unassigned,
        subject: &alarm.subject,
        description: &facts.alarm,
        found: Some(found),
    };
    let Some(rule) = directed.rule_for(&asked, &mut dice) else { return Ok(None) };
    let step = scenario.script.story(&rule.story).and_then(|story| Some((story, story.step(&rule.step)?)));
    let step = step.expect("the rule's story and step were checked");
    engine::open_by_story(state, directed, step, &alarm.subject, facts, now).map(Some)
}

/// What decides about one thing: the same seed, name and count draw the same.
pub(crate) fn dice(seed: u64, name: &str, count: u64) -> StdRng {
    let named = name.bytes().fold(seed ^ 0xCBF2_9CE4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    StdRng::seed_from_u64(named ^ count.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Checks what an operator reports.
pub(crate) fn kind<'d>(directed: &'d Directed, name: &str) -> Result<&'d AlarmKind, EcoError> {
    directed.scenario.script.alarm(name).ok_or_else(|| {
        let known = directed.scenario.script.alarms.iter().map(|alarm| alarm.name.as_str());
        EcoError::NoSuchAlarm { wanted: name.to_owned(), known: known.collect::<Vec<_>>().join(", ") }
    })
}
