// From which widths on what fits beside what, in CSS pixels.

/** Below this width lists get tighter. */
export const WIDE = 1000;

/** The media query of a window that is narrower. */
export const NARROW = `(max-width: ${WIDE - 1}px)`;

/** From here on the list and the case stand side by side; below, one of them alone. */
const SIDE_BY_SIDE = 960;
/** From here on the navigation shows names; below, icons. */
const NAMES = 1280;
const SPACIOUS = 1600;

/** How much room the window has: one pane; icons and two panes; names and two panes; wider panes. */
export type Room = "one-pane" | "icons" | "names" | "spacious";

export function roomOf(width: number): Room {
  if (width < SIDE_BY_SIDE) return "one-pane";
  if (width < NAMES) return "icons";
  return width < SPACIOUS ? "names" : "spacious";
}
