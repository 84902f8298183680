// What became of the files that were dropped last, for each draft, until the user has seen it. It is told while the page
// may still be on its way to the draft.
import { useSyncExternalStore } from "react";
import type { DraftFile, DraftId } from "../platform/contract";

type Arrival = readonly DraftFile[];

const arrivals = new Map<DraftId, Arrival>();
const watchers = new Set<() => void>();

function tell(): void {
  for (const watcher of watchers) watcher();
}

/** Keeps what became of the files; what was told of earlier ones goes. */
export function filesArrived(draft: DraftId, files: Arrival): void {
  arrivals.set(draft, files);
  tell();
}

/** The user has seen it. */
export function arrivalSeen(draft: DraftId): void {
  if (arrivals.delete(draft)) tell();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** What became of the files that were dropped last into this draft; null where nothing is to be told. */
export function useArrival(draft: DraftId): Arrival | null {
  return useSyncExternalStore(watch, () => arrivals.get(draft) ?? null);
}
