//! What keeps a report or a reply from being sent, said where it is; and the report that is complete.
//!
//! A draft may hold anything. Only what passes here becomes a [`CompleteReport`] or a [`CompleteReply`], and only
//! these can enter the outbox.

use super::{
    ContactMethod, HandOver, PhoneContact, ReplyContent, ReportContent, Service, is_email, steps,
    text::{reply_body, report_body, report_subject},
};
use crate::{
    address::bare,
    attachment::MAX_FILES,
    catalogue::{Catalogue, severity_for},
    draft::{DraftFile, FileState, one_line, plain},
    settings::Settings,
};
use desk_model::{AccountId, Field, Priority, Problem, Reference};

/// The longest subject, in characters. Our own choice: the Support API's model names no limit, and what AWS does
/// with a longer one is not known.
pub const MAX_SUBJECT: usize = 250;
/// The longest text of a communication, in characters (CreateCase, AddCommunicationToCase: 1 to 8,000). Smithy
/// measures a string's length in Unicode scalar values, which is what is counted; the lines that are added to the
/// user's own count too.
pub const MAX_BODY: usize = 8_000;
/// The most additional contacts (CreateCase: `ccEmailAddresses` holds at most 10).
pub const MAX_CC: usize = 10;

/// A report that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompleteReport {
    pub(crate) account: AccountId,
    pub(crate) priority: Priority,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) service: Service,
    /// `None` where AWS has never been asked: found when sending.
    pub(crate) category_code: Option<String>,
    pub(crate) severity_code: String,
    pub(crate) cc: Vec<String>,
    pub(crate) hand_over: Option<HandOver>,
}

impl CompleteReport {
    /// Judges a draft of a report; answers everything that is wrong, in the order of the form, at most one problem a
    /// field. `account_known`: whether the chosen account is one of this computer's.
    pub(crate) fn of(
        content: &ReportContent,
        files: &[DraftFile],
        reference: &Reference,
        catalogue: &Catalogue,
        settings: &Settings,
        account_known: bool,
    ) -> Result<Self, Vec<Problem>> {
        let account = content.account.as_ref().filter(|_| account_known);
        let account = account.ok_or_else(|| match &content.account {
            None => Problem::field(Field::Account, "Choose the AWS account that the incident is in."),
            Some(_) => {
                Problem::field(Field::Account, "This account is no longer connected. Choose another one.")
            }
        });
        let kind =
            content.kind.ok_or_else(|| Problem::field(Field::Kind, "Choose what kind of problem it is."));
        let priority = content.priority.ok_or_else(|| Problem::field(Field::Priority, "Choose a priority."));
        let category = catalogue.category(content.service, content.category_code.as_deref(), settings);
        let subject = subject(content);
        let body = report_text(content, reference);
        let files = checked_files(files);
        let phone = match content.contact {
            ContactMethod::Web => [Ok(()), Ok(())],
            ContactMethod::Chat => [Ok(()), Ok(())],
            ContactMethod::Phone => [region(&content.phone), number(&content.phone)],
        };
        let cc = contacts(&content.cc);
        let hand_over = match content.contact {
            ContactMethod::Web => None,
            ContactMethod::Chat => {
                Some(HandOver { method: ContactMethod::Chat, phone: PhoneContact::default() })
            }
            ContactMethod::Phone => {
                Some(HandOver { method: ContactMethod::Phone, phone: content.phone.clone() })
            }
        };
        let [region, number] = phone;
        match (account, kind, priority, category, subject, body, files, region, number, cc) {
            (
                Ok(account),
                Ok(_),
                Ok(priority),
                Ok(category_code),
                Ok(subject),
                Ok(body),
                Ok(()),
                Ok(()),
                Ok(()),
                Ok(cc),
            ) => Ok(Self {
                account: account.clone(),
                priority,
                subject,
                body,
                service: content.service,
                category_code,
                severity_code: severity_for(priority, settings, &catalogue.severities),
                cc,
                hand_over,
            }),
            (account, kind, priority, category, subject, body, files, region, number, cc) => {
                let mut problems: Vec<Problem> = [
                    account.err(),
                    kind.err(),
                    priority.err(),
                    category.err(),
                    subject.err(),
                    body.err(),
                    files.err(),
                    region.err(),
                    number.err(),
                    cc.err(),
                ]
                .into_iter()
                .flatten()
                .collect();
                steps::sort(&mut problems);
                Err(problems)
            }
        }
    }
}

/// A reply that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompleteReply {
    pub(crate) body: String,
    pub(crate) cc: Vec<String>,
}

