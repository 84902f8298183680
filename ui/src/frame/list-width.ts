// How wide the list is beside the case: dragged, kept on this computer, and never so wide that a case has no room.
import { useCallback, useState } from "react";
import type { Room } from "./wide";

const STORED_AS = "eco-desk.list-width";
export const NARROWEST = 320;
export const WIDEST = 620;
/** What a case needs. */
const CASE = 400;

/** Until the edge has been dragged. */
const FIRST: Record<Room, number> = { "one-pane": 384, icons: 384, names: 412, spacious: 520 };

/** The width that fits where both panes together have `available` pixels. */
export function fitting(width: number, available: number): number {
  const widest = Math.max(NARROWEST, Math.min(WIDEST, available - CASE));
  return Math.round(Math.min(widest, Math.max(NARROWEST, width)));
}

function stored(): number | null {
  try {
    const width = Number(localStorage.getItem(STORED_AS));
    return Number.isFinite(width) && width > 0 ? width : null;
  } catch {
    // Refused storage costs the dragged width, nothing else.
    return null;
  }
}

/** The list's width before the frame is there to measure: beside a navigation with names or with icons. */
export function listWidth(room: Room, icons: boolean): number {
  return fitting(stored() ?? FIRST[room], window.innerWidth - (icons ? 48 : 208));
}

export interface ListWidth {
  /** As chosen, or as the room suggests. */
  width: number;
  change: (width: number) => void;
  /** Back to what the room suggests. */
  reset: () => void;
}

export function useListWidth(room: Room): ListWidth {
  const [chosen, setChosen] = useState(stored);
  const change = useCallback((width: number) => {
    setChosen(width);
    try {
      localStorage.setItem(STORED_AS, String(width));
    } catch {
      // As above.
    }
  }, []);
  const reset = useCallback(() => {
    setChosen(null);
    try {
      localStorage.removeItem(STORED_AS);
    } catch {
      // As above.
    }
  }, []);
  return { width: chosen ?? FIRST[room], change, reset };
}
