//! What is on this computer and at AWS, held against what must be there.

use anyhow::{Result, bail, ensure};
use support_sim::{CaseStatus, CaseView, CommunicationView, Sim};

use crate::expectation::{Count, Expectation, Report, Text, Typed};
use crate::protocol::{Command, DraftLine};
use crate::user;

/// After a start: every draft is there with what was typed last, and what a kill had left open is settled. `open` is
/// the command that was cut off.
///
/// # Errors
/// When something that was acknowledged is not there.
pub(crate) fn settle(expected: &mut Expectation, found: &[DraftLine], open: Option<&Command>) -> Result<()> {
    match open {
        Some(Command::Submit { draft }) if !found.iter().any(|line| line.id == *draft) => {
            user::submitted(expected, draft, Count::One);
        }
        Some(Command::Edit { entry }) if found.iter().any(|line| line.id == *entry) => {
            expected.take_back(entry);
        }
        _ => {}
    }
    for (id, typed) in &expected.drafts {
        let line = found.iter().find(|line| line.id == *id);
        let Some(line) = line else {
            // The program drops a reply in which nothing was ever typed.
            ensure!(
                typed.saved.is_empty() && typed.files.is_empty(),
                "the draft of {:?} is lost",
                typed.saved
            );
            continue;
        };
        ensure!(
            line.body == typed.saved || typed.maybe.as_ref() == Some(&line.body),
            "a draft holds {:?} instead of {:?}",
            line.body,
            typed.saved
        );
        if !typed.saved.is_empty() && typed.case.is_none() {
            ensure!(
                line.account == typed.account || line.account == typed.maybe_account,
                "a draft of account {:?} is one of {:?}",
                typed.account,
                line.account
            );
        }
        for (name, _) in &typed.files {
            ensure!(line.files.contains(name), "the file {name} of a draft is lost");
        }
        let more = line.files.len().saturating_sub(typed.files.len());
        ensure!(more <= usize::from(typed.files_are_uncertain), "a draft has files that nobody added");
    }
    for line in found {
        let typed = expected.drafts.entry(line.id.clone()).or_default();
        typed.saved.clone_from(&line.body);
        typed.token = user::token_in(&line.body);
        (typed.maybe, typed.maybe_account, typed.account) = (None, None, line.account);
        typed.case.clone_from(&line.case);
        if typed.files_are_uncertain && line.files.len() > typed.files.len() {
            // Its content is checked where it arrives: by its name alone.
            for name in &line.files {
                if !typed.files.iter().any(|(known, _)| known == name) {
                    typed.files.push((name.clone(), Vec::new()));
                }
            }
        }
        typed.files_are_uncertain = false;
    }
    let gone =
        |typed: &Typed, id: &String| typed.saved.is_empty() && !found.iter().any(|line| line.id == *id);
    expected.drafts.retain(|id, typed| !gone(typed, id));
    Ok(())
}

/// At the end of a round: AWS has everything that was acknowledged exactly once, and nothing else.
///
/// # Errors
/// The first thing that is missing, double, altered or out of order.
pub(crate) fn at_aws(expected: &Expectation, sims: &[Sim]) -> Result<()> {
    for (account, sim) in sims.iter().enumerate() {
        let cases = sim.cases();
        let mut known = 0;
        let own = || expected.reports.values().filter(|report| report.account == account);
        for report in own() {
            let token = &report.text.token;
            let found: Vec<&CaseView> =
                cases.iter().filter(|case| case.description().contains(token)).collect();
            count(&report.text, found.len(), "case")?;
            known += found.len();
            for case in &found {
                text(&report.text, &case.communications[0])?;
            }
            // Of two, the program knows one.
            if let Some(case) = found.iter().max_by_key(|case| case.communications.len()) {
                replies(report, case)?;
                let said: usize = found.iter().map(|case| case.communications.len() - 1).sum();
                ensure!(said == case.communications.len() - 1, "the replies to {token} are in two cases");
            }
        }
        if cases.len() != known {
            let foreign = cases
                .iter()
                .find(|case| !own().any(|report| case.description().contains(&report.text.token)));
            bail!(
                "{} cases in account {account}, {known} of them expected; one of the others: {foreign:?}",
                cases.len()
            );
        }
    }
    Ok(())
}

fn count(text: &Text, found: usize, what: &str) -> Result<()> {
    let token = &text.token;
    match text.count {
        Count::None => ensure!(found == 0, "{token} was taken back and is at AWS as {found} {what}s"),
        Count::AtMostOne => ensure!(found <= 1, "{token} is at AWS as {found} {what}s"),
        Count::One => ensure!(found == 1, "{token} was acknowledged and is at AWS as {found} {what}s"),
        Count::OneOrTwo => {
            ensure!((1..=2).contains(&found), "{token} was sent again and is at AWS as {found} {what}s");
        }
        Count::UpToTwo => ensure!(found <= 2, "{token} was sent again and is at AWS as {found} {what}s"),
    }
    Ok(())
}

fn text(sent: &Text, arrived: &CommunicationView) -> Result<()> {
    ensure!(
        arrived.body.contains(&sent.body),
        "{} arrived as {:?} instead of {:?}",
        sent.token,
        arrived.body,
        sent.body
    );
    ensure!(
        arrived.files.len() == sent.files.len(),
        "{} arrived with {} files instead of {}",
        sent.token,
        arrived.files.len(),
        sent.files.len()
    );
    for (name, content) in &sent.files {
        let Some(file) = arrived.files.iter().find(|file| file.file_name == *name) else {
            bail!("the file {name} of {} did not arrive", sent.token)
        };
        ensure!(
            content.is_empty() || file.data[..] == content[..],
            "the file {name} of {} arrived altered",
            sent.token
        );
    }
    Ok(())
}

fn replies(report: &Report, case: &CaseView) -> Result<()> {
    let said = &case.communications[1..];
    let (mut places, mut known) = (Vec::new(), 0);
    for reply in &report.replies {
        let found: Vec<usize> =
            (0..said.len()).filter(|place| said[*place].body.contains(&reply.token)).collect();
        count(reply, found.len(), "communication")?;
        known += found.len();
        for place in &found {
            text(reply, &said[*place])?;
        }
        places.extend(found.first().copied());
    }
    ensure!(places.is_sorted(), "the replies in the case of {} are out of order", report.text.token);
    ensure!(
        said.len() == known,
        "the case of {} has {} replies, {known} of them were sent",
        report.text.token,
        said.len()
    );
    // A reply that came or may have come after the resolution reopens the case.
    let certain = report.replies.iter().all(|reply| matches!(reply.count, Count::One | Count::None));
    if report.is_resolved && certain {
        ensure!(case.status == CaseStatus::Resolved, "the case of {} is not resolved", report.text.token);
    }
    Ok(())
}
