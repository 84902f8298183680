//! ECO's services and their categories: plain types.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which of ECO's two services a report goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// "AMS Operations - Report Incident".
    ReportIncident,
    /// "AMS Operations - Service Request".
    ServiceRequest,
}

impl Service {
    /// The Support API's service code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ReportIncident => "service-ams-operations-report-incident",
            Self::ServiceRequest => "service-ams-operations-service-request",
        }
    }
}

/// A service in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceWords {
    /// The service.
    pub service: Service,
    /// AWS's name of it, for when AWS has not been asked.
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Whether ECO's targets for the first response hold for it: the guide gives them for incidents alone.
    pub has_response_target: bool,
}

/// ECO's two services.
pub const SERVICES: [ServiceWords; 2] = [
    ServiceWords {
        service: Service::ReportIncident,
        name: "AMS Operations - Report Incident",
        purpose: "Something does not work",
        has_response_target: true,
    },
    ServiceWords {
        service: Service::ServiceRequest,
        name: "AMS Operations - Service Request",
        purpose: "Questions, how-to, billing, features",
        has_response_target: false,
    },
];

impl Service {
    /// The service in words.
    #[must_use]
    pub fn words(self) -> &'static ServiceWords {
        match self {
            Self::ReportIncident => &SERVICES[0],
            Self::ServiceRequest => &SERVICES[1],
        }
    }
}

/// AWS's name of the category for EDI, in both services.
pub const EDI_CATEGORY: &str = "Energy Data Insights (EDI) - Application Issues";

/// A category of a service, as DescribeServices names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// The Support API's code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// One of ECO's services with the categories that AWS offers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceOption {
    /// The service.
    pub service: Service,
    /// Its name as AWS gives it.
    pub name: String,
    /// Its categories.
    pub categories: Vec<Category>,
    /// The code of "Energy Data Insights (EDI) - Application Issues" among them, found by name.
    pub edi_category: Option<String>,
}

/// Whether reports find their way to EDI's category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum EdiCategory {
    /// AWS could not be asked.
    Unknown,
    /// AWS lists it by its name.
    Found {
        /// Its code and name.
        category: Category,
    },
    /// The settings name it by its code.
    Chosen {
        /// The code.
        code: String,
    },
    /// AWS does not list the name: one of these has to be chosen.
    NotFound {
        /// The categories of ECO's incidents that AWS lists.
        categories: Vec<Category>,
    },
    /// AWS does not offer ECO's incidents to this account at all.
    NoService,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_found_by_its_name_and_only_an_incident_has_a_response_target() {
        for words in &SERVICES {
            assert_eq!(words.service.words(), words);
        }
        assert!(Service::ReportIncident.words().has_response_target);
        assert!(!Service::ServiceRequest.words().has_response_target);
    }
}
