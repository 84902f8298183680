import { describe, expect, it } from "vitest";
import { relativeSeconds } from "../format/time";
import type { Account, SyncStatus } from "../platform/contract";
import * as fixtures from "../platform/fixtures";
import { nextWords, summary, truths } from "./sync-truth";

const NOW = Date.now();
const accounts = fixtures.accounts(NOW);

function status(at: number, change: Partial<SyncStatus> = {}): SyncStatus {
  const account = accounts[at]?.id ?? "";
  return { account, running: false, syncedAt: NOW - 20_000, problem: null, gap: null, ...change };
}

function said(known: readonly Account[], ...statuses: SyncStatus[]) {
  return summary(truths(known, statuses, 60), NOW, relativeSeconds);
}

describe("what the strip says of all accounts", () => {
  it("is the time of the one that is furthest behind", () => {
    const all = [status(0), status(1, { syncedAt: NOW - 50_000 }), status(2)];
    expect(said(accounts, ...all)).toEqual({ sign: "success", text: "Synced 50 s ago" });
  });

  it("never calls all synced while one is not", () => {
    const all = [status(0), status(1), status(2, { problem: fixtures.NETWORK })];
    expect(said(accounts, ...all)).toEqual({
      sign: "warning",
      text: "2 of 3 accounts synced, 20 s ago. AWS was not reached",
    });
  });

  it("counts an account that cannot be used as one that is not synced", () => {
    const broken = accounts.map(
      (account, at): Account =>
        at === 1
          ? { ...account, connection: { state: "failed", at: NOW, problem: fixtures.NETWORK } }
          : account,
    );
    expect(said(broken, status(0), status(1), status(2))?.text).toMatch(/^2 of 3 accounts synced/);
  });

  it("says how old the list is where nothing could be read", () => {
    const late = { syncedAt: NOW - 430_000, problem: fixtures.NETWORK };
    const all = [status(0, late), status(1, late), status(2, late)];
    expect(said(accounts, ...all)?.text).toBe("Synced 7 min ago. AWS was not reached");
  });

  it("says that a first sync is running", () => {
    const all = [status(0), status(1, { syncedAt: null, running: true }), status(2)];
    expect(said(accounts, ...all)).toEqual({ sign: "pending", text: "First sync is running" });
  });

  it("says nothing without an account", () => {
    expect(said([])).toBeNull();
  });
});

describe("when an account is read next", () => {
  it("is told where it is known", () => {
    const [fresh] = truths(accounts.slice(0, 1), [status(0)], 60);
    expect(fresh && nextWords(fresh, NOW)).toBe("next in 40 s");
    const [slow] = truths(accounts.slice(0, 1), [status(0)], 600);
    expect(slow && nextWords(slow, NOW)).toBe("next in 10 min");
    const [due] = truths(accounts.slice(0, 1), [status(0)], 10);
    expect(due && nextWords(due, NOW)).toBe("");
    const [failed] = truths(accounts.slice(0, 1), [status(0, { problem: fixtures.NETWORK })], 60);
    expect(failed && nextWords(failed, NOW)).toBe("");
  });
});
