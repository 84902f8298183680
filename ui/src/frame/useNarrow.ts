// Whether the window is too narrow for everything beside each other.
import { useSyncExternalStore } from "react";

/** Below this width, in CSS pixels, the navigation starts closed and lists get tighter. */
export const WIDE = 1000;

const QUERY = `(max-width: ${WIDE - 1}px)`;

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
}
