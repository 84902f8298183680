// The numbers in the navigation.
import type { CaseQuery } from "../platform/contract";
import { useCommand } from "../query/hooks";

/** The cheapest question that answers with the counts. */
export const COUNTS_QUERY: CaseQuery = {
  view: "all",
  text: "",
  accounts: [],
  priorities: [],
  statuses: [],
  reporters: [],
  withAttachment: false,
  updatedAfter: null,
  sort: "updated",
  descending: true,
  offset: 0,
  limit: 1,
};

export interface Counts {
  unread: number;
  /** Drafts and outbox entries together. */
  waiting: number;
}

export function useCounts(): Counts {
  const cases = useCommand("case_list", { query: COUNTS_QUERY });
  const drafts = useCommand("draft_list", {});
  const outbox = useCommand("outbox_list", {});
  return {
    unread: cases.data?.counts.unread ?? 0,
    waiting: (drafts.data?.length ?? 0) + (outbox.data?.length ?? 0),
  };
}
