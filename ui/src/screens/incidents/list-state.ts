// The place in the list. Kept for the session, so that coming back from a case shows the same list.
import { useCallback, useState } from "react";
import { type ListState, STORED_AS, storedList } from "./list-query";

/** The state, and a change of it; whatever changes the question goes back to page 1. */
export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const [state, setState] = useState(storedList);
  const change = useCallback((part: Partial<ListState>) => {
    setState((before) => {
      const sameQuestion = "selected" in part || "page" in part;
      const next = { ...before, ...(sameQuestion ? {} : { page: 1 }), ...part };
      try {
        sessionStorage.setItem(STORED_AS, JSON.stringify(next));
      } catch {
        // As above.
      }
      return next;
    });
  }, []);
  return [state, change];
}
