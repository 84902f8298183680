// From which width on everything fits beside each other.

/** Below this width, in CSS pixels, the navigation starts closed and lists get tighter. */
export const WIDE = 1000;

/** The media query of a window that is narrower. */
export const NARROW = `(max-width: ${WIDE - 1}px)`;
