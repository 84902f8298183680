// The place in the list: one for the whole window, read by the list and by the navigation. Kept for the session.
import { useSyncExternalStore } from "react";
import { type ListState, type Order, orderOf, STORED_AS, storedList } from "./list-query";

let state: ListState | null = null;
const listeners = new Set<() => void>();

/** How far each view was scrolled, in pixels. */
const scrolled = new Map<string, number>();

/** The place as it is now. */
export function listState(): ListState {
  state ??= storedList();
  return state;
}

/** Changes the place. */
export function changeList(part: Partial<ListState>): void {
  state = { ...listState(), ...part };
  try {
    sessionStorage.setItem(STORED_AS, JSON.stringify(state));
  } catch {
    // A refused storage costs the place in the list, nothing else.
  }
  for (const listener of listeners) listener();
}

/** Changes the order of the view that is shown. */
export function changeOrder(part: Partial<Order>): void {
  const now = listState();
  changeList({ orders: { ...now.orders, [now.view]: { ...orderOf(now), ...part } } });
}

/** How far the view was scrolled when it was left. */
export function scrollOf(view: string): number {
  return scrolled.get(view) ?? 0;
}

/** Remembers how far a view is scrolled. */
export function keepScroll(view: string, top: number): void {
  scrolled.set(view, top);
}

/** Reads the place anew from the session's storage: for tests. */
export function resetList(): void {
  state = null;
  scrolled.clear();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place, and the function that changes it. */
export function useListState(): [ListState, typeof changeList] {
  return [useSyncExternalStore(subscribe, listState), changeList];
}
