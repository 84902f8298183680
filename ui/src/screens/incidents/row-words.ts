// What a row of the list says of a case: the one definition for the list and for the first sight.
import { type ResponseWords, responseMark, waitsMark } from "../../format/marks";
import { relative } from "../../format/time";
import type { CaseGroup, CaseRow } from "../../platform/contract";

export interface RowWords {
  /** Who has to act, and since when. */
  waits: string;
  waitsTone: "yours" | "alarm" | "plain";
  response: ResponseWords;
  /** "4 min ago". */
  updated: string;
}

function waits(row: CaseRow, now: number): string {
  if (row.presence === "not-yet-sent") {
    const words = waitsMark(row, now).replace(/^In the outbox/, "");
    return row.notYetWithEco ? `Not yet with ECO${words}` : "On its way to ECO";
  }
  if (row.presence === "unlisted") return "Not listed by AWS";
  if (row.waiting !== "nobody") return waitsMark(row, now);
  const since = waitsMark(row, now).replace(/^For /, "");
  if (row.presence === "archived") return "No longer at AWS";
  return row.stars === null
    ? `Resolved ${since}, not rated`
    : `Resolved ${since}, ${row.stars} of 5 stars`;
}

export function rowWords(row: CaseRow, now: number): RowWords {
  const words = waits(row, now);
  const response = responseMark(row, now);
  const unsent = row.presence === "not-yet-sent";
  return {
    waits: words,
    waitsTone:
      unsent && row.notYetWithEco ? "alarm" : row.waiting === "you" && !unsent ? "yours" : "plain",
    response,
    updated: relative(row.updatedAt, now),
  };
}

/** The head of a group. `heldUp`: a report in it does not get through. */
export function groupName(group: CaseGroup, heldUp: boolean): string {
  switch (group) {
    case "not-yet-with-eco":
      return heldUp ? "Not yet with ECO" : "On its way to ECO";
    case "waits-for-you":
      return "Waits for you";
    case "waits-for-eco":
      return "Waits for ECO";
    case "resolved":
      return "Resolved";
  }
}

/** The classes of a group's head: red only where a report does not get through. */
export function groupClasses(group: CaseGroup, heldUp: boolean): string {
  if (group === "waits-for-you") return "eco-items-head eco-items-head-yours";
  return heldUp ? "eco-items-head eco-items-head-alarm" : "eco-items-head";
}

/** The classes of a row. */
export function rowClasses(row: CaseRow, selected = false, chosen = false): string {
  return [
    "eco-item",
    selected ? "eco-item-selected" : "",
    chosen ? "eco-item-chosen" : "",
    row.unread ? "eco-item-unread" : "",
    row.waiting === "nobody" ? "eco-item-done" : "",
  ]
    .filter((name) => name !== "")
    .join(" ");
}
