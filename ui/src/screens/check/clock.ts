// How far off this computer's clock is, in words.
import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { count } from "../../format/size";

/** AWS refuses signatures that are made more than five minutes off. */
const REFUSED = 5 * 60;
/** From here on times in the list look wrong. */
const NOTICED = 60;

function length(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : count(Math.round(seconds / 60), "minute");
}

export function clockWords(ahead: number | null): {
  type: StatusIndicatorProps.Type;
  text: string;
} {
  if (ahead === null) return { type: "pending", text: "Not known" };
  const off = Math.abs(ahead);
  if (off <= 1) return { type: "success", text: "Right" };
  const text = `${length(off)} ${ahead > 0 ? "fast" : "slow"}`;
  if (off >= REFUSED) return { type: "error", text: `${text}: set it right` };
  if (off >= NOTICED) return { type: "warning", text: `${text}: set it right` };
  return { type: "success", text: `${text}, fine` };
}
