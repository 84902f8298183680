// What is not sent yet on the believable day: drafts and the outbox.
import type { Draft, OutboxEntry, ReportContent } from "./contract";
import { BARENTS, NETWORK, PRODUCTION, TEST } from "./fixtures";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function emptyReport(account: string | null): ReportContent {
  return {
    account,
    kind: null,
    service: "report-incident",
    categoryCode: null,
    priority: null,
    subject: "",
    body: "",
    contact: "web",
    phone: { region: "", number: "", extension: "" },
    cc: [],
    asTest: false,
    step: 1,
  };
}

export function drafts(now: number): Draft[] {
  return [
    {
      id: "draft-report",
      case: null,
      subject: "Manifest ingestion stuck in RUNNING since 05:10",
      account: PRODUCTION,
      content: {
        kind: "report",
        content: {
          ...emptyReport(PRODUCTION),
          kind: "data-in",
          priority: "high",
          subject: "Manifest ingestion stuck in RUNNING since 05:10",
          body: "All manifest ingestion runs in opendes stay in RUNNING since 05:10 CET.",
          step: 3,
        },
      },
      files: [
        { id: "file-1", name: "airflow scheduler.log", size: 1_887_437, state: { state: "ready" } },
        {
          id: "file-2",
          name: "whole-dump.zip",
          size: 48_000_000,
          state: {
            state: "refused",
            problem: {
              code: "invalid-input",
              field: "files",
              message: "The file has 45.8 MB; 5 MB are allowed. Cut out the part that matters.",
              retryable: false,
            },
          },
        },
      ],
      problems: [
        {
          code: "invalid-input",
          field: "files",
          message: "whole-dump.zip cannot be sent. Remove it.",
          retryable: false,
        },
      ],
      createdAt: now - HOUR,
      savedAt: now - 2000,
    },
    {
      id: "draft-reply",
      case: "case-2",
      subject: "Wellbore DDMS: 503 on all reads",
      account: PRODUCTION,
      content: {
        kind: "reply",
        content: {
          body: "What we ingested since Monday 03:00 is in the file. Could the restore wait until 07:30?",
          cc: [],
        },
      },
      files: [
        {
          id: "file-3",
          name: "ingested-since-monday.csv",
          size: 219_136,
          state: { state: "ready" },
        },
      ],
      problems: [],
      createdAt: now - 10 * MINUTE,
      savedAt: now - 3 * MINUTE,
    },
  ];
}

export function outbox(now: number): OutboxEntry[] {
  const entry = (
    part: Partial<OutboxEntry> & Pick<OutboxEntry, "id" | "subject">,
  ): OutboxEntry => ({
    kind: "reply",
    account: PRODUCTION,
    case: "case-1",
    priority: null,
    files: 0,
    bytes: 0,
    state: { state: "queued" },
    tries: 0,
    createdAt: now - 5 * MINUTE,
    editable: false,
    discardable: false,
    mayBeWithEco: false,
    sentAgain: null,
    notYetWithEco: false,
    ...part,
  });
  return [
    entry({
      id: "outbox-sending",
      kind: "report",
      case: "case-unsent",
      account: BARENTS,
      subject: "Seismic DMS: SEG-Y upload stops at 62 %",
      priority: "medium",
      files: 2,
      bytes: 4_640_000,
      state: { state: "sending", step: "files" },
      tries: 1,
      notYetWithEco: true,
    }),
    entry({
      id: "outbox-checking",
      subject: "Nightly backup of opendes failed",
      files: 1,
      bytes: 217_000,
      state: {
        state: "checking",
        since: now - 6 * MINUTE,
        nextCheckAt: now + 30_000,
        settlesAt: now + 4 * MINUTE,
        goesAgain: false,
        overdue: false,
      },
      tries: 1,
      discardable: true,
      mayBeWithEco: true,
    }),
    entry({
      id: "outbox-waiting",
      case: "case-3",
      account: BARENTS,
      subject: "Search index lags Storage by 40 minutes",
      state: { state: "waiting", nextTryAt: now + 40_000, problem: NETWORK },
      tries: 3,
      editable: true,
      discardable: true,
    }),
    entry({
      id: "outbox-stopped",
      kind: "resolve",
      case: "case-5",
      account: TEST,
      subject: "403 from Entitlements for new members",
      state: {
        state: "stopped",
        problem: {
          code: "credentials-expired",
          message:
            "The sign-in of the profile norvik-test has expired. Run: aws sso login --profile norvik-test. Then try again.",
          retryable: true,
        },
      },
      tries: 1,
      editable: true,
      discardable: true,
    }),
  ];
}

/** A High report that could not be sent: the alarm. */
export function unsentHighReport(now: number): OutboxEntry {
  return {
    id: "outbox-high",
    kind: "report",
    account: PRODUCTION,
    case: "case-unsent-high",
    subject: "Manifest ingestion stuck in RUNNING",
    priority: "high",
    files: 0,
    bytes: 0,
    state: { state: "waiting", nextTryAt: now + 40_000, problem: NETWORK },
    tries: 3,
    createdAt: now - 3 * MINUTE,
    editable: true,
    discardable: true,
    mayBeWithEco: false,
    sentAgain: null,
    notYetWithEco: true,
  };
}
