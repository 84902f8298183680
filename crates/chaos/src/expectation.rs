//! What must be at AWS and on this computer at the end of a round.

use std::collections::BTreeMap;

/// How many of something must be at AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    /// It was never sent, or taken back before it went out.
    None,
    /// The program was killed before it said whether it took it; or the folder was put back to before it.
    AtMostOne,
    /// It was acknowledged.
    One,
    /// It was acknowledged, and its user had it sent again before it was known whether AWS had it.
    OneOrTwo,
    /// As that, and then thrown away or left open.
    UpToTwo,
}

/// A text that was sent or is to be: a report or a reply.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// The id of its draft, which is also that of its entry in the outbox.
    pub(crate) draft: String,
    /// Stands in the text and nowhere else.
    pub(crate) token: String,
    /// The whole of it.
    pub(crate) body: String,
    /// Names and contents of its files.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    pub(crate) count: Count,
}

/// A report with its replies, by the key of its case.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) text: Text,
    /// The place of its account.
    pub(crate) account: usize,
    /// In the order in which they were sent.
    pub(crate) replies: Vec<Text>,
    /// Whether it was resolved, and that was acknowledged.
    pub(crate) is_resolved: bool,
}

/// What was typed into a draft that was not sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    /// The last text that was acknowledged as saved.
    pub(crate) saved: String,
    /// A later one that was cut off by a kill.
    pub(crate) maybe: Option<String>,
    /// Names and contents of its files that were acknowledged.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Whether the last file may or may not be there.
    pub(crate) files_are_uncertain: bool,
    /// For a reply: the key of its case.
    pub(crate) case: Option<String>,
    /// The token in its text.
    pub(crate) token: String,
    /// For a report: the account that it was saved with.
    pub(crate) account: Option<usize>,
    /// One that was cut off by a kill.
    pub(crate) maybe_account: Option<usize>,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expectation {
    /// By the key of the case.
    pub(crate) reports: BTreeMap<String, Report>,
    /// By the id of the draft.
    pub(crate) drafts: BTreeMap<String, Typed>,
    /// Numbers the tokens; never goes back.
    pub(crate) tokens: u32,
}

impl Expectation {
    /// A token that was not given before.
    pub(crate) fn token(&mut self) -> String {
        self.tokens += 1;
        format!("token-{:04}-x", self.tokens)
    }

    /// The text that was sent as this draft.
    pub(crate) fn text_mut(&mut self, draft: &str) -> Option<&mut Text> {
        let all = self
            .reports
            .values_mut()
            .flat_map(|report| std::iter::once(&mut report.text).chain(report.replies.iter_mut()));
        all.filter(|text| text.draft == draft && text.count != Count::None).last()
    }

    /// A text that was sent is a draft again.
    pub(crate) fn take_back(&mut self, draft: &str) {
        let case = self.reports.iter().find_map(|(key, report)| {
            report.replies.iter().any(|reply| reply.draft == draft).then(|| key.clone())
        });
        let Some(text) = self.text_mut(draft) else { return };
        let sent = text.clone();
        let account = self.reports.get(draft).map(|report| report.account);
        match &case {
            Some(key) => {
                if let Some(report) = self.reports.get_mut(key) {
                    report.replies.retain(|reply| reply.token != sent.token);
                }
            }
            None => drop(self.reports.remove(draft)),
        }
        let Text { token, body, files, .. } = sent;
        let typed = Typed { saved: body, files, case, token, account, ..Typed::default() };
        self.drafts.insert(draft.to_owned(), typed);
    }

    /// Goes back to what `earlier` knew, as the data folder does: what was sent since may be at AWS once.
    pub(crate) fn go_back_to(&mut self, earlier: &Self) {
        let later = std::mem::replace(self, earlier.clone());
        self.tokens = later.tokens;
        for (key, report) in later.reports {
            let Some(known) = self.reports.get_mut(&key) else {
                let replies = report.replies.into_iter().map(at_most_one).collect();
                let text = at_most_one(report.text);
                let account = report.account;
                self.reports.insert(key, Report { text, account, replies, is_resolved: false });
                continue;
            };
            // What was in the outbox then and was thrown away since is in it again.
            for reply in report.replies {
                if !known.replies.iter().any(|other| other.token == reply.token) {
                    known.replies.push(at_most_one(reply));
                }
            }
        }
    }
}

/// A text that was sent after the folder was copied. In that folder its id means what it meant then, if anything.
fn at_most_one(text: Text) -> Text {
    let count = match text.count {
        Count::None => Count::None,
        Count::AtMostOne | Count::One => Count::AtMostOne,
        Count::OneOrTwo | Count::UpToTwo => Count::UpToTwo,
    };
    Text { count, draft: String::new(), ..text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(token: &str, count: Count) -> Report {
        let text =
            Text { draft: token.into(), token: token.into(), body: token.into(), files: Vec::new(), count };
        Report { text, account: 0, replies: Vec::new(), is_resolved: false }
    }

    #[test]
    fn after_a_folder_was_put_back_what_came_later_is_at_most_once_at_aws() {
        let mut then = Expectation::default();
        then.reports.insert("a".into(), report("token-1", Count::One));
        let mut now = then.clone();
        now.tokens = 7;
        now.reports.insert("b".into(), report("token-2", Count::One));
        now.reports.insert("c".into(), report("token-3", Count::None));
        now.go_back_to(&then);
        assert_eq!(now.reports["a"].text.count, Count::One);
        assert_eq!(now.reports["b"].text.count, Count::AtMostOne);
        assert_eq!(now.reports["c"].text.count, Count::None);
        assert_eq!(now.token(), "token-0008-x");
    }

    #[test]
    fn after_a_folder_was_put_back_an_id_means_what_it_meant_then() {
        let text = |token: &str| Text { draft: "reply".into(), ..report(token, Count::One).text };
        let mut then = Expectation::default();
        then.reports.insert("a".into(), report("token-1", Count::One));
        let mut now = then.clone();
        then.reports.get_mut("a").expect("it is there").replies.push(text("token-2"));
        now.reports.get_mut("a").expect("it is there").replies.push(text("token-3"));
        now.go_back_to(&then);
        now.text_mut("reply").expect("it is there").count = Count::None;
        let counts: Vec<_> =
            now.reports["a"].replies.iter().map(|reply| (&*reply.token, reply.count)).collect();
        assert_eq!(counts, [("token-2", Count::None), ("token-3", Count::AtMostOne)]);
    }
}