impl CompleteReply {
    /// Judges a draft of a reply; answers everything that is wrong, in the order of the form.
    pub(crate) fn of(
        content: &ReplyContent,
        files: &[DraftFile],
        reference: &Reference,
    ) -> Result<Self, Vec<Problem>> {
        let text = reply_body(content, reference);
        let body = if plain(&content.body).is_empty() {
            Err(Problem::field(Field::Body, "Write something; AWS takes no message without text."))
        } else {
            not_too_long(text)
        };
        match (body, checked_files(files), contacts(&content.cc)) {
            (Ok(body), Ok(()), Ok(cc)) => Ok(Self { body, cc }),
            (body, files, cc) => Err([body.err(), files.err(), cc.err()].into_iter().flatten().collect()),
        }
    }
}

fn subject(content: &ReportContent) -> Result<String, Problem> {
    if one_line(&content.subject).is_empty() {
        return Err(Problem::field(
            Field::Subject,
            "Enter a subject: one line that says what does not work.",
        ));
    }
    let subject = report_subject(content);
    let length = subject.chars().count();
    if length > MAX_SUBJECT {
        let over = length - MAX_SUBJECT;
        return Err(Problem::field(
            Field::Subject,
            format!(
                "The subject is too long: it may have {MAX_SUBJECT} characters, so shorten it by {over}."
            ),
        ));
    }
    Ok(subject)
}

fn report_text(content: &ReportContent, reference: &Reference) -> Result<String, Problem> {
    if plain(&content.body).is_empty() {
        return Err(Problem::field(Field::Body, "Describe what happens, since when, and where."));
    }
    not_too_long(report_body(content, reference))
}

fn not_too_long(text: String) -> Result<String, Problem> {
    let length = text.chars().count();
    if length > MAX_BODY {
        let over = length - MAX_BODY;
        return Err(Problem::field(
            Field::Body,
            format!(
                "The text is too long: AWS takes 8,000 characters together with the lines that ECO Desk adds. Shorten it by {over}, or attach the rest as a file."
            ),
        ));
    }
    Ok(text)
}

fn checked_files(files: &[DraftFile]) -> Result<(), Problem> {
    let refused: Vec<&str> = files
        .iter()
        .filter_map(|file| match &file.state {
            FileState::Ready => None,
            FileState::Refused { .. } => Some(file.name.as_str()),
        })
        .collect();
    if let [name, rest @ ..] = refused.as_slice() {
        let and = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        return Err(Problem::field(Field::Files, format!("Remove what cannot be sent: {name}{and}.")));
    }
    if files.len() > MAX_FILES {
        return Err(Problem::field(
            Field::Files,
            format!("AWS takes at most {MAX_FILES} files with a message."),
        ));
    }
    Ok(())
}

fn region(phone: &PhoneContact) -> Result<(), Problem> {
    let region = phone.region.trim();
    let parts: Vec<&str> = region.split('-').collect();
    let is_word = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    // `eu-west-1`, `us-gov-west-1`; which of them exist is AWS's to know.
    let is_region = match parts.as_slice() {
        [words @ .., number] => {
            words.len() >= 2
                && words.iter().all(is_word)
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        }
        [] => false,
    };
    if region.is_empty() {
        Err(Problem::field(Field::PhoneRegion, "Choose the AWS Region that the incident is about."))
    } else if is_region {
        Ok(())
    } else {
        Err(Problem::field(Field::PhoneRegion, format!("“{region}” is not an AWS Region such as eu-west-1.")))
    }
}

fn number(phone: &PhoneContact) -> Result<(), Problem> {
    let number = phone.number.trim();
    if number.is_empty() {
        return Err(Problem::field(
            Field::PhoneNumber,
            "Enter the number that ECO shall call, with its country code.",
        ));
    }
    let international = number.strip_prefix('+').or_else(|| number.strip_prefix("00"));
    let digits = international.map_or(0, |rest| rest.chars().filter(char::is_ascii_digit).count());
    let only_number = international.is_some_and(|rest| {
        rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')'))
    });
    // E.164: at most 15 digits; the shortest in use have 7 with their country code.
    if only_number && (7..=15).contains(&digits) {
        Ok(())
    } else {
        Err(Problem::field(
            Field::PhoneNumber,
            "Enter the number with its country code, such as +47 51 99 00 00.",
        ))
    }
}

/// The addresses as they are sent: without what stands around them, blank ones left out.
fn contacts(cc: &[String]) -> Result<Vec<String>, Problem> {
    let cc: Vec<String> = cc.iter().map(|address| bare(address)).filter(|a| !a.is_empty()).collect();
    if let Some(wrong) = cc.iter().find(|address| !is_email(address)) {
        return Err(Problem::field(Field::Cc, format!("“{wrong}” is not an e-mail address.")));
    }
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = cc.iter().find(|address| !seen.insert(address.to_lowercase())) {
        return Err(Problem::field(Field::Cc, format!("{twice} is there twice.")));
    }
    if cc.len() > MAX_CC {
        return Err(Problem::field(
            Field::Cc,
            format!("AWS takes at most {MAX_CC} additional contacts; there are {}.", cc.len()),
        ));
    }
    Ok(cc)
}

#[cfg(test)]
mod tests;
