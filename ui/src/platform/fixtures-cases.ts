// The cases of the believable day: some with a story, the rest older and resolved.
import type { CaseDetail, CaseRow, Gap, Message } from "./contract";
import { BARENTS, PRODUCTION, TEST } from "./fixtures";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface FakeCase {
  row: CaseRow;
  messages: Message[];
  cc: string[];
  /** What differs from an ordinary case in its details. */
  detail?: Partial<CaseDetail>;
  /** Why some of its correspondence is missing. */
  gap?: Gap;
}

interface Sketch {
  number: string;
  subject: string;
  account?: string;
  priority?: CaseRow["priority"];
  status?: string;
  by?: CaseRow["reportedBy"];
  response?: CaseRow["response"];
  waiting?: CaseRow["waiting"];
  unread?: boolean;
  /** Milliseconds ago. */
  created: number;
  updated: number;
  said: [who: CaseRow["reportedBy"], text: string, files?: string[]][];
}

const ME = { who: "me" } as const;
const ECO = { who: "eco" } as const;
const KARI = { who: "colleague", name: "Kari Lund" } as const;
const TOMAS = { who: "colleague", name: "Tomás Rivera" } as const;

function sketches(now: number): Sketch[] {
  return [
    {
      number: "179489356200318",
      subject: "Manifest ingestion stuck in RUNNING",
      priority: "high",
      status: "unassigned",
      response: { state: "running", dueAt: now + 11 * MINUTE, targetMinutes: 15 },
      created: 4 * MINUTE,
      updated: 4 * MINUTE,
      said: [[ME, "All manifest ingestion runs in opendes stay in RUNNING since 06:10 CET."]],
    },
    {
      number: "179489227400906",
      subject: "Nightly backup of opendes failed",
      priority: "high",
      status: "work-in-progress",
      by: ECO,
      response: { state: "not-applicable" },
      unread: true,
      created: 26 * MINUTE,
      updated: 26 * MINUTE,
      said: [[ECO, "Our monitoring shows that the backup of opendes at 03:00 CET did not finish."]],
    },
    {
      number: "179488531700142",
      subject: "Wellbore DDMS: 503 on all reads",
      priority: "high",
      status: "pending-customer-action",
      response: { state: "responded", afterMinutes: 9, targetMinutes: 15 },
      waiting: "you",
      unread: true,
      created: 2 * HOUR + 30 * MINUTE,
      updated: 2 * HOUR,
      said: [
        [
          ME,
          "All bulk reads in opendes answer 503 since 02:55 CET. 14 people cannot open logs.",
          ["ddms-requests.log", "wellbore-503.har"],
        ],
        [
          ECO,
          "We see the same errors in our monitoring and have taken this on. The bulk store lost a node at 02:55; we are checking its index. Next update by 04:45 CET.",
        ],
        [ME, "Thank you. Is Seismic DMS affected too?"],
        [ECO, "No, Seismic DMS has a store of its own. Was anything deployed since Friday?"],
        [ME, "Not by us. I ask our platform team."],
        [
          TOMAS,
          "Nothing was deployed on our side since Friday. Seismic DMS in the same partition is fine.",
          ["deployments.txt"],
        ],
        [
          ECO,
          "The bulk store of the Wellbore DDMS in opendes has a damaged index since the node replacement at 02:55 CET. Rebuilding it takes about 9 hours. We recommend a restore from the last known good backup, Mon 16 Nov 03:00 CET. Reads would be back in about 50 minutes. May we go ahead?",
        ],
      ],
    },
    {
      number: "179487602100577",
      subject: "Search index lags Storage by 40 minutes",
      account: BARENTS,
      priority: "medium",
      status: "opened",
      by: KARI,
      response: { state: "running", dueAt: now - 22 * MINUTE, targetMinutes: 240 },
      created: 4 * HOUR + 22 * MINUTE,
      updated: 4 * HOUR,
      said: [[KARI, "Records show up in Search 40 minutes after Storage has them.", ["lag.csv"]]],
    },
    {
      number: "179487248800219",
      subject: "Legal tag expiry job did not run on 16 Nov",
      priority: "low",
      status: "work-in-progress",
      by: TOMAS,
      response: { state: "running", dueAt: now + 6 * HOUR + 40 * MINUTE, targetMinutes: 720 },
      created: 5 * HOUR + 20 * MINUTE,
      updated: 5 * HOUR,
      said: [[TOMAS, "The scheduled task that expires legal tags left no log on 16 Nov."]],
    },
    {
      number: "179483166400731",
      subject: "403 from Entitlements for new members",
      account: TEST,
      priority: "medium",
      status: "customer-action-completed",
      response: { state: "responded", afterMinutes: 72, targetMinutes: 240 },
      created: 14 * HOUR,
      updated: 9 * HOUR,
      said: [
        [
          ME,
          "New members of users.datalake.viewers get 403 for hours.",
          ["403.har", "groups.json"],
        ],
        [ECO, "Thank you. Which members, and when were they added?"],
        [ME, "Three of them, added yesterday at 16:00 CET; names in the file."],
      ],
    },
    {
      number: "179478850900064",
      subject: "Schema service rejects WellLog 1.4.0 kinds",
      priority: "low",
      status: "reopened",
      response: { state: "responded", afterMinutes: 200, targetMinutes: 720 },
      created: 3 * DAY,
      updated: 16 * HOUR,
      said: [
        [ME, "osdu:wks:work-product-component--WellLog:1.4.0 is refused."],
        [ECO, "The schema is there now. Please try again."],
        [ME, "It works in opendes but not in the second partition."],
      ],
    },
    {
      number: "179466120300873",
      subject: "Seismic DMS: SEG-Y upload stops at 62 %",
      account: BARENTS,
      priority: "medium",
      status: "work-in-progress",
      by: KARI,
      response: { state: "responded", afterMinutes: 35, targetMinutes: 240 },
      created: 2 * DAY,
      updated: 26 * HOUR,
      said: [
        [KARI, "Uploads larger than 40 GB stop at 62 %."],
        [ECO, "We have found the limit and are raising it."],
      ],
    },
    {
      number: "179455003100420",
      subject: "Workflow runs are slow since the last upgrade",
      priority: "high",
      status: "resolved",
      response: { state: "responded", afterMinutes: 21, targetMinutes: 15 },
      created: 5 * DAY,
      updated: 4 * DAY,
      said: [
        [ME, "Every ingestion takes three times as long since the upgrade on Thursday."],
        [
          ECO,
          "We have doubled the workers of the workflow engine. Runs are back at their usual length.",
        ],
      ],
    },
  ];
}

