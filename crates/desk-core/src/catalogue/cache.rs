//! Cache of what AWS answers about services, categories and severities: the table `catalogue`.
//!
//! Codes of categories are published nowhere: the one for EDI is found by its name. It changes seldom, so a day-old
//! answer is good, and an old one is better than none when AWS cannot be reached.

use super::{Category, EDI_CATEGORY, EdiCategory, Service, ServiceOption};
use crate::settings::Settings;
use desk_aws::{AwsError, NamedCode, ServiceRecord, Support};
use desk_model::{AccountId, Field, Millis, Problem};
use desk_store::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

const SERVICES: &str = "services";
const SEVERITIES: &str = "severities";

/// What is known of an account's services; empty where AWS was never asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Catalogue {
    /// Everything that DescribeServices gave.
    pub(crate) services: Vec<ServiceRecord>,
    /// Everything that DescribeSeverityLevels gave.
    pub(crate) severities: Vec<NamedCode>,
    /// When AWS was asked.
    pub(crate) fetched_at: Option<Millis>,
}

impl Catalogue {
    /// Reads what is kept for `account`. Takes a connection that has desk.db as its main database.
    pub(crate) fn read(desk: &Connection, account: &AccountId) -> Result<Self, StoreError> {
        let row = |what: &str| {
            desk.query_row(
                "SELECT value, fetched_at FROM catalogue WHERE account = ?1 AND what = ?2",
                [account.0.as_str(), what],
                |row| Ok((row.get::<_, String>(0)?, row.get::<_, Millis>(1)?)),
            )
            .optional()
        };
        let (Some((services, services_at)), Some((severities, severities_at))) =
            (row(SERVICES)?, row(SEVERITIES)?)
        else {
            return Ok(Self::default());
        };
        Ok(Self {
            services: serde_json::from_str(&services)?,
            severities: serde_json::from_str(&severities)?,
            fetched_at: Some(services_at.min(severities_at)),
        })
    }

    /// Asks AWS.
    pub(crate) async fn fetch(support: &Support, now: Millis) -> Result<Self, AwsError> {
        let severities = support.severity_levels().await?;
        let services = support.services().await?;
        Ok(Self { services, severities, fetched_at: Some(now) })
    }

    /// Keeps it for `account`.
    pub(crate) fn put(&self, desk: &Transaction<'_>, account: &AccountId) -> Result<(), StoreError> {
        let values = [
            (SERVICES, serde_json::to_string(&self.services)?),
            (SEVERITIES, serde_json::to_string(&self.severities)?),
        ];
        for (what, value) in values {
            desk.execute(
                "INSERT INTO catalogue (account, what, value, fetched_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (account, what) DO UPDATE SET value = excluded.value, fetched_at = excluded.fetched_at",
                rusqlite::params![account.0, what, value, self.fetched_at.unwrap_or_default()],
            )?;
        }
        Ok(())
    }

    /// ECO's services among all of AWS's, with their categories.
    pub(crate) fn offered(&self) -> Vec<ServiceOption> {
        [Service::ReportIncident, Service::ServiceRequest]
            .into_iter()
            .filter_map(|service| {
                let record = self.record(service)?;
                let category =
                    |known: &NamedCode| Category { code: known.code.clone(), name: known.name.clone() };
                Some(ServiceOption {
                    service,
                    name: record.name.clone(),
                    categories: record.categories.iter().map(category).collect(),
                    edi_category: edi_category(record),
                })
            })
            .collect()
    }

    /// The category code to send: the one chosen by hand, else the settings' own, else the one found by name.
    /// `None` where AWS was never asked and only the name is known.
    pub(crate) fn category(
        &self,
        service: Service,
        chosen: Option<&str>,
        settings: &Settings,
    ) -> Result<Option<String>, Problem> {
        let chosen = chosen.map(str::trim).filter(|code| !code.is_empty());
        let configured = Some(settings.category_code.trim()).filter(|code| !code.is_empty());
        if self.fetched_at.is_none() {
            return Ok(chosen.or(configured).map(str::to_owned));
        }
        let Some(record) = self.record(service) else {
            let name = service.words().name;
            return Err(Problem::field(
                Field::Category,
                format!(
                    "AWS does not offer “{name}” to this account, so ECO may not be operating it. Choose another account, or ask your AWS administrator."
                ),
            ));
        };
        if let Some(chosen) = chosen {
            return if record.categories.iter().any(|category| category.code == chosen) {
                Ok(Some(chosen.to_owned()))
            } else {
                Err(Problem::field(
                    Field::Category,
                    "AWS does not offer this category for this service. Choose another one.",
                ))
            };
        }
        if let Some(configured) = configured {
            return Ok(Some(configured.to_owned()));
        }
        edi_category(record).map(Some).ok_or_else(|| {
            Problem::field(
                Field::Category,
                format!("AWS lists no category named “{EDI_CATEGORY}” for this account. Choose one of those that it lists."),
            )
        })
    }

