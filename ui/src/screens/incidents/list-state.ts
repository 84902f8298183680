// The place in the list: one for the whole window, read by the list and by the navigation. Kept for the session.
import { useSyncExternalStore } from "react";
import { type ListState, STORED_AS, storedList } from "./list-query";

let state: ListState | null = null;
const listeners = new Set<() => void>();

/** The place as it is now. */
export function listState(): ListState {
  state ??= storedList();
  return state;
}

/** Changes the place; whatever changes the question goes back to page 1. */
export function changeList(part: Partial<ListState>): void {
  const sameQuestion = "selected" in part || "page" in part;
  state = { ...listState(), ...(sameQuestion ? {} : { page: 1 }), ...part };
  try {
    sessionStorage.setItem(STORED_AS, JSON.stringify(state));
  } catch {
    // A refused storage costs the place in the list, nothing else.
  }
  for (const listener of listeners) listener();
}

/** Reads the place anew from the session's storage: for tests. */
export function resetList(): void {
  state = null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place, and the function that changes it. */
export function useListState(): [ListState, typeof changeList] {
  return [useSyncExternalStore(subscribe, listState), changeList];
}
