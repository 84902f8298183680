// The rows of the list, asked for by blocks as they come into view.
import { useQueries, useQueryClient } from "@tanstack/react-query";
import type { CaseKey, CasePage, CaseRow, Problem } from "../../platform/contract";
import { call } from "../../platform/platform";
import { useCommand } from "../../query/hooks";
import { commandKey } from "../../query/key";
import { BLOCK, caseQuery, type ListState } from "./list-query";

export interface Blocks {
  /** The first block's answer: counts, groups and matches. While another question is on its way, the last one's. */
  page: CasePage | undefined;
  /** Whether `page` answers an earlier question. */
  stale: boolean;
  pending: boolean;
  error: Problem | null;
  /** Why some of the rows that are in view could not be read. */
  partial: Problem | null;
  retry: () => void;
  /** The keys of the rows between two numbers, both included; those that are not known yet are read. */
  readRange: (low: number, high: number) => Promise<CaseKey[]>;
  /** The rows that are known, by their number from 0. */
  rows: ReadonlyMap<number, CaseRow>;
}

/** `from` and `to`: the numbers of the rows that are in view, `to` excluded. */
export function useBlocks(state: ListState, now: number, from: number, to: number): Blocks {
  const first = useCommand("case_list", { query: caseQuery(state, now) }, { keepPrevious: true });
  const begin = Math.max(1, Math.floor(from / BLOCK));
  const end = first.isPlaceholderData ? 0 : Math.ceil(to / BLOCK);
  const wanted = Array.from({ length: Math.max(0, end - begin) }, (_, at) => begin + at);
  const others = useQueries({
    queries: wanted.map((block) => {
      const query = caseQuery(state, now, block);
      return {
        queryKey: commandKey("case_list", { query }),
        queryFn: () => call("case_list", { query }),
      };
    }),
  });
  const client = useQueryClient();
  const readRange = async (low: number, high: number): Promise<CaseKey[]> => {
    const keys: CaseKey[] = [];
    for (let block = Math.floor(low / BLOCK); block * BLOCK <= high; block += 1) {
      const query = caseQuery(state, now, block);
      const page = await client.fetchQuery({
        queryKey: commandKey("case_list", { query }),
        queryFn: () => call("case_list", { query }),
        staleTime: Number.POSITIVE_INFINITY,
      });
      for (const [at, row] of page.rows.entries()) {
        const number = block * BLOCK + at;
        if (number >= low && number <= high) keys.push(row.key);
      }
    }
    return keys;
  };
  const rows = new Map<number, CaseRow>();
  const add = (block: number, page: CasePage | undefined) => {
    for (const [at, row] of (page?.rows ?? []).entries()) rows.set(block * BLOCK + at, row);
  };
  add(0, first.data);
  for (const [at, { data }] of others.entries()) add(begin + at, data);
  return {
    page: first.data,
    stale: first.isPlaceholderData,
    pending: first.isPending,
    error: first.error,
    // Rows that could not be read leave the others where they are.
    partial: (others.find(({ error }) => error)?.error as Problem | undefined) ?? null,
    retry: () => {
      void first.refetch();
      for (const other of others) if (other.isError) void other.refetch();
    },
    readRange,
    rows,
  };
}
