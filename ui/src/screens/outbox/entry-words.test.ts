import { describe, expect, it } from "vitest";
import type { OutboxEntry, OutboxState, Problem, ProblemCode } from "../../platform/contract";
import {
  entryKind,
  entryTitle,
  mainAction,
  needsCorrection,
  needsSettings,
  needsSignIn,
  notDiscardable,
  notEditable,
  standing,
} from "./entry-words";

const NOW = new Date(2026, 10, 17, 6, 35).getTime();
const problem = (code: ProblemCode): Problem => ({
  code,
  message: "Why it is so.",
  retryable: true,
});

type Checking = Extract<OutboxState, { state: "checking" }>;

function checking(patch: Partial<Checking>): Checking {
  return {
    state: "checking",
    since: NOW - 6 * 60_000,
    nextCheckAt: NOW + 30_000,
    settlesAt: NOW + 4 * 60_000,
    goesAgain: false,
    overdue: false,
    ...patch,
  };
}

function entry(state: OutboxState, patch: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    id: "1",
    kind: "reply",
    account: "a",
    case: "c",
    subject: "Search lags",
    priority: null,
    files: 0,
    bytes: 0,
    state,
    tries: 1,
    createdAt: NOW - 8 * 60_000,
    editable: true,
    discardable: true,
    mayBeWithEco: false,
    sentAgain: null,
    notYetWithEco: false,
    ...patch,
  };
}

describe("an entry", () => {
  it("is named by what it does", () => {
    const names = (["report", "reply", "resolve"] as const).map((kind) =>
      entryTitle({ kind, subject: "Search lags" }),
    );
    expect(names).toEqual(["Search lags", "Re: Search lags", "Resolve: Search lags"]);
  });

  it("says its priority and what it carries", () => {
    const report = entry(
      { state: "queued" },
      { kind: "report", priority: "high", files: 2, bytes: 4_613_734 },
    );
    expect(entryKind(report)).toBe("New incident, High · 2 files, 4.4 MB");
    expect(entryKind(entry({ state: "queued" }))).toBe("Reply");
  });
});

describe("where an entry stands", () => {
  it("waits with a countdown, the reason and the tries", () => {
    const state: OutboxState = {
      state: "waiting",
      nextTryAt: NOW + 40_000,
      problem: problem("network"),
    };
    expect(standing(entry(state, { tries: 3 }), NOW)).toEqual({
      sign: "pending",
      headline: "Waiting for the network, next try in 40 s",
      detail: "Why it is so. 3 tries since 06:27.",
    });
    expect(standing(entry(state), NOW + 40_000).headline).toBe(
      "Waiting for the network, next try now",
    );
  });

  it("is checked until AWS may have listed it, and says what happens then", () => {
    expect(standing(entry(checking({})), NOW)).toEqual({
      sign: "loading",
      headline: "Checking whether ECO has it",
      detail:
        "The answer got lost at 06:29; AWS may list it until 06:39. If it does not, you are asked what to do. Next check in 30 s.",
    });
    expect(standing(entry(checking({ goesAgain: true })), NOW).detail).toContain(
      "If it does not, it is sent again by itself, which may make it double.",
    );
  });

  it("asks its user where AWS does not list it in time", () => {
    expect(standing(entry(checking({ overdue: true })), NOW)).toEqual({
      sign: "warning",
      headline: "ECO may have it: decide",
      detail:
        "The answer got lost at 06:29, and AWS still does not list it. Send it again, which may make it double; report it another way; or wait. Next check in 30 s.",
    });
  });

  it("says when AWS's hourly limit is over", () => {
    const state: OutboxState = {
      state: "waiting",
      nextTryAt: NOW + 42 * 60_000,
      problem: problem("quota-reached"),
    };
    expect(standing(entry(state), NOW).headline).toBe(
      "Waiting for AWS's hourly limit: goes on at 07:17",
    );
  });

  it("says why it cannot be edited or discarded", () => {
    const known = entry(checking({}), { editable: false, mayBeWithEco: true });
    expect(notEditable(known)).toContain("ECO may have it already");
    expect(notDiscardable(known)).toBeNull();
    const sending = entry(
      { state: "sending", step: "message" },
      { editable: false, discardable: false },
    );
    expect(notEditable(sending)).toContain("being sent right now");
    expect(notDiscardable(sending)).toContain("being sent right now");
    expect(notEditable(entry({ state: "queued" }))).toBeNull();
  });

  it("tells apart what needs a sign-in and what needs a correction", () => {
    const stopped = (code: ProblemCode): OutboxState => ({
      state: "stopped",
      problem: problem(code),
    });
    expect(needsSignIn(stopped("credentials-expired"))).toBe(true);
    expect(needsSignIn(stopped("invalid-input"))).toBe(false);
    expect(needsCorrection(stopped("invalid-input"))).toBe(true);
    expect(needsCorrection(stopped("access-denied"))).toBe(false);
  });

  it.each<[ProblemCode, string, boolean]>([
    ["credentials-expired", "Needs sign-in", true],
    ["credentials", "Needs valid credentials", true],
    ["access-denied", "Not permitted", true],
    ["plan-missing", "Needs a support plan", true],
    ["proxy", "Not sent", true],
    ["certificate", "Not sent", true],
    ["invalid-input", "Has to be corrected", false],
    ["service", "Not sent", false],
  ])("stopped by %s: %s", (code, headline, settings) => {
    const state: OutboxState = { state: "stopped", problem: problem(code) };
    expect(standing(entry(state), NOW)).toMatchObject({
      sign: "warning",
      headline,
      detail: "Why it is so.",
    });
    expect(needsSettings(state)).toBe(settings);
  });

  it.each<[OutboxState, string | null]>([
    [{ state: "queued" }, null],
    [{ state: "sending", step: "files" }, null],
    [checking({}), "Check now"],
    [{ state: "waiting", nextTryAt: NOW, problem: problem("network") }, "Try now"],
    [{ state: "stopped", problem: problem("service") }, "Try again"],
  ])("%j offers %s", (state, action) => expect(mainAction(state)).toBe(action));
});
