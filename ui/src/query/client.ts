// The cache of what the core told. Nothing in it grows old by itself: the core says what changed.
import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "../platform/platform";

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
