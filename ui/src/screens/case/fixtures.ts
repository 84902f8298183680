// Cases in every state that the screen of a case knows, for its tests and for looking at it.
import type { Author, CaseRow, Message } from "../../platform/contract";
import { type FakeCase, NETWORK, PRODUCTION } from "../../platform/fixtures";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const ME: Author = { who: "me" };
export const ECO: Author = { who: "eco" };
export const KARI: Author = { who: "colleague", name: "Kari Lund" };

/** A message; `part` says what is special. */
export function message(
  id: string,
  at: number,
  author: Author,
  body: string,
  part: Partial<Message> = {},
): Message {
  return {
    id,
    at,
    author,
    body,
    files: [],
    firstResponse: false,
    unseen: false,
    delivery: "at-aws",
    ...part,
  };
}

/** A case of two messages, in work; `row` and `rest` say what is special. */
export function someCase(
  key: string,
  now: number,
  row: Partial<CaseRow> = {},
  rest: Partial<Omit<FakeCase, "row">> = {},
): FakeCase {
  const createdAt = now - 50 * MINUTE;
  return {
    cc: [],
    messages: [
      message(`${key}-1`, createdAt, ME, "Storage answers 504 since 09:10 CET."),
      message(`${key}-2`, createdAt + 8 * MINUTE, ECO, "We are looking into it.", {
        firstResponse: true,
      }),
    ],
    ...rest,
    row: {
      key,
      displayId: "179490011200456",
      subject: "Storage: 504 on batch reads",
      account: PRODUCTION,
      priority: "high",
      severityCode: "critical",
      status: "work-in-progress",
      reportedBy: ME,
      response: { state: "responded", afterMinutes: 8, targetMinutes: 15 },
      waiting: "eco",
      waitingSince: createdAt + 8 * MINUTE,
      presence: "at-aws",
      notYetWithEco: false,
      unread: false,
      attachments: (rest.messages ?? []).reduce((sum, { files }) => sum + files.length, 0),
      stars: null,
      createdAt,
      updatedAt: createdAt + 8 * MINUTE,
      ...row,
    },
  };
}

/** Sixty messages over three days, with links, a redaction, long words and code. */
export function longCase(now: number): FakeCase {
  const begun = now - 3 * DAY;
  const step = Math.floor((3 * DAY - 5 * MINUTE) / 59);
  const messages = Array.from({ length: 60 }, (_, index) => {
    const at = begun + index * step;
    const author = [ME, ECO, KARI, ECO][index % 4] ?? ME;
    return message(
      `long-${index}`,
      at,
      author,
      `Message ${index + 1}. ${LONG_TEXTS[index % LONG_TEXTS.length]}`,
      {
        firstResponse: index === 1,
        unseen: index >= 57,
      },
    );
  });
  return someCase(
    "case-long",
    now,
    {
      subject:
        "Ingestion of the 2026 reprocessed seismic surveys from the Barents Sea stops after a third of the files with no message in any log",
      displayId: "179480022300789",
      unread: true,
      waiting: "you",
      waitingSince: now - 5 * MINUTE,
      status: "pending-customer-action",
      createdAt: begun,
      updatedAt: now - 5 * MINUTE,
    },
    { messages },
  );
}

const LONG_TEXTS = [
  "The run is described at https://norvik.example/runs/4711?view=log#end, and www.norvik.example has the rest.",
  "Thank you. Write to operations@norvik.example as well.\n\n  stage 1   ok\n  stage 2   failed with [REDACTED_BY_AWS_SUPPORT]\n\ttab here",
  `/data/opendes/seismic/${"reprocessed-2026/".repeat(9)}volume.sgy`,
  "<b>This is not bold</b> and <script>alert(1)</script> is only text. javascript:alert(1) is no link.",
  "Short.",
];

