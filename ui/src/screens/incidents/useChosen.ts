// Several rows that are chosen together, with Ctrl and Shift.
import { useCallback, useState } from "react";
import type { CaseKey } from "../../platform/contract";

export interface Chosen {
  keys: ReadonlySet<CaseKey>;
  toggle: (key: CaseKey, selected: CaseKey | null) => void;
  set: (keys: readonly CaseKey[]) => void;
  clear: () => void;
}

const NONE: ReadonlySet<CaseKey> = new Set();

export function useChosen(): Chosen {
  const [keys, setKeys] = useState(NONE);
  const toggle = useCallback((key: CaseKey, selected: CaseKey | null) => {
    setKeys((before) => {
      // The first one that is added joins the one that is selected.
      const next = new Set(before.size === 0 && selected !== null ? [selected] : before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const set = useCallback((chosen: readonly CaseKey[]) => setKeys(new Set(chosen)), []);
  const clear = useCallback(() => setKeys((before) => (before.size === 0 ? before : NONE)), []);
  return { keys, toggle, set, clear };
}
