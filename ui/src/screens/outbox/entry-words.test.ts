import { describe, expect, it } from "vitest";
import type { OutboxEntry, OutboxState, Problem, ProblemCode } from "../../platform/contract";
import { entryKind, entryTitle, mainAction, needsSettings, standing } from "./entry-words";

const NOW = new Date(2026, 10, 17, 6, 35).getTime();
const problem = (code: ProblemCode): Problem => ({
  code,
  message: "Why it is so.",
  retryable: true,
});

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

  it("is checked, and not sent again before it is known", () => {
    const state: OutboxState = {
      state: "checking",
      since: NOW - 6 * 60_000,
      nextCheckAt: NOW + 30_000,
    };
    expect(standing(entry(state), NOW).detail).toBe(
      "The answer got lost at 06:29. Not sent again before we know. Next check in 30 s.",
    );
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
    [{ state: "checking", since: NOW, nextCheckAt: NOW }, "Check now"],
    [{ state: "waiting", nextTryAt: NOW, problem: problem("network") }, "Try now"],
    [{ state: "stopped", problem: problem("service") }, "Try again"],
  ])("%j offers %s", (state, action) => expect(mainAction(state)).toBe(action));
});
