//! Chats and calls: begun by a customer in the stand-in for Support Center, answered by an operator. What was said
//! becomes correspondence of the case, as it does at AWS.

use super::Sim;
use crate::case_event::Origin;
use crate::customer::Customer;
use crate::eco::{EcoError, engine, letter};
use crate::model::{
    AUTHOR, CaseStatus, Communication, Contact, ContactKind, ContactState, EcoRecord, Line, Party, Record,
};
use crate::view::find;

/// The longest line of a chat, in characters.
const LONGEST_LINE: usize = 2000;

impl Sim {
    /// The chats and calls, oldest first; the newest 500.
    #[must_use]
    pub fn contacts(&self) -> Vec<Contact> {
        self.read().eco.contacts().cloned().collect()
    }

    /// Requests a contact about a case, for the customer. A call is noted in the correspondence at once, a chat when it
    /// is over.
    ///
    /// # Errors
    /// There is no such case, or it is resolved; there is such a contact already; the telephone number is none.
    pub fn begin_contact(&self, case: impl AsRef<str>, kind: ContactKind) -> Result<u64, EcoError> {
        let now = self.clock().now();
        let customers = self.customers();
        let customer = customers.first().map_or("", Customer::author);
        let mut state = self.state();
        let entry =
            find(&state, case.as_ref()).ok_or_else(|| EcoError::NoSuchCase(case.as_ref().to_owned()))?;
        if entry.case.status == CaseStatus::Resolved {
            return Err(EcoError::Refused("the case is resolved; a reply reopens it".to_owned()));
        }
        let case = entry.case.display_id.clone();
        let open = state.eco.contacts().find(|open| open.case == case && open.state != ContactState::Ended);
        if let Some(open) = open {
            let what = match open.kind {
                ContactKind::Chat => "a chat",
                ContactKind::Call { .. } => "a call",
            };
            return Err(EcoError::Refused(format!("{what} about this case is under way already")));
        }
        let noted = match &kind {
            ContactKind::Chat => None,
            ContactKind::Call { region, phone, extension } => {
                check_phone(phone, extension.as_deref())?;
                let extension = extension.as_ref().map(|it| format!(", extension {it}")).unwrap_or_default();
                Some(format!("Call requested.\n\nNumber: {phone}{extension}\nAWS Region: {region}"))
            }
        };
        let contact = Contact {
            id: state.eco.next_contact(),
            case: case.clone(),
            kind,
            state: ContactState::Waiting,
            customer: customer.to_owned(),
            begun: now,
            ended: None,
            lines: Vec::new(),
        };
        let id = contact.id;
        let said = noted.map(|body| Record::Said {
            case,
            communication: Communication { body, author: customer.to_owned(), at: now, files: Vec::new() },
        });
        let contact = Record::Eco(EcoRecord::Contact(contact));
        state.commit_from(Origin::Customer, now, std::iter::once(contact).chain(said).collect())?;
        Ok(id)
    }

    /// Adds a message to a chat. An operator's first line takes the chat.
    ///
    /// # Errors
    /// There is no such chat, or it is over; the text is empty or too long.
    pub fn say_in_contact(&self, id: u64, by: Party, text: &str) -> Result<(), EcoError> {
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 || length > LONGEST_LINE {
            return Err(EcoError::Refused(format!("a line of a chat has 1 to {LONGEST_LINE} characters")));
        }
        let now = self.clock().now();
        self.change_contact(id, |contact| {
            match contact.kind {
                ContactKind::Chat => {}
                ContactKind::Call { .. } => {
                    return Err(EcoError::Refused("what is said in a call is noted when it ends".to_owned()));
                }
            }
            if by == Party::Eco {
                contact.state = ContactState::Connected;
            }
            contact.lines.push(Line { by, text: text.to_owned(), at: now });
            Ok(None)
        })
    }

    /// Accepts a chat or a call, for an operator.
    ///
    /// # Errors
    /// There is no such contact, or it is over.
    pub fn take_contact(&self, id: u64) -> Result<(), EcoError> {
        self.change_contact(id, |contact| {
            contact.state = ContactState::Connected;
            Ok(None)
        })
    }

    /// Ends a chat or a call; what was said in the chat, or the operator's note of the call, becomes correspondence.
    ///
    /// # Errors
    /// There is no such contact, or it is over.
    pub fn end_contact(&self, id: u64, note: Option<&str>) -> Result<(), EcoError> {
        let now = self.clock().now();
        let note = note.map(str::trim).filter(|note| !note.is_empty());
        self.change_contact(id, |contact| {
            let taken = contact.state == ContactState::Connected;
            contact.state = ContactState::Ended;
            contact.ended = Some(now);
            Ok(protocol(contact, note, taken))
        })
    }

    fn change_contact(
        &self,
        id: u64,
        change: impl FnOnce(&mut Contact) -> Result<Option<String>, EcoError>,
    ) -> Result<(), EcoError> {
        let now = self.clock().now();
        let mut state = self.state();
        let mut contact = state.eco.contact(id).cloned().ok_or(EcoError::NoSuchContact(id))?;
        if contact.state == ContactState::Ended {
            return Err(EcoError::Refused("it is over".to_owned()));
        }
        let body = change(&mut contact)?;
        let case = contact.case.clone();
        let contact = Record::Eco(EcoRecord::Contact(contact));
        let said = body.map(|body| Record::Said {
            case,
            communication: Communication {
                body: letter::cut(body),
                author: AUTHOR.to_owned(),
                at: now,
                files: Vec::new(),
            },
        });
        engine::commit_as_eco(&mut state, now, std::iter::once(contact).chain(said).collect())?;
        Ok(())
    }
}

/// What is kept of a contact in the correspondence.
fn protocol(contact: &Contact, note: Option<&str>, taken: bool) -> Option<String> {
    let noted = note.map(|note| format!("\n\n{note}")).unwrap_or_default();
    match &contact.kind {
        ContactKind::Chat if contact.lines.is_empty() && note.is_none() => None,
        ContactKind::Chat => {
            let who = |by| match by {
                Party::Customer => contact.customer.as_str(),
                Party::Eco => "EDI Cloud Operations",
            };
            let lines = contact
                .lines
                .iter()
                .map(|line| format!("\n{} {}: {}", line.at.strftime("%H:%M:%S"), who(line.by), line.text));
            Some(format!("Chat transcript (times in UTC)\n{}{noted}", lines.collect::<String>()))
        }
        ContactKind::Call { phone, .. } if taken => Some(format!("We have talked on {phone}.{noted}")),
        ContactKind::Call { phone, .. } => Some(format!("The call to {phone} did not take place.{noted}")),
    }
}

fn check_phone(phone: &str, extension: Option<&str>) -> Result<(), EcoError> {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '/' | '.');
    if !(5..=15).contains(&digits) || !phone.chars().all(fits) {
        return Err(EcoError::Refused(
            "a telephone number has 5 to 15 digits and may have + ( ) - / . and spaces".to_owned(),
        ));
    }
    if let Some(extension) = extension
        && (extension.is_empty() || extension.len() > 10 || !extension.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(EcoError::Refused("an extension has 1 to 10 digits".to_owned()));
    }
    Ok(())
}
