//! The Regions of AWS by name, as AWS's documentation names them.

use serde::Serialize;
use ts_rs::TS;

/// A Region of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    /// Its code.
    pub code: &'static str,
    /// The place that it is named after.
    pub name: &'static str,
    /// Whether EDI runs in it.
    pub edi: bool,
}

const fn region(code: &'static str, name: &'static str) -> Region {
    Region { code, name, edi: false }
}

const fn edi(code: &'static str, name: &'static str) -> Region {
    Region { code, name, edi: true }
}

/// The Regions that are offered. Another one is taken where it is typed: which there are is AWS's to know.
pub const REGIONS: [Region; 37] = [
    edi("us-east-1", "N. Virginia"),
    region("us-east-2", "Ohio"),
    region("us-west-1", "N. California"),
    edi("us-west-2", "Oregon"),
    region("ca-central-1", "Central Canada"),
    region("ca-west-1", "Calgary"),
    region("mx-central-1", "Mexico"),
    edi("sa-east-1", "São Paulo"),
    edi("eu-west-1", "Ireland"),
    region("eu-west-2", "London"),
    edi("eu-west-3", "Paris"),
    region("eu-central-1", "Frankfurt"),
    region("eu-central-2", "Zurich"),
    region("eu-north-1", "Stockholm"),
    region("eu-south-1", "Milan"),
    region("eu-south-2", "Spain"),
    region("me-central-1", "UAE"),
    region("me-south-1", "Bahrain"),
    region("il-central-1", "Tel Aviv"),
    region("af-south-1", "Cape Town"),
    edi("ap-south-1", "Mumbai"),
    region("ap-south-2", "Hyderabad"),
    edi("ap-southeast-1", "Singapore"),
    edi("ap-southeast-2", "Sydney"),
    region("ap-southeast-3", "Jakarta"),
    region("ap-southeast-4", "Melbourne"),
    region("ap-southeast-5", "Malaysia"),
    region("ap-southeast-7", "Thailand"),
    region("ap-east-1", "Hong Kong"),
    region("ap-east-2", "Taipei"),
    region("ap-northeast-1", "Tokyo"),
    region("ap-northeast-2", "Seoul"),
    region("ap-northeast-3", "Osaka"),
    region("us-gov-east-1", "GovCloud East"),
    region("us-gov-west-1", "GovCloud West"),
    region("cn-north-1", "Beijing"),
    region("cn-northwest-1", "Ningxia"),
];