const OLDER = [
  "Manifest ingestion rejects a manifest with 12,000 records",
  "Search answers 500 for queries with a polygon",
  "File service gives signed URLs that have expired",
  "Storage: version history of a record is incomplete",
  "Access for a new data manager",
  "CSV ingestion drops the last column",
  "Notification service does not call our endpoint",
  "Unit conversion of feet to metres is off",
];

function olderCase(index: number, now: number): Sketch {
  const created = (6 + index * 5) * DAY;
  return {
    number: `1793${String(99_999_999 - index * 777_777).padStart(8, "0")}${String(index).padStart(3, "0")}`,
    subject: `${OLDER[index % OLDER.length] ?? "Incident"}${index >= OLDER.length ? ` (${index})` : ""}`,
    account: [PRODUCTION, BARENTS, TEST][index % 3] ?? PRODUCTION,
    priority: index % 5 === 0 ? "high" : index % 2 === 0 ? "medium" : "low",
    status: "resolved",
    by: [ME, KARI, TOMAS, ECO][index % 4] ?? ME,
    response:
      index % 4 === 3
        ? { state: "not-applicable" }
        : { state: "responded", afterMinutes: 8 + index, targetMinutes: 240 },
    created,
    updated: Math.max(now > 0 ? 5 * DAY : 0, created - DAY),
    said: [
      [[ME, KARI, TOMAS, ECO][index % 4] ?? ME, "What happened stands in the subject."],
      [ECO, "This is solved. We keep an eye on it."],
    ],
  };
}

function build(sketch: Sketch, index: number, now: number): FakeCase {
  const createdAt = now - sketch.created;
  const updatedAt = now - sketch.updated;
  const step = (updatedAt - createdAt) / Math.max(1, sketch.said.length - 1);
  const resolved = sketch.status === "resolved";
  const messages = sketch.said.map(([author, body, files = []], at): Message => {
    const last = at === sketch.said.length - 1;
    return {
      id: `message-${index}-${at}`,
      author,
      body,
      at: Math.round(createdAt + step * at),
      files: files.map((name, file) => ({
        attachmentId: `attachment-${index}-${at}-${file}`,
        name,
        size: author.who === "me" ? 1_800_000 + file * 4_400_000 : null,
        runs: false,
      })),
      firstResponse:
        author.who === "eco" &&
        sketch.by !== ECO &&
        sketch.said.findIndex(([who]) => who.who === "eco") === at,
      unseen: (sketch.unread ?? false) && last,
      delivery: "at-aws",
    };
  });
  return {
    messages,
    cc: index === 2 ? ["tomas.rivera@norvik.example", "subsurface-data@norvik.example"] : [],
    row: {
      key: `case-${index}`,
      displayId: sketch.number,
      subject: sketch.subject,
      account: sketch.account ?? PRODUCTION,
      priority: sketch.priority ?? "low",
      severityCode: { high: "critical", medium: "high", low: "normal" }[sketch.priority ?? "low"],
      status: sketch.status ?? "opened",
      reportedBy: sketch.by ?? ME,
      response: sketch.response ?? { state: "not-applicable" },
      waiting: resolved ? "nobody" : (sketch.waiting ?? "eco"),
      waitingSince: updatedAt,
      presence: "at-aws",
      notYetWithEco: false,
      unread: sketch.unread ?? false,
      attachments: sketch.said.reduce((sum, [, , files = []]) => sum + files.length, 0),
      stars: null,
      createdAt,
      updatedAt,
    },
  };
}

/** Nine cases with a story and fifty-five older, resolved ones: more than a page. */
export function cases(now: number): FakeCase[] {
  const all = sketches(now);
  for (let index = 0; index < 55; index += 1) all.push(olderCase(index, now));
  return all.map((sketch, index) => build(sketch, index, now));
}
