// What is true of each account's list: as of when it is, when it is read next, and since when and why it is not.
import { problemTitle } from "../format/words";
import type { Account, Problem, SyncStatus } from "../platform/contract";

export interface AccountTruth {
  account: Account;
  /** `fresh`: nothing to do. `partly`: something was left out. `stale`: the last try failed. `first`: nothing yet. */
  state: "fresh" | "partly" | "stale" | "first";
  syncedAt: number | null;
  running: boolean;
  /** About when it is read next, where that is known. */
  nextAt: number | null;
  /** Why it is stale, or what was left out. */
  problem: Problem | null;
}

/** One for each account, in their order. */
export function truths(
  accounts: readonly Account[],
  statuses: readonly SyncStatus[],
  pollSeconds: number | undefined,
): AccountTruth[] {
  return accounts.flatMap((account) => {
    const status = statuses.find((known) => known.account === account.id);
    const failed = account.connection.state === "failed" ? account.connection.problem : null;
    const problem = status?.problem ?? failed;
    const syncedAt = status?.syncedAt ?? null;
    const gap = status?.gap ?? null;
    return [
      {
        account,
        state: problem ? "stale" : syncedAt === null ? "first" : gap ? "partly" : "fresh",
        syncedAt,
        running: status?.running ?? false,
        nextAt:
          problem || syncedAt === null || pollSeconds === undefined
            ? null
            : syncedAt + pollSeconds * 1000,
        problem: problem ?? gap,
      } as const,
    ];
  });
}

export interface Summary {
  sign: "success" | "warning" | "pending";
  text: string;
}

/** All accounts in a few words, none of which says more than is true of all. `ago`: "20 s ago". */
export function summary(
  all: readonly AccountTruth[],
  now: number,
  ago: (at: number, now: number) => string,
): Summary | null {
  if (all.length === 0) return null;
  const stale = all.filter(({ state }) => state === "stale");
  const times = all.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [syncedAt]));
  const oldest = (of: readonly AccountTruth[]) => {
    const known = of.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [syncedAt]));
    return known.length === of.length && known.length > 0 ? Math.min(...known) : null;
  };
  if (stale.length > 0) {
    const why = problemTitle(stale[0]?.problem?.code ?? "network");
    if (stale.length < all.length) {
      const fine = oldest(all.filter(({ state }) => state !== "stale"));
      const when = fine === null ? "" : `, ${ago(fine, now)}`;
      const synced = all.filter(({ state }) => state === "fresh" || state === "partly").length;
      return { sign: "warning", text: `${synced} of ${all.length} accounts synced${when}. ${why}` };
    }
    const when = oldest(all);
    return {
      sign: "warning",
      text: `${when === null ? "Not synced yet" : `Synced ${ago(when, now)}`}. ${why}`,
    };
  }
  if (times.length < all.length) {
    return {
      sign: "pending",
      text: all.some(({ running }) => running) ? "First sync is running" : "Not synced yet",
    };
  }
  const when = ago(Math.min(...times), now);
  if (all.some(({ state }) => state === "partly")) {
    return { sign: "warning", text: `Synced ${when}, but not everything` };
  }
  return { sign: "success", text: `Synced ${when}` };
}

/** "next in 40 s"; nothing where it is due or under way. */
export function nextWords(
  { nextAt, syncedAt, running }: Pick<AccountTruth, "nextAt" | "syncedAt" | "running">,
  now: number,
): string {
  if (running) return "asking AWS now";
  // The page's time moves in steps, and may stand before the last sync.
  const from = Math.max(now, syncedAt ?? now);
  const seconds = nextAt === null ? 0 : Math.round((nextAt - from) / 1000);
  if (seconds <= 0) return "";
  return seconds < 120 ? `next in ${seconds} s` : `next in ${Math.round(seconds / 60)} min`;
}
