//! The demo's cases of today: what a person on duty finds in the morning. One waits for a decision, one was opened by
//! ECO in the night, one has no answer yet and is late.

use super::demo::Line::{Acknowledge, Customer, Eco};
use super::demo::Told;
use crate::catalog::{INCIDENT_SERVICE_CODE, Severity};
use crate::model::CaseStatus::{PendingCustomerAction, Unassigned, WorkInProgress};

fn requests() -> String {
    (0..400)
        .map(|line| {
            format!(
                "02:5{}:{:02} GET /api/os-wellbore-ddms/ddms/v3/welllogs/{line:04}/data HTTP/1.1 503 correlation-id: 6f1d0c1e-{line:04}\n",
                line / 60 % 6,
                line % 60
            )
        })
        .collect()
}

pub(super) const TOLD: [Told; 3] = [
    Told {
        ago: 6 * 60 + 7,
        subject: "Search index lags Storage by 40 minutes",
        author: 2,
        by_eco: false,
        severity: Severity::High,
        status: Unassigned,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[(
            0,
            Customer(
                "Records that are put into Storage of partition northsea are found by Search only after about 40 \
                 minutes; usually it takes two. Measured since 02:20 CET:\n\n\
                 time   stored  found  lag\n\
                 02:20    1204   1204   2 min\n\
                 03:00    1180    611  23 min\n\
                 03:40    1322    208  39 min\n\
                 04:20    1275    190  41 min\n\n\
                 Nothing is lost, but today's delivery is checked by Search.",
            ),
        )],
        file: None,
    },
    Told {
        ago: 150,
        subject: "Wellbore DDMS: 503 on all reads",
        author: 0,
        by_eco: false,
        severity: Severity::Critical,
        status: PendingCustomerAction,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "All bulk reads in opendes answer 503 since 02:55 CET. 14 people cannot open logs.\n\n\
                     GET /api/os-wellbore-ddms/ddms/v3/welllogs/{id}/data\n\
                     HTTP/1.1 503  correlation-id: 6f1d0c1e-88b2-4a57-9d40",
                ),
            ),
            (9, Acknowledge),
            (
                30,
                Eco(
                    "Hello Jane,\n\nThe index is damaged; a rebuild takes 9 hours. We recommend a restore from the last \
                     known good backup. May we go ahead?\n\nRestore point: Monday, 03:00 UTC\nWhat: Wellbore DDMS, \
                     partition opendes\nDowntime: about 50 minutes\nLost: 26 hours of writes\n\nPlease answer in this \
                     case whether you approve the restore. Until you answer, single logs can be read again.\n\nBest \
                     regards,\nMarcus\nEDI Cloud Operations",
                ),
            ),
        ],
        file: Some((0, "ddms-requests.log", requests)),
    },
    Told {
        ago: 26,
        subject: "Nightly backup of opendes failed",
        author: 0,
        by_eco: true,
        severity: Severity::Critical,
        status: WorkInProgress,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[(
            0,
            Eco(
                "Hello,\n\nThe nightly backup of partition opendes ended without a complete recovery point, and we have \
                 determined this to be an incident. You do not need to do anything.\n\nstep        state     took\n\
                 storage     done      00:41\nsearch      done      00:12\nwellbore    failed    00:03\nseismic     not \
                 begun  -\n\nBest regards,\nAmelia\nEDI Cloud Operations",
            ),
        )],
        file: None,
    },
];
