// The cache of what the core told. Nothing in it grows old by itself: the core says what changed, and each command's
// declaration which answers that puts out of date.

import { type Query as Cached, QueryClient } from "@tanstack/react-query";
import type { Change } from "../platform/contract";
import { asProblem } from "../platform/platform";
import { STALE } from "../platform/rules";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        // The core answers from its own disk; only a throttled or busy one is worth one more try.
        retry: (failures, thrown) => failures < 1 && asProblem(thrown).code === "throttled",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** Drops what `changes` name; everything where the list is empty. */
export function drop(client: QueryClient, changes: readonly Change[]): void {
  const predicate = (cached: Cached) => changes.some((change) => isStale(cached.queryKey, change));
  void client.invalidateQueries(changes.length === 0 ? {} : { predicate });
}

function isStale([name, args]: readonly unknown[], change: Change): boolean {
  const of: Readonly<Record<string, unknown>> = change;
  return STALE[change.what].some(
    ({ query, argument, member }) =>
      query === name &&
      (argument === undefined ||
        member === undefined ||
        (args as Readonly<Record<string, unknown>> | undefined)?.[argument] === of[member]),
  );
}
