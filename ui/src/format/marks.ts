// What a row of the list says of a case, in words and the tone they are shown in.
import type { CaseCounts, CaseRow, CaseView, Tone } from "../platform/contract";
import { STATUSES } from "../platform/rules";
import { grouped } from "./size";
import { minutes, roughSpan, span } from "./time";
import { statusName } from "./words";

/** What `statusMark` looks at. */
export type Standing = Pick<CaseRow, "status" | "presence" | "notYetWithEco">;

/** Where a case stands. One that ECO does not have yet says so instead. */
export function statusMark({ status, presence, notYetWithEco }: Standing): {
  tone: Tone;
  text: string;
} {
  switch (presence) {
    case "not-yet-sent":
      // Whether it does not get through, the core says.
      return notYetWithEco
        ? { tone: "warning", text: "Not yet with ECO" }
        : { tone: "in-progress", text: "On its way to ECO" };
    case "just-sent":
      return { tone: "success", text: "Sent to ECO" };
    case "unlisted":
      return { tone: "warning", text: "Not listed by AWS" };
    case "at-aws":
    case "archived":
      return {
        tone: STATUSES.find((known) => known.status === status)?.tone ?? "info",
        text: statusName(status),
      };
  }
}

export type ResponseWords =
  | { kind: "none"; text: string }
  /** `share`: how much of the target is left, 0 to 1. */
  | { kind: "running"; text: string; share: number }
  | { kind: "met" | "late"; text: string };

/** How fast ECO responded, or how long it still has: "11 min left", "Met in 9 min", "Late by 22 min". */
export function responseMark(
  { response, reportedBy, presence }: Pick<CaseRow, "response" | "reportedBy" | "presence">,
  now: number,
): ResponseWords {
  switch (response.state) {
    case "not-applicable": {
      if (presence === "not-yet-sent") return { kind: "none", text: "Clock not started" };
      const text = reportedBy.who === "eco" ? "Opened by ECO" : "No response clock";
      return { kind: "none", text };
    }
    case "running": {
      const left = response.dueAt - now;
      if (left <= 0) return { kind: "late", text: `Late by ${span(-left)}` };
      const share = Math.min(1, left / (response.targetMinutes * 60_000));
      return { kind: "running", text: `${span(left)} left`, share };
    }
    case "responded": {
      const late = response.afterMinutes - response.targetMinutes;
      return late > 0
        ? { kind: "late", text: `Late by ${minutes(late)}` }
        : { kind: "met", text: `Met in ${minutes(response.afterMinutes)}` };
    }
  }
}

/** "Waits for ECO, 4 min". */
export function waitsMark(
  { waiting, waitingSince, presence }: Pick<CaseRow, "waiting" | "waitingSince" | "presence">,
  now: number,
): string {
  const since = roughSpan(now - waitingSince);
  if (presence === "not-yet-sent") return `In the outbox for ${since}`;
  switch (waiting) {
    case "you":
      return `Waits for you, ${since}`;
    case "eco":
      return `Waits for ECO, ${since}`;
    case "nobody":
      return `For ${since}`;
  }
}

/** What is urgent, each with the view that shows it. */
export function urgent(counts: CaseCounts): { view: CaseView; text: string }[] {
  const some: [number, CaseView, string][] = [
    [
      counts.needsMyReply,
      "needs-my-reply",
      counts.needsMyReply === 1 ? "needs your reply" : "need your reply",
    ],
    [counts.highPriority, "high-priority", "open with High priority"],
    [
      counts.responseLate,
      "response-late",
      counts.responseLate === 1 ? "response late" : "responses late",
    ],
    [counts.unread, "unread", "unread"],
  ];
  return some
    .filter(([number]) => number > 0)
    .map(([number, view, words]) => ({ view, text: `${grouped(number)} ${words}` }));
}

/** What the head of the list says where nothing is urgent. */
export function calm(counts: CaseCounts): string {
  return counts.total === 0
    ? "Incidents of the past 24 months from AWS Support, yours and ECO's."
    : "Nothing waits for you, and nothing is late.";
}
