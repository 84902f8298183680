// The window's width as the frame and its panes need it.
import { useSyncExternalStore } from "react";
import { type Room, roomOf } from "./wide";

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

/** Changes only where the layout does, not with each pixel. */
export function useRoom(): Room {
  return useSyncExternalStore(subscribe, () => roomOf(window.innerWidth));
}
