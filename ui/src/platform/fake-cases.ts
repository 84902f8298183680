// How the fake answers questions about cases: the filter, the order, the counts.
import type {
  Author,
  CaseCounts,
  CaseGroup,
  CasePage,
  CaseQuery,
  CaseRow,
  CaseView,
} from "./contract";
import type { FakeCase } from "./fixtures";

const PRIORITY_RANK = { high: 2, medium: 1, low: 0 } as const;
const DAY = 86_400_000;

function open(row: CaseRow): boolean {
  return row.status !== "resolved";
}

function late(row: CaseRow, now: number): boolean {
  return row.response.state === "running" && row.response.dueAt < now;
}

function inView(view: CaseView, row: CaseRow, now: number): boolean {
  switch (view) {
    case "all":
      return true;
    case "needs-my-reply":
      return row.waiting === "you";
    case "open":
      return open(row);
    case "high-priority":
      return open(row) && row.priority === "high";
    case "response-late":
      return open(row) && late(row, now);
    case "unread":
      return row.unread;
    case "reported-by-eco":
      return row.reportedBy.who === "eco";
    case "recently-resolved":
      return !open(row) && row.updatedAt > now - 14 * DAY;
  }
}

function any<T>(wanted: readonly T[], value: T): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

function said(known: FakeCase): string {
  const { row, messages } = known;
  return [row.subject, row.displayId ?? "", ...messages.map(({ body }) => body)]
    .join(" ")
    .toLowerCase();
}

function compare(query: CaseQuery, a: CaseRow, b: CaseRow): number {
  switch (query.sort) {
    case "number":
      return (a.displayId ?? "").localeCompare(b.displayId ?? "");
    case "subject":
      return a.subject.localeCompare(b.subject);
    case "priority":
      return PRIORITY_RANK[a.priority] - PRIORITY_RANK[b.priority];
    case "status":
      return a.status.localeCompare(b.status);
    case "created":
      return a.createdAt - b.createdAt;
    case "updated":
      return a.updatedAt - b.updatedAt;
    case "waiting":
      return b.waitingSince - a.waitingSince;
    case "response-due":
      return due(a) - due(b);
  }
}

/** Those without a clock that runs come last. */
function due({ response }: CaseRow): number {
  return response.state === "running" ? response.dueAt : Number.MAX_SAFE_INTEGER;
}

const GROUPS: readonly CaseGroup[] = [
  "not-yet-with-eco",
  "waits-for-you",
  "waits-for-eco",
  "resolved",
];

function groupOf(row: CaseRow): CaseGroup {
  if (row.presence === "not-yet-sent") return "not-yet-with-eco";
  if (row.waiting === "you") return "waits-for-you";
  return open(row) ? "waits-for-eco" : "resolved";
}

export function countsOf(all: readonly FakeCase[], now: number): CaseCounts {
  const rows = all.map(({ row }) => row);
  const number = (view: CaseView) => rows.filter((row) => inView(view, row, now)).length;
  return {
    total: rows.length,
    needsMyReply: number("needs-my-reply"),
    highPriority: number("high-priority"),
    responseLate: number("response-late"),
    unread: number("unread"),
    open: number("open"),
    reportedByEco: number("reported-by-eco"),
    recentlyResolved: number("recently-resolved"),
    accounts: [...new Set(rows.map(({ account }) => account))].sort().map((account) => ({
      account,
      open: rows.filter((row) => row.account === account && open(row)).length,
    })),
  };
}

export function pageOf(all: readonly FakeCase[], query: CaseQuery, now: number): CasePage {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all
    .filter((known) => {
      const { row } = known;
      return (
        inView(query.view, row, now) &&
        any(query.accounts, row.account) &&
        any(query.priorities, row.priority) &&
        any(query.statuses, row.status) &&
        any<Author["who"]>(query.reporters, row.reportedBy.who) &&
        (!query.withAttachment || row.attachments > 0) &&
        (query.updatedAfter === null || row.updatedAt >= query.updatedAfter) &&
        words.every((word) => said(known).includes(word))
      );
    })
    .map(({ row }) => row)
    .sort((a, b) => {
      const groups = query.grouped ? GROUPS.indexOf(groupOf(a)) - GROUPS.indexOf(groupOf(b)) : 0;
      return groups || compare(query, a, b) * (query.descending ? -1 : 1);
    });
  const groups = GROUPS.map((group) => ({
    group,
    count: found.filter((row) => groupOf(row) === group).length,
  }));
  return {
    rows: found.slice(query.offset, query.offset + query.limit),
    matches: found.length,
    groups: query.grouped ? groups.filter(({ count }) => count > 0) : [],
    counts: countsOf(all, now),
  };
}
