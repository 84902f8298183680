//! The catalogue for new cases: services with their categories, severities, languages, contact types.
//!
//! The codes of the two AMS services are ECO's documented ones. The code of the EDI category is published nowhere;
//! the one here is invented, which is why a client has to find it by its name.

use serde::{Deserialize, Serialize};

use crate::plan::Plan;

/// AMS Operations - Report Incident.
pub const INCIDENT_SERVICE_CODE: &str = "service-ams-operations-report-incident";
/// AMS Operations - Service Request.
pub const REQUEST_SERVICE_CODE: &str = "service-ams-operations-service-request";
/// The EDI category's name, the same under both services.
pub const EDI_CATEGORY_NAME: &str = "Energy Data Insights (EDI) - Application Issues";
/// The EDI category's code. Invented: a client must look it up by [`EDI_CATEGORY_NAME`].
pub const EDI_CATEGORY_CODE: &str = "sim-edi-application-issues";

/// A service with its categories, each a code and a name.
pub(crate) struct ServiceEntry {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) categories: &'static [(&'static str, &'static str)],
}

/// All services, in the order in which they are listed.
pub(crate) const SERVICES: &[ServiceEntry] = &[
    ServiceEntry {
        code: "amazon-elastic-compute-cloud-linux",
        name: "Elastic Compute Cloud (EC2 - Linux)",
        categories: &[
            ("instance-issue", "Instance Issue"),
            ("network-connectivity", "Network Connectivity"),
            ("performance", "Performance"),
            ("other", "Other"),
        ],
    },
    ServiceEntry {
        code: "amazon-simple-storage-service",
        name: "Simple Storage Service (S3)",
        categories: &[
            ("access-denied", "Access Denied"),
            ("performance", "Performance"),
            ("general-guidance", "General Guidance"),
        ],
    },
    ServiceEntry {
        code: "amazon-opensearch-service",
        name: "OpenSearch Service",
        categories: &[("cluster-health", "Cluster Health"), ("general-guidance", "General Guidance")],
    },
    ServiceEntry {
        code: INCIDENT_SERVICE_CODE,
        name: "AMS Operations - Report Incident",
        categories: &[
            ("sim-ams-connectivity", "Connectivity"),
            (EDI_CATEGORY_CODE, EDI_CATEGORY_NAME),
            ("sim-ams-other", "Other"),
        ],
    },
    ServiceEntry {
        code: REQUEST_SERVICE_CODE,
        name: "AMS Operations - Service Request",
        categories: &[
            ("sim-ams-access", "Access Management"),
            (EDI_CATEGORY_CODE, EDI_CATEGORY_NAME),
            ("sim-ams-other", "Other"),
        ],
    },
    ServiceEntry {
        code: DEFAULT_SERVICE,
        name: "General Info and Getting Started",
        categories: &[(DEFAULT_CATEGORY, "Using AWS & Services"), ("feature-request", "Feature Request")],
    },
    ServiceEntry {
        code: "identity-and-access-management",
        name: "Identity and Access Management (IAM)",
        categories: &[("policies", "Policies"), ("general-guidance", "General Guidance")],
    },
];

/// The service of a case that names none.
pub(crate) const DEFAULT_SERVICE: &str = "general-info";
/// The category of a case that names none.
pub(crate) const DEFAULT_CATEGORY: &str = "using-aws";

pub(crate) fn service(code: &str) -> Option<&'static ServiceEntry> {
    SERVICES.iter().find(|entry| entry.code == code)
}

/// Whether the service is ECO's.
pub(crate) fn is_ecos(service_code: &str) -> bool {
    service_code == INCIDENT_SERVICE_CODE || service_code == REQUEST_SERVICE_CODE
}

/// The five severities of AWS Support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// General guidance.
    Low,
    /// System impaired.
    Normal,
    /// Production system impaired.
    High,
    /// Production system down.
    Urgent,
    /// Business-critical system down.
    Critical,
}

impl Severity {
    /// All severities, lowest first.
    pub const ALL: [Self; 5] = [Self::Low, Self::Normal, Self::High, Self::Urgent, Self::Critical];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
            Self::Critical => "critical",
        }
    }

    /// The name beside the code.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Low => "General guidance",
            Self::Normal => "System impaired",
            Self::High => "Production system impaired",
            Self::Urgent => "Production system down",
            Self::Critical => "Business-critical system down",
        }
    }

    /// The severities that a plan offers.
    pub(crate) fn offered(plan: Plan) -> &'static [Self] {
        match plan {
            Plan::None => &[],
            Plan::Business => &[Self::Low, Self::Normal, Self::High, Self::Urgent],
            Plan::Enterprise => &Self::ALL,
        }
    }
}

/// A language of AWS Support: code and name.
pub(crate) const LANGUAGES: &[(&str, &str)] = &[
    ("en", "ENGLISH"),
    ("ja", "JAPANESE"),
    ("zh", "CHINESE"),
    ("ko", "KOREAN"),
    ("es", "SPANISH"),
    ("pt", "PORTUGUESE"),
    ("fr", "FRENCH"),
    ("tr", "TURKISH"),
];

/// The languages in which cases of a service are handled: EDI's in English alone.
pub(crate) fn languages_of(service_code: &str) -> &'static [(&'static str, &'static str)] {
    if is_ecos(service_code) { &LANGUAGES[..1] } else { LANGUAGES }
}