    /// Whether reports find EDI's category.
    pub(crate) fn edi(&self, settings: &Settings) -> EdiCategory {
        if self.fetched_at.is_none() {
            return EdiCategory::Unknown;
        }
        let offered = self.offered();
        let Some(incidents) = offered.into_iter().find(|offer| offer.service == Service::ReportIncident)
        else {
            return EdiCategory::NoService;
        };
        let configured = settings.category_code.trim();
        let wanted = if configured.is_empty() { incidents.edi_category.as_deref() } else { Some(configured) };
        let found = incidents.categories.iter().find(|known| Some(known.code.as_str()) == wanted);
        match found {
            Some(known) if configured.is_empty() => EdiCategory::Found { category: known.clone() },
            Some(known) => EdiCategory::Chosen { code: known.code.clone() },
            None => EdiCategory::NotFound { categories: incidents.categories },
        }
    }

    fn record(&self, service: Service) -> Option<&ServiceRecord> {
        self.services.iter().find(|record| record.code == service.code())
    }
}

fn edi_category(record: &ServiceRecord) -> Option<String> {
    let wanted = words_of(EDI_CATEGORY);
    record
        .categories
        .iter()
        .find(|category| words_of(&category.name) == wanted)
        .map(|found| found.code.clone())
}

/// The bare words of a name: consoles and documents differ in dashes, spaces and case.
fn words_of(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn named(code: &str, name: &str) -> NamedCode {
        NamedCode { code: code.to_owned(), name: name.to_owned() }
    }

    pub(crate) fn catalogue(edi_name: &str) -> Catalogue {
        Catalogue {
            services: vec![ServiceRecord {
                code: Service::ReportIncident.code().into(),
                name: "AMS Operations - Report Incident".into(),
                categories: vec![named("other", "Other"), named("edi-code", edi_name)],
            }],
            severities: vec![named("low", "Low"), named("normal", "Normal"), named("high", "High")],
            fetched_at: Some(1),
        }
    }

    #[test]
    fn the_edi_category_is_found_however_its_name_is_written() {
        for name in [
            "Energy Data Insights (EDI) - Application Issues",
            "Energy Data Insights (EDI) – Application Issues",
            "energy data insights (EDI) — application issues",
            "Energy Data Insights (EDI)  -  Application Issues ",
            "Energy Data Insights (EDI)-Application Issues",
            "Energy\u{a0}Data Insights (EDI) \u{2011} Application Issues",
        ] {
            let found = catalogue(name).category(Service::ReportIncident, None, &Settings::default());
            assert_eq!(found, Ok(Some("edi-code".into())), "{name:?}");
        }
        let other = catalogue("Energy Data Insights (EDI) - Billing");
        let problem = other.category(Service::ReportIncident, None, &Settings::default()).unwrap_err();
        assert_eq!(problem.field, Some(Field::Category));
    }

    #[test]
    fn a_category_chosen_by_hand_comes_before_the_settings_one_and_that_before_the_name() {
        let known = catalogue(EDI_CATEGORY);
        let settings = Settings { category_code: "own".into(), ..Settings::default() };
        let service = Service::ReportIncident;
        assert_eq!(known.category(service, Some("other"), &settings), Ok(Some("other".into())));
        assert_eq!(known.category(service, None, &settings), Ok(Some("own".into())));
        assert!(known.category(service, Some("unknown"), &settings).is_err());
        assert!(known.category(Service::ServiceRequest, None, &Settings::default()).is_err());
    }

    #[test]
    fn the_check_says_whether_reports_find_edis_category() {
        let (by_name, other) = (catalogue(EDI_CATEGORY), catalogue("Something else"));
        let own = |code: &str| Settings { category_code: code.into(), ..Settings::default() };
        let category = Category { code: "edi-code".into(), name: EDI_CATEGORY.into() };
        assert_eq!(by_name.edi(&Settings::default()), EdiCategory::Found { category });
        assert_eq!(by_name.edi(&own("other")), EdiCategory::Chosen { code: "other".into() });
        for unfit in [by_name.edi(&own("gone")), other.edi(&Settings::default())] {
            assert!(
                matches!(&unfit, EdiCategory::NotFound { categories } if categories.len() == 2),
                "{unfit:?}"
            );
        }
        let none = Catalogue { services: Vec::new(), ..by_name };
        assert_eq!(none.edi(&Settings::default()), EdiCategory::NoService);
        assert_eq!(Catalogue::default().edi(&Settings::default()), EdiCategory::Unknown);
    }

    #[test]
    fn before_aws_was_ever_asked_the_category_is_found_when_sending() {
        let none = Catalogue::default();
        assert_eq!(none.category(Service::ReportIncident, None, &Settings::default()), Ok(None));
        let settings = Settings { category_code: "own".into(), ..Settings::default() };
        assert_eq!(none.category(Service::ReportIncident, None, &settings), Ok(Some("own".into())));
    }
}
