// The numbers in the navigation.
import { useCommand } from "../query/hooks";

export interface Counts {
  unread: number;
  /** Drafts and outbox entries together. */
  waiting: number;
}

export function useCounts(): Counts {
  const cases = useCommand("case_counts", {});
  const drafts = useCommand("draft_list", {});
  const outbox = useCommand("outbox_list", {});
  return {
    unread: cases.data?.unread ?? 0,
    waiting: (drafts.data?.length ?? 0) + (outbox.data?.length ?? 0),
  };
}
