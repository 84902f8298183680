import { describe, expect, it } from "vitest";
import type { OutboxEntry, OutboxState } from "../platform/contract";
import * as fixtures from "../platform/fixtures";
import { mainAction } from "../screens/outbox/entry-words";
import { whatWaits } from "./what-waits";

const NOW = Date.now();
const problem = { code: "service" as const, message: "Why.", retryable: true };
const queued: OutboxState = { state: "queued" };
const sending: OutboxState = { state: "sending", step: "files" };
const checking: OutboxState = {
  state: "checking",
  since: NOW,
  nextCheckAt: NOW,
  settlesAt: NOW,
  goesAgain: false,
  overdue: false,
};
const waiting: OutboxState = { state: "waiting", nextTryAt: NOW, problem };
const stopped: OutboxState = { state: "stopped", problem };

function entry(state: OutboxState, key: string, account = fixtures.PRODUCTION): OutboxEntry {
  return { ...fixtures.unsentHighReport(NOW), account, state, case: key };
}

describe("what waits for accounts that cannot be used", () => {
  const held = fixtures.accounts(NOW).filter(({ id }) => id === fixtures.PRODUCTION);
  const ONE_GOES = " One entry of the outbox waits for it and is then sent by itself.";
  const ONE_STAYS = " One entry stays in the outbox until you choose Try again there.";
  const TWO_STAY = " 2 entries stay in the outbox until you choose Try again there.";

  it.each<[string, [OutboxState, string][], string]>([
    ["nothing", [], ""],
    ["what is queued", [[queued, "a"]], ONE_GOES],
    [
      "whatever is tried by itself",
      [
        [queued, "a"],
        [sending, "b"],
        [checking, "c"],
        [waiting, "d"],
      ],
      " 4 entries of the outbox wait for it and are then sent by themselves.",
    ],
    ["what has stopped", [[stopped, "a"]], ONE_STAYS],
    [
      "several that have stopped",
      [
        [stopped, "a"],
        [stopped, "b"],
      ],
      TWO_STAY,
    ],
    [
      "what has stopped beside what has not",
      [
        [waiting, "a"],
        [stopped, "b"],
      ],
      ONE_GOES + ONE_STAYS,
    ],
    [
      "what stands behind a stopped one of its case",
      [
        [stopped, "a"],
        [queued, "a"],
        [queued, "b"],
      ],
      ONE_GOES + TWO_STAY,
    ],
  ])("%s", (_, entries, words) => {
    const outbox = entries.map(([state, key]) => entry(state, key));
    expect(whatWaits(held, outbox)).toBe(words);
  });

  it("is of no other accounts", () => {
    const outbox = [entry(queued, "a", fixtures.TEST), entry(stopped, "b", fixtures.TEST)];
    expect(whatWaits(held, outbox)).toBe("");
  });

  it("names the button as the outbox does", () => {
    expect(whatWaits(held, [entry(stopped, "a")])).toContain(`${mainAction(stopped)} there`);
  });
});
