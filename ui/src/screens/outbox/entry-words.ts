// What an entry of the outbox is and where it stands, in words that need no knowledge of AWS.
import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { count, size } from "../../format/size";
import { moment, span } from "../../format/time";
import { priorityName } from "../../format/words";
import { needsSignIn as signInMends } from "../../frame/account-problems";
import type { OutboxEntry, OutboxKind, OutboxState, SendingStep } from "../../platform/contract";

/** The entry's name: the subject, with what is done to it. */
export function entryTitle({ kind, subject }: Pick<OutboxEntry, "kind" | "subject">): string {
  switch (kind) {
    case "report":
      return subject;
    case "reply":
      return `Re: ${subject}`;
    case "resolve":
      return `Resolve: ${subject}`;
  }
}

/** "New incident, Medium · 2 files, 4.4 MB". */
export function entryKind({ kind, priority, files, bytes }: OutboxEntry): string {
  const name = kindName(kind) + (priority === null ? "" : `, ${priorityName(priority)}`);
  return files === 0 ? name : `${name} · ${count(files, "file")}, ${size(bytes)}`;
}

function kindName(kind: OutboxKind): string {
  switch (kind) {
    case "report":
      return "New incident";
    case "reply":
      return "Reply";
    case "resolve":
      return "Resolve case";
  }
}

export interface Standing {
  sign: StatusIndicatorProps.Type;
  /** What happens now, in a few words. */
  headline: string;
  /** Why, and what comes next. */
  detail: string;
}

/** Where the entry stands at `now`. */
export function standing({ state, tries, createdAt }: OutboxEntry, now: number): Standing {
  switch (state.state) {
    case "queued":
      return { sign: "pending", headline: "Goes out next", detail: "" };
    case "sending":
      return { sign: "loading", headline: "Sending", detail: sendingWords(state.step) };
    case "checking":
      return {
        sign: state.overdue ? "warning" : "loading",
        headline: state.overdue ? "ECO may have it: decide" : "Checking whether ECO has it",
        detail: checkingWords(state, now),
      };
    case "waiting":
      return {
        sign: "pending",
        headline:
          state.problem.code === "quota-reached"
            ? `${waitingFor(state)}: goes on at ${moment(state.nextTryAt, now)}`
            : `${waitingFor(state)}, ${next("next try", state.nextTryAt, now)}`,
        detail: `${state.problem.message} ${triesWords(tries, createdAt, now)}`.trim(),
      };
    case "stopped":
      return {
        sign: "warning",
        headline: stoppedFor(state),
        detail: state.problem.message,
      };
  }
}

/** What is known after a lost answer, and what happens when nobody decides. */
function checkingWords(state: Extract<OutboxState, { state: "checking" }>, now: number): string {
  const lost = `The answer got lost at ${moment(state.since, now)}`;
  const again = `${next("Next check", state.nextCheckAt, now)}.`;
  if (state.overdue) {
    return `${lost}, and AWS still does not list it. Send it again, which may make it double; report it another way; or wait. ${again}`;
  }
  const then = state.goesAgain
    ? "it is sent again by itself, which may make it double"
    : "you are asked what to do";
  return `${lost}; AWS may list it until ${moment(state.settlesAt, now)}. If it does not, ${then}. ${again}`;
}

function sendingWords(step: SendingStep): string {
  switch (step) {
    case "files":
      return "Its files first";
    case "message":
      return "The text is on its way";
  }
}

function next(what: string, at: number, now: number): string {
  return at <= now + 500 ? `${what} now` : `${what} in ${span(at - now)}`;
}

function triesWords(tries: number, since: number, now: number): string {
  return tries < 2 ? "" : `${count(tries, "try", "tries")} since ${moment(since, now)}.`;
}

