// The kinds of problem in users' words: what each tile says, the service that it sets, and what ECO needs to
// know for it (guide, "Submitting EDI incidents", description guidance).
import type { IconProps } from "@cloudscape-design/components/icon";
import type { ProblemKind, Service } from "../../platform/contract";

export interface Kind {
  kind: ProblemKind;
  title: string;
  examples: string;
  icon: IconProps.Name;
}

export const KINDS: readonly Kind[] = [
  {
    kind: "data-in",
    title: "Data does not come in",
    examples: "Manifest ingestion, File service, Seismic DMS upload",
    icon: "upload",
  },
  {
    kind: "data-out",
    title: "Data is not found or not read",
    examples: "Search, Storage, Wellbore DDMS, stale index",
    icon: "search",
  },
  {
    kind: "access",
    title: "Access is denied",
    examples: "Sign-in, entitlements groups, legal tags, 401 and 403",
    icon: "lock-private",
  },
  {
    kind: "slow-or-down",
    title: "Slow or unavailable",
    examples: "5xx answers, time-outs, portal or network down",
    icon: "status-warning",
  },
  {
    kind: "scheduled-task",
    title: "A scheduled task failed",
    examples: "Backup, reindex, legal tag expiry",
    icon: "calendar",
  },
  {
    kind: "question",
    title: "A question or a wish",
    examples: "How-to, billing, feature: goes out as a service request",
    icon: "suggestions",
  },
];

/** The service that a kind of problem goes to: only questions and wishes are service requests. */
export function serviceOf(kind: ProblemKind): Service {
  return kind === "question" ? "service-request" : "report-incident";
}

/** AWS's names of the two services, for when AWS has never been asked. */
export const SERVICE_NAMES: Record<Service, string> = {
  "report-incident": "AMS Operations - Report Incident",
  "service-request": "AMS Operations - Service Request",
};

/** AWS's name of the category that EDI's customers report in, for when AWS has never been asked. */
export const EDI_CATEGORY_NAME = "Energy Data Insights (EDI) - Application Issues";

/** A category's name as a control shows it: the product's long name made short. */
export function shortCategory(name: string): string {
  return name.replace("Energy Data Insights (EDI)", "EDI");
}

export interface Hint {
  what: string;
  how: string;
}

const WHEN: Hint = {
  what: "When it began, with time zone",
  how: "05:10 CET, or the last time it worked",
};
const WHERE: Hint = { what: "Where", how: "EDI instance, data partition, service, Region" };
const WHO: Hint = { what: "Who is affected", how: "Everyone, one team, one person?" };
const EFFECT: Hint = { what: "Effect", how: "What cannot be done, and by when it must be" };
const REPRODUCE: Hint = { what: "How to reproduce", how: "The call or the clicks, step by step" };
const CHANGED: Hint = { what: "What changed lately", how: "Release, new schema, new groups?" };

const INCIDENT_HINTS: Record<Exclude<ProblemKind, "question">, readonly Hint[]> = {
  "data-in": [
    { what: "What happens", how: "The error's own words, and what you expected" },
    WHEN,
    WHERE,
    EFFECT,
    REPRODUCE,
    { what: "Ids and log excerpts", how: "Run ids, the manifest, the task's log" },
    WHO,
    CHANGED,
  ],
  "data-out": [
    { what: "What happens", how: "Not found, an error, or wrong or old content?" },
    WHEN,
    WHERE,
    EFFECT,
    REPRODUCE,
    {
      what: "Ids and log excerpts",
      how: "Record ids, the query, the answer with its correlation id",
    },
    WHO,
    CHANGED,
  ],
  access: [
    { what: "What happens", how: "401 or 403, and at which address" },
    { what: "Who is affected", how: "Which users, and who is not" },
    WHEN,
    WHERE,
    { what: "Groups and legal tags", how: "Those that should allow it" },
    REPRODUCE,
    { what: "Ids and log excerpts", how: "The answer with its correlation id, never a token" },
    CHANGED,
  ],
  "slow-or-down": [
    { what: "What happens", how: "Slow, time-outs, or no answer at all? Which status codes?" },
    { what: "Timestamps", how: "Some calls with their start, duration and time zone" },
    WHERE,
    { what: "How slow, compared to usual", how: "Seconds now, and on a good day" },
    WHO,
    EFFECT,
    { what: "Ids and log excerpts", how: "Correlation ids, logs, a HAR file" },
    CHANGED,
  ],
  "scheduled-task": [
    { what: "Which task", how: "Its name and its schedule" },
    { what: "When it last worked", how: "And when it first failed, with time zone" },
    { what: "What happens", how: "Not started, failed or never finished?" },
    WHERE,
    EFFECT,
    { what: "Ids and log excerpts", how: "Run ids and the task's log" },
    CHANGED,
  ],
};

const QUESTION_HINTS: readonly Hint[] = [
  { what: "Your question or wish", how: "In one sentence first" },
  { what: "Purpose", how: "What you want to reach with it" },
  { what: "Your environment", how: "EDI instance, data partition, services, Region" },
  { what: "What you have tried", how: "And which documentation you have read" },
  { what: "By when", how: "If there is a date that matters" },
];

/** What ECO needs to know for a kind of problem, the most telling first. */
export function hintsOf(kind: ProblemKind | null): readonly Hint[] {
  if (kind === "question") return QUESTION_HINTS;
  return INCIDENT_HINTS[kind ?? "data-in"];
}
