//! The demo's cases: one of each state in the past weeks, told as they would have gone, and those of today.

use std::time::Duration;

use jiff::Timestamp;

use super::stories::AUTHORS;
use super::{DAY, MINUTE, Past, said, today};
use crate::catalog::{INCIDENT_SERVICE_CODE, REQUEST_SERVICE_CODE, Severity};
use crate::clock::{after, before};
use crate::eco::{Facts, Voice};
use crate::model::AUTHOR;
use crate::model::CaseStatus::{
    self, CustomerActionCompleted, Opened, PendingCustomerAction, Reopened, Resolved, Unassigned,
    WorkInProgress,
};
use crate::scenario::Scenario;
use Line::{Acknowledge, Answer, Ask, Colleague, Customer, Eco, Fixed};

/// Files of a case: the place of their communication, a name, the content.
type Files = Vec<(usize, &'static str, String)>;

/// Who says what.
pub(super) enum Line {
    Customer(&'static str),
    Colleague(&'static str),
    Eco(&'static str),
    Acknowledge,
    Ask,
    Answer,
    Fixed,
}

/// The place of its communication, its name, and what makes its content.
type TextFile = (usize, &'static str, fn() -> String);

pub(super) struct Told {
    /// How long ago it was opened, in minutes.
    pub(super) ago: u64,
    pub(super) subject: &'static str,
    pub(super) author: usize,
    pub(super) by_eco: bool,
    pub(super) severity: Severity,
    pub(super) status: CaseStatus,
    pub(super) service_code: &'static str,
    /// Minutes after the opening, and what was said then.
    pub(super) lines: &'static [(u64, Line)],
    pub(super) file: Option<TextFile>,
}

const DAYS: u64 = DAY / MINUTE;

/// The cases, oldest first.
pub(super) fn cases(now: Timestamp) -> Vec<(Past, Files)> {
    let mut told: Vec<&Told> = TOLD.iter().chain(&today::TOLD).collect();
    told.sort_by_key(|told| std::cmp::Reverse(told.ago));
    told.into_iter().zip(0_u32..).map(|(told, number)| tell(told, number, now)).collect()
}

fn tell(told: &Told, number: u32, now: Timestamp) -> (Past, Files) {
    let created = before(now, Duration::from_secs(told.ago * MINUTE));
    let by_eco = told.by_eco;
    let author = if by_eco { AUTHOR } else { AUTHORS[told.author] };
    let standard = Scenario::standard();
    let lines = told.lines.iter().zip(0_u32..).map(|((minutes, line), turn)| {
        let at = after(created, Duration::from_secs(minutes * MINUTE + u64::from(number) * 7));
        let facts = Facts {
            subject: told.subject,
            description: "",
            author,
            severity: told.severity,
            service: told.service_code,
            number: "",
            now: at,
            alarm: None,
            variety: number * 5 + turn * 3,
        };
        let voice = Voice::new(&standard.script, facts);
        match line {
            Customer(text) => said(AUTHORS[told.author], *text, at),
            Colleague(text) => said(AUTHORS[(told.author + 1) % AUTHORS.len()], *text, at),
            Eco(text) => said(AUTHOR, *text, at),
            Acknowledge => said(AUTHOR, voice.letter("acknowledge"), at),
            Ask => said(AUTHOR, voice.letter("ask"), at),
            Answer => said(AUTHOR, voice.letter("answer"), at),
            Fixed => said(AUTHOR, voice.letter("fixed"), at),
        }
    });
    let past = Past {
        subject: told.subject.to_owned(),
        author: author.to_owned(),
        by_eco,
        service_code: told.service_code,
        severity: told.severity,
        status: told.status,
        created,
        cc: if number.is_multiple_of(3) { vec!["edi-operations@example.com".to_owned()] } else { Vec::new() },
        said: lines.collect(),
    };
    let files = told.file.iter().map(|(place, name, content)| (*place, *name, content())).collect();
    (past, files)
}

fn scheduler_log() -> String {
    (0..240)
        .map(|line| {
            format!(
                "2026-01-01T0{}:{:02}:11Z scheduler INFO dag=Osdu_ingest run=8d1f-{line:03} state=queued slots_free=0\n",
                4 + line / 60,
                line % 60
            )
        })
        .collect()
}

fn refused_calls() -> String {
    let head = "time,method,path,status,correlation_id\n".to_owned();
    let rows = (0..60).map(|row| format!("08:{row:02}:07Z,GET,/api/storage/v2/records,403,77aa-{row:04}\n"));
    rows.fold(head, |table, row| table + &row)
}

const TOLD: [Told; 12] = [
    Told {
        ago: 41 * DAYS,
        subject: "Wellbore DDMS answers 500 when large sessions are committed",
        author: 3,
        by_eco: false,
        severity: Severity::High,
        status: Resolved,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "Committing a Wellbore DDMS session with more than 200 chunks fails with HTTP 500 in partition \
                          northsea (eu-west-1) since the upgrade of last weekend. The chunks themselves are accepted. \
                          Three interpreters cannot load their logs.",
                ),
            ),
            (74, Acknowledge),
            (96, Ask),
            (
                150,
                Customer(
                    "The session had 240 chunks of about 10 MB. With half of that it works. Session id \
                            b7d2-4410.",
                ),
            ),
            (185, Answer),
            (420, Fixed),
            (1500, Customer("Works again with the full log, thank you. I am closing this.")),
        ],
        file: None,
    },
    Told {
        ago: 33 * DAYS + 200,
        subject: "New user group for the Campos asset team",
        author: 1,
        by_eco: false,
        severity: Severity::Low,
        status: Resolved,
        service_code: REQUEST_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "Could you tell us how to give the Campos asset team read access to partition campos without \
                          making everyone a data.default.viewer? We have 14 users.",
                ),
            ),
            (
                310,
                Eco(
                    "Hello Kari,\n\nThis is a question about usage rather than an incident, so we have reclassified \
                       it as a service request; nothing else changes for you.\n\nCreate the group \
                       data.campos.viewers, add it to the ACL of the records, and add your users to it and to \
                       users.datalake.viewers.\n\nBest regards,\nLeila\nEDI Cloud Operations",
                ),
            ),
            (1630, Customer("That did it. Thanks!")),
        ],
        file: None,
    },
    Told {
        ago: 26 * DAYS + 700,
        subject: "Scheduled backup did not finish",
        author: 0,
        by_eco: true,
        severity: Severity::High,
        status: Resolved,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Eco(
                    "Hello,\n\nOur monitoring found that the nightly backup of edi-gulf-prod ended without a complete \
                     recovery point, and we have determined this to be an incident. The previous recovery point is \
                     intact. We are working on it; you do not need to do anything.\n\nBest regards,\nMarcus\nEDI Cloud \
                     Operations",
                ),
            ),
            (95, Answer),
            (
                260,
                Eco(
                    "Hello,\n\nThe backup was run again and verified: the recovery point of 04:50 UTC is complete. \
                       We resolve this incident.\n\nBest regards,\nMarcus\nEDI Cloud Operations",
                ),
            ),
        ],
        file: None,
    },
    Told {
        ago: 19 * DAYS + 90,
        subject: "EDI API unavailable in sa-east-1",
        author: 4,
        by_eco: false,
        severity: Severity::Critical,
        status: Resolved,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "All calls to our production instance in sa-east-1 end with 503 since 13:05 UTC. The whole \
                          subsurface department is affected, the drilling team waits for data.",
                ),
            ),
            (6, Acknowledge),
            (
                21,
                Eco(
                    "Hello Ben,\n\nThe ingress of your instance lost all its targets after a certificate rotation. \
                      We are restoring the previous certificate now.\n\nBest regards,\nTomasz\nEDI Cloud Operations",
                ),
            ),
            (
                38,
                Eco(
                    "Hello Ben,\n\nCalls are answered again since 13:41 UTC. We keep watching the instance for the \
                      next hours.\n\nBest regards,\nTomasz\nEDI Cloud Operations",
                ),
            ),
            (60, Customer("Confirmed, everyone is back. Please send us a post-incident report.")),
            (
                2900,
                Eco(
                    "Hello Ben,\n\nThe post-incident report was sent to your account's operations contact.\n\nBest \
                        regards,\nTomasz\nEDI Cloud Operations",
                ),
            ),
        ],
        file: None,
    },
    Told {
        ago: 11 * DAYS + 300,
        subject: "Seismic DMS upload ends with token expired",
        author: 2,
        by_eco: false,
        severity: Severity::Normal,
        status: Reopened,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "Uploads of SEG-Y files larger than 10 GB with sdutil to Seismic DMS in partition brage-test \
                          end with \"token expired\" after about an hour. Smaller files go through.",
                ),
            ),
            (410, Acknowledge),
            (440, Ask),
            (1800, Customer("Subproject brage-2026, sdutil 0.0.8, any file over 10 GB.")),
            (1990, Answer),
            (3100, Fixed),
            (3400, Customer("A 12 GB file went through. Thank you.")),
            (
                14500,
                Customer(
                    "It is back: a 40 GB file ended after two hours with the same message. Could you look at \
                              it again?",
                ),
            ),
        ],
        file: None,
    },
    Told {
        ago: 8 * DAYS + 510,
        subject: "Raised error rate in Seismic DMS",
        author: 0,
        by_eco: true,
        severity: Severity::High,
        status: Resolved,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Eco(
                    "Hello,\n\n4 % of the calls to Seismic DMS of your instance end with HTTP 500. We have determined \
                     this to be an incident and are working on it. Uploads of large datasets may have to be \
                     repeated.\n\nBest regards,\nAmelia\nEDI Cloud Operations",
                ),
            ),
            (44, Customer("Thanks for the notice. Two of our uploads failed, we are repeating them.")),
            (130, Fixed),
            (400, Customer("No more failures since then.")),
        ],
        file: None,
    },
    Told {
        ago: 5 * DAYS + 60,
        subject: "Search does not find wells ingested on Monday",
        author: 1,
        by_eco: false,
        severity: Severity::High,
        status: PendingCustomerAction,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "1,204 wells that were ingested on Monday can be read from Storage by id, but Search does not \
                          return them. Partition northsea, kind osdu:wks:master-data--Well:1.0.0.",
                ),
            ),
            (112, Acknowledge),
            (140, Ask),
            (
                300,
                Customer(
                    "Query: {\"kind\":\"osdu:wks:master-data--Well:1.*.*\",\"limit\":10}. A missing record is \
                            northsea:master-data--Well:NO-15-9-F-11.",
                ),
            ),
            (360, Answer),
            (900, Fixed),
        ],
        file: None,
    },
    Told {
        ago: 3 * DAYS + 420,
        subject: "Manifest ingestion stays in state submitted",
        author: 0,
        by_eco: false,
        severity: Severity::High,
        status: WorkInProgress,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "Workflow runs of Osdu_ingest in partition opendes (us-east-1) stay in state \"submitted\" \
                          since 04:00 UTC, about 240 of them by now. Nothing was changed on our side. An excerpt of \
                          the scheduler's log is attached.",
                ),
            ),
            (88, Acknowledge),
            (115, Ask),
            (
                170,
                Colleague(
                    "Adding to what Jane wrote: the manifests have the same kinds and sizes as last week. The \
                             first run that hung has the runId 8d1f-000.",
                ),
            ),
            (215, Answer),
        ],
        file: Some((0, "airflow-scheduler.log", scheduler_log)),
    },
    Told {
        ago: 2 * DAYS + 35,
        subject: "403 for the members of data.gulf-prod.viewers",
        author: 4,
        by_eco: false,
        severity: Severity::High,
        status: CustomerActionCompleted,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "Our geoscientists get HTTP 403 from Storage in partition gulf-prod since last night. They are \
                          in the same entitlements groups as before. About 60 users are affected.",
                ),
            ),
            (51, Acknowledge),
            (80, Ask),
            (
                2700,
                Customer(
                    "It is everyone in that group, with any client. A list of refused calls with their \
                             correlation ids is attached.",
                ),
            ),
        ],
        file: Some((3, "refused-calls.csv", refused_calls)),
    },
    Told {
        ago: DAYS + 180,
        subject: "Search index behind Storage in one data partition",
        author: 0,
        by_eco: true,
        severity: Severity::High,
        status: WorkInProgress,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Eco(
                    "Hello,\n\nOur monitoring raised an alarm on your EDI instance, and we have determined it to be an \
                     incident: the indexer's queue of partition carnarvon has been growing for 20 minutes. Newly \
                     ingested records may be found with a delay of up to an hour. We are working on it.\n\nBest \
                     regards,\nPriya\nEDI Cloud Operations",
                ),
            ),
            (
                190,
                Eco(
                    "Hello,\n\nThe queue is shrinking since we added capacity to the indexer; we expect it to be \
                       empty within the day and will confirm here.\n\nBest regards,\nPriya\nEDI Cloud Operations",
                ),
            ),
        ],
        file: None,
    },
    Told {
        ago: 7 * 60,
        subject: "Dashboards slow since the morning",
        author: 3,
        by_eco: false,
        severity: Severity::Normal,
        status: Opened,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[
            (
                0,
                Customer(
                    "Dashboards that read production data from partition campos take 20 to 30 seconds instead of \
                          2 since about 08:00 UTC. All users at the Rio office see it; other offices do not.",
                ),
            ),
            (250, Acknowledge),
        ],
        file: None,
    },
    Told {
        ago: 52,
        subject: "Legal tag of the open well data is refused",
        author: 1,
        by_eco: false,
        severity: Severity::Normal,
        status: Unassigned,
        service_code: INCIDENT_SERVICE_CODE,
        lines: &[(
            0,
            Customer(
                "Since today Storage refuses our records with \"invalid legal tag\" although the tag northsea-public-nor \
             exists. 320 records are waiting in our loader. The tag was made two years ago.",
            ),
        )],
        file: None,
    },
];
