// Words that only a case's own screen needs.

import { clock, format, upcoming } from "../../format/time";
import type { CaseDetail, Gap, HandOver, OutboxEntry } from "../../platform/contract";

/** "1 December". */
export const longDay = format({ day: "numeric", month: "long" });

/** What the composer of a case is: for a reply, for a reply that reopens, or not there any more. */
export type Replying =
  | { state: "open" }
  | { state: "reopens"; until: number | null }
  | { state: "over"; why: string };

export function replying(detail: CaseDetail, now: number): Replying {
  if (detail.row.presence === "archived") {
    return {
      state: "over",
      why: "AWS does not hold this case any more, so it takes no reply. What this computer knows of it stays here.",
    };
  }
  if (detail.row.status !== "resolved") return { state: "open" };
  const until = detail.reopenUntil;
  if (until !== null && until <= now) {
    return {
      state: "over",
      why: `This case is resolved, and a reply could reopen it until ${longDay(until)}.`,
    };
  }
  return { state: "reopens", until };
}

/** Where an entry of the outbox stands, in a sentence. Times are local. */
export function outboxWords(entry: OutboxEntry, now: number): string {
  const { state } = entry;
  switch (state.state) {
    case "queued":
      return "It is next in the outbox.";
    case "sending":
      return state.step === "files" ? "Its files are being sent now." : "It is being sent now.";
    case "checking": {
      const check = `next at ${clock(state.nextCheckAt)}`;
      if (state.overdue) {
        return `Its answer got lost, and AWS does not list it. Send it again, which may make it double, or report it another way. AWS is asked on, ${check}.`;
      }
      const then = state.goesAgain ? "it is sent again by itself" : "you are asked what to do";
      return `Checking whether ECO has it: the answer got lost while it was sent. AWS is asked ${check}; if it does not list it by ${clock(state.settlesAt)}, ${then}.`;
    }
    case "waiting":
      return `${state.problem.message} It is tried again ${upcoming(state.nextTryAt, now)}.`;
    case "stopped":
      return state.problem.message;
  }
}

/** Why some of the correspondence is missing, and what to do. */
export function gapWords(gap: Gap): string {
  switch (gap) {
    case "denied":
      return "Older messages are missing here: you are not allowed to read more than the five newest. Ask your AWS administrator for the permission support:DescribeCommunications, or look in Support Center.";
    case "unreadable":
      return "Something of this case is missing here: AWS gave it in a form that ECO Desk cannot read. Look in Support Center.";
  }
}

/** The number to call, as it is typed into Support Center. */
export function phoneWords({ phone }: HandOver): string {
  return phone.extension === "" ? phone.number : `${phone.number}, extension ${phone.extension}`;
}
