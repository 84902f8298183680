//! The scenario file as it is written: its tables and keys, each with its place in the file. What they mean and
//! whether they fit together is decided in `read`. An unknown key is refused by name, with the keys that are known.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// Something with its place in the file.
pub(super) type At<T> = Spanned<T>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileForm {
    pub(super) pace: BTreeMap<String, At<BTreeMap<String, At<TimeForm>>>>,
    #[serde(default)]
    pub(super) rule: Vec<At<RuleForm>>,
    pub(super) story: Vec<At<StoryForm>>,
    pub(super) voice: VoiceForm,
    #[serde(default)]
    pub(super) letter: BTreeMap<String, At<LetterForm>>,
    #[serde(default)]
    pub(super) topic: Vec<At<TopicForm>>,
    #[serde(default)]
    pub(super) monitoring: MonitoringForm,
    #[serde(default)]
    pub(super) alarm: Vec<At<AlarmForm>>,
    #[serde(default)]
    pub(super) schedule: Vec<At<ScheduleForm>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleForm {
    pub(super) on: At<String>,
    pub(super) test: Option<bool>,
    pub(super) service: Option<Vec<At<String>>>,
    pub(super) priority: Option<Vec<At<String>>>,
    pub(super) status: Option<Vec<At<String>>>,
    pub(super) words: Option<Vec<String>>,
    pub(super) found: Option<Vec<At<String>>>,
    pub(super) chance: Option<At<f64>>,
    pub(super) story: At<String>,
    pub(super) step: Option<At<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryForm {
    pub(super) name: At<String>,
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) step: Vec<At<StepForm>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepForm {
    pub(super) name: At<String>,
    pub(super) after: At<TimeForm>,
    #[serde(default)]
    pub(super) waits_for_reply: bool,
    pub(super) say: Option<At<String>>,
    pub(super) body: Option<At<String>>,
    #[serde(default)]
    pub(super) attach: Vec<At<AttachForm>>,
    pub(super) status: Option<At<String>>,
    pub(super) service: Option<At<String>>,
    pub(super) severity: Option<At<String>>,
    pub(super) chance: Option<At<f64>>,
    pub(super) then: Option<At<String>>,
    #[serde(default)]
    pub(super) choose: Vec<At<ChoiceForm>>,
    pub(super) choose_as: Option<At<String>>,
    pub(super) if_silent: Option<SilentForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttachForm {
    pub(super) name: At<String>,
    pub(super) letter: Option<At<String>>,
    pub(super) text: Option<String>,
    pub(super) file: Option<At<String>>,
    pub(super) size: Option<At<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceForm {
    #[serde(default)]
    pub(super) reply_has: Vec<String>,
    pub(super) then: At<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SilentForm {
    pub(super) after: At<TimeForm>,
    pub(super) then: At<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VoiceForm {
    pub(super) engineers: At<Vec<String>>,
    pub(super) greeting: At<String>,
    pub(super) greeting_of_unknown: At<String>,
    pub(super) closing: At<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LetterForm {
    #[serde(default = "yes")]
    pub(super) signed: bool,
    pub(super) paragraphs: Vec<At<OneOrMore>>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicForm {
    pub(super) name: At<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) texts: BTreeMap<String, At<OneOrMore>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MonitoringForm {
    pub(super) triage: Option<At<TimeForm>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AlarmForm {
    pub(super) name: At<String>,
    pub(super) subject: At<String>,
    pub(super) metric: String,
    pub(super) threshold: u64,
    pub(super) values: At<[u64; 2]>,
    pub(super) alarm: At<String>,
    pub(super) effect: String,
    pub(super) found: At<SharesForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SharesForm {
    #[serde(default)]
    pub(super) non_impacting: u32,
    #[serde(default)]
    pub(super) incident: u32,
    #[serde(default)]
    pub(super) problem: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleForm {
    pub(super) name: At<String>,
    pub(super) first: At<TimeForm>,
    pub(super) every: At<TimeForm>,
    pub(super) alarms: At<Vec<At<String>>>,
    pub(super) found: Option<At<String>>,
}

/// A time: one text, or one for each priority.
pub(super) enum TimeForm {
    One(String),
    ByPriority { high: String, medium: String, low: String },
}

impl<'de> Deserialize<'de> for TimeForm {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = TimeForm;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a time such as \"90s\", \"5m..15m\" or \"never\", or { high = .., medium = .., low = .. }",
                )
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<TimeForm, E> {
                Ok(TimeForm::One(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TimeForm, A::Error> {
                let (mut high, mut medium, mut low) = (None, None, None);
                while let Some(key) = map.next_key::<String>()? {
                    let place = match key.as_str() {
                        "high" => &mut high,
                        "medium" => &mut medium,
                        "low" => &mut low,
                        _ => return Err(de::Error::unknown_field(&key, &["high", "medium", "low"])),
                    };
                    *place = Some(map.next_value::<String>()?);
                }
                let needed =
                    |value: Option<String>, name| value.ok_or_else(|| de::Error::missing_field(name));
                Ok(TimeForm::ByPriority {
                    high: needed(high, "high")?,
                    medium: needed(medium, "medium")?,
                    low: needed(low, "low")?,
                })
            }
        }
        input.deserialize_any(Reads)
    }
}

/// A text, or several of which one is taken.
pub(super) struct OneOrMore(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = OneOrMore;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a list of texts of which one is taken")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMore, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMore(texts))
            }
        }
        input.deserialize_any(Reads)
    }
}
