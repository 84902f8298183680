// What the outbox holds for accounts that cannot be used, in words.
import type { Account, OutboxEntry, OutboxState } from "../platform/contract";

/** Whether nobody has to do anything for it to be tried. */
function isTried({ state }: OutboxState): boolean {
  switch (state) {
    case "queued":
    case "sending":
    case "checking":
    case "waiting":
      return true;
    case "stopped":
      return false;
  }
}

/** Sentences with a space before each; empty where nothing waits. */
export function whatWaits(accounts: readonly Account[], outbox: readonly OutboxEntry[]): string {
  const ids = new Set(accounts.map(({ id }) => id));
  const waiting = outbox.filter(({ account }) => ids.has(account));
  // The entries of a case go one after the other: behind one that has stopped, none goes.
  const stopped = new Set(
    waiting.filter(({ state }) => !isTried(state)).map((entry) => entry.case),
  );
  const staying = waiting.filter((entry) => stopped.has(entry.case)).length;
  return goingWords(waiting.length - staying) + stayingWords(staying);
}

function goingWords(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? " One entry of the outbox waits for it and is then sent by itself."
    : ` ${count} entries of the outbox wait for it and are then sent by themselves.`;
}

function stayingWords(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? " One entry stays in the outbox until you choose Try again there."
    : ` ${count} entries stay in the outbox until you choose Try again there.`;
}
