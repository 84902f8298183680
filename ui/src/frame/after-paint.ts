// What may come after the first screen. Somebody who opens the window wants to see the list; what one can
// only use after having seen it is loaded and drawn behind that.
import { useEffect, useSyncExternalStore } from "react";
import { call } from "../platform/platform";

const waiting = new Set<() => void>();
let painted = false;

/** Once: the first screen is there. */
export function firstScreenIsThere(): void {
  painted = true;
  for (const wake of [...waiting]) wake();
  waiting.clear();
}

function subscribe(wake: () => void): () => void {
  waiting.add(wake);
  return () => {
    waiting.delete(wake);
  };
}

/** False until the first screen is there, then true for good. */
export function useAfterPaint(): boolean {
  return useSyncExternalStore(subscribe, () => painted);
}

/** Called by a screen that may be the first: `ready` once it shows what it is for. */
export function useFirstPaint(ready: boolean): void {
  useEffect(() => {
    if (!ready || painted) return;
    // Two frames: the first is being made, the second begins when it is on the screen.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        if (painted) return;
        // The shell begins with its own work then; it does so a little later without this, too.
        call("app_painted", { stage: "whole" }).catch(() => undefined);
        firstScreenIsThere();
      });
    });
  }, [ready]);
}
