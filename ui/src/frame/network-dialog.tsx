// The network settings over whatever is on the screen: who is not connected yet, or is told of a proxy in the middle
// of something, sets it right without leaving what was typed there.

import Button from "@cloudscape-design/components/button";
import { useSyncExternalStore } from "react";
import type { ProblemCode } from "../platform/contract";

let open = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  open = next;
  for (const listener of listeners) listener();
}

export const networkDialog = { open: () => set(true), close: () => set(false) };

export function useNetworkDialog(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}

/** Whether the network settings may mend it. */
export function isOfNetwork(code: ProblemCode): boolean {
  return code === "network" || code === "proxy" || code === "certificate";
}

export function NetworkButton() {
  return (
    <Button onClick={networkDialog.open} data-testid="network-settings">
      Network settings
    </Button>
  );
}