/** A conversation as it comes by mail: runs, a request and its answer, a quotation, a signature, a table, a blank. */
export function mailedCase(now: number): FakeCase {
  const begun = now - DAY - 2 * 60 * MINUTE;
  const at = (minutes: number) => begun + minutes * MINUTE;
  return someCase(
    "case-mailed",
    now,
    { subject: "Wellbore DDMS: 503 on all reads", unread: true, waiting: "you", createdAt: begun },
    {
      messages: [
        message(
          "mailed-1",
          at(0),
          ME,
          "All bulk reads in `opendes` answer 503 since 02:55 CET. 14 people cannot open logs.\n\n\n\n\n\nGET /api/os-wellbore-ddms/ddms/v3/welllogs/{id}/data\nHTTP/1.1 503  correlation-id: 6f1d0c1e-88b2-4a57-9d40",
          {
            files: [
              { attachmentId: "f1", name: "ddms-requests.log", size: 1_800_000, runs: false },
            ],
          },
        ),
        message(
          "mailed-2",
          at(9),
          ECO,
          "We are looking into it. The record opendes:master-data--Wellbore:NO-15 is read from arn:aws:s3:::edi-opendes/wellbore.\n\nBest regards,\nMarcus\nEDI Cloud Operations\nAmazon Web Services",
          { firstResponse: true },
        ),
        message(
          "mailed-3",
          at(12),
          KARI,
          "I see the same:\n\nservice\tstate\twaiting\nwellbore\tfailed\t412\nstorage\tok\t0\n\nMed vennlig hilsen\nKari Lund\n\nOn Tue, 17 Nov 2026 at 09:10, Marcus <marcus@aws.example> wrote:\n> We are looking into it.\n> Do you see it too?",
        ),
        message("mailed-4", at(13), KARI, "Since 02:55, as Ingrid wrote."),
        message("mailed-5", at(14), KARI, ""),
        message(
          "mailed-6",
          now - 120 * MINUTE,
          ECO,
          "The index is damaged; a rebuild takes 9 hours. We recommend a restore from the last known good backup. May we go ahead?\n\nBest regards, Marcus · EDI Cloud Operations",
          { unseen: true },
        ),
        message(
          "mailed-7",
          now - 117 * MINUTE,
          ECO,
          "Until you answer, single logs can be read again.",
          { unseen: true },
        ),
      ],
      detail: { rating: { stars: 4, comment: "", sendToEco: false } },
    },
  );
}

/** One case in each state, for looking at them. */
export function everyState(now: number): FakeCase[] {
  const log = {
    attachmentId: "attachment-log",
    name: "storage-504.log",
    size: 212_000,
    runs: false,
  };
  return [
    longCase(now),
    mailedCase(now),
    someCase(
      "case-unsent",
      now,
      {
        displayId: null,
        presence: "not-yet-sent",
        notYetWithEco: true,
        status: "unassigned",
        response: { state: "not-applicable" },
        createdAt: now - 3 * MINUTE,
      },
      {
        messages: [
          message("unsent-1", now - 3 * MINUTE, ME, "Storage answers 504 since 09:10 CET.", {
            delivery: "waiting",
            files: [{ ...log, attachmentId: null }],
          }),
        ],
        detail: { problem: NETWORK },
      },
    ),
    someCase(
      "case-phone",
      now,
      {
        displayId: null,
        presence: "just-sent",
        status: "unassigned",
        response: { state: "running", dueAt: now + 13 * MINUTE, targetMinutes: 15 },
        createdAt: now - 2 * MINUTE,
      },
      {
        messages: [
          message("phone-1", now - 2 * MINUTE, ME, "Storage answers 504 since 09:10 CET.", {
            delivery: "sent",
          }),
        ],
        detail: {
          handOver: {
            method: "phone",
            phone: { region: "eu-west-1", number: "+4751000000", extension: "12" },
          },
        },
      },
    ),
    someCase(
      "case-call",
      now,
      {},
      {
        detail: {
          handOver: {
            method: "phone",
            phone: { region: "eu-west-1", number: "+4751000000", extension: "12" },
          },
        },
      },
    ),
    someCase(
      "case-resolved",
      now,
      { status: "resolved", waiting: "nobody" },
      {
        detail: { reopenUntil: now + 9 * DAY },
      },
    ),
    someCase(
      "case-over",
      now,
      { status: "resolved", waiting: "nobody", createdAt: now - 40 * DAY },
      {
        detail: {
          reopenUntil: now - DAY,
          rating: { stars: 4, comment: "Clear and quick.", sendToEco: false },
        },
      },
    ),
    someCase(
      "case-by-eco",
      now,
      { reportedBy: ECO, response: { state: "not-applicable" }, status: "opened", unread: true },
      {
        messages: [
          message(
            "eco-1",
            now - 20 * MINUTE,
            ECO,
            "Our monitoring shows that the backup of opendes did not finish.",
            {
              unseen: true,
              files: [{ ...log, size: null }],
            },
          ),
        ],
      },
    ),
  ];
}