function waitingFor({ problem }: Extract<OutboxState, { state: "waiting" }>): string {
  switch (problem.code) {
    case "proxy":
      return "Waiting: a proxy is in the way";
    case "certificate":
      return "Waiting for a trusted connection";
    case "network":
      return "Waiting for the network";
    case "throttled":
      return "AWS asks to wait";
    case "quota-reached":
      return "Waiting for AWS's hourly limit";
    case "credentials":
    case "credentials-missing":
      return "Waiting for credentials";
    case "keyring":
      return "Waiting for the keyring";
    case "other-account":
      return "Waiting for credentials of its AWS account";
    case "approval-needed":
      return "Waiting: a command has to be looked at";
    case "credentials-expired":
    case "code-needed":
      return "Waiting for sign-in";
    case "invalid-input":
    case "not-found":
    case "access-denied":
    case "plan-missing":
    case "clock-skew":
    case "conflict":
    case "storage":
    case "service":
    case "internal":
      return "Waiting";
  }
}

function stoppedFor({ problem }: Extract<OutboxState, { state: "stopped" }>): string {
  switch (problem.code) {
    case "credentials":
    case "credentials-missing":
      return "Needs valid credentials";
    case "keyring":
      return "Needs the keyring";
    case "other-account":
      return "Needs credentials of its AWS account";
    case "approval-needed":
      return "A command has to be looked at";
    case "credentials-expired":
    case "code-needed":
      return "Needs sign-in";
    case "access-denied":
      return "Not permitted";
    case "plan-missing":
      return "Needs a support plan";
    case "clock-skew":
      return "This computer's clock is wrong";
    case "invalid-input":
      return "Has to be corrected";
    case "not-found":
    case "conflict":
    case "network":
    case "proxy":
    case "certificate":
    case "throttled":
    case "quota-reached":
    case "storage":
    case "service":
    case "internal":
      return "Not sent";
  }
}

/** The main thing to do with an entry, where there is one; all of them ask for a try at once. */
export function mainAction(state: OutboxState): string | null {
  switch (state.state) {
    case "queued":
    case "sending":
      return null;
    case "checking":
      return "Check now";
    case "waiting":
      return "Try now";
    case "stopped":
      return "Try again";
  }
}

/** Why an entry cannot be edited now; null where it can. */
export function notEditable({
  editable,
  kind,
  state,
}: Pick<OutboxEntry, "editable" | "kind" | "state">): string | null {
  if (kind === "resolve") return "There is no text to edit in a resolution.";
  if (editable) return null;
  return state.state === "sending"
    ? "It is being sent right now, and ECO may have it."
    : "ECO may have it already, and a changed text would come as a second one.";
}

/** Why an entry cannot be discarded now; null where it can. */
export function notDiscardable({ discardable }: Pick<OutboxEntry, "discardable">): string | null {
  return discardable ? null : "It is being sent right now, and ECO may have it.";
}

/** Whether somebody has to sign in before it can go. */
export function needsSignIn(state: OutboxState): boolean {
  if (state.state !== "stopped" && state.state !== "waiting") return false;
  return signInMends(state.problem);
}

/** Whether something in it has to be corrected before it can go. */
export function needsCorrection(state: OutboxState): boolean {
  return state.state === "stopped" && state.problem.code === "invalid-input";
}

/** Whether the cure lies in the settings (an account, the network) rather than with the entry. */
export function needsSettings(state: OutboxState): boolean {
  if (state.state !== "stopped" && state.state !== "waiting") return false;
  switch (state.problem.code) {
    case "credentials":
    case "credentials-missing":
    case "other-account":
    case "credentials-expired":
    case "keyring":
    case "approval-needed":
    case "code-needed":
    case "access-denied":
    case "plan-missing":
    case "proxy":
    case "certificate":
      return true;
    case "invalid-input":
    case "not-found":
    case "network":
    case "clock-skew":
    case "throttled":
    case "quota-reached":
    case "conflict":
    case "storage":
    case "service":
    case "internal":
      return false;
  }
}

/** Whether AWS refuses it, and will until somebody has allowed it. */
export function isNotPermitted(state: OutboxState): boolean {
  return state.state === "stopped" && state.problem.code === "access-denied";
}

/** Whether the row counts down to something. */
export function isTicking(state: OutboxState): boolean {
  return state.state === "checking" || state.state === "waiting";
}
