// Opening hours in the user's words and time zone.
import { clock, day, format, sameDay } from "../../format/time";
import type { Opening } from "../../platform/contract";

const DAY = 24 * 60 * 60 * 1000;
const weekday = format({ weekday: "short" });

/** A clock time, with the day where it is not today: `20:00`, `Mon 07:00`, `24 Dec 07:00`. */
export function clockTime(at: number, now: number): string {
  if (sameDay(at, now)) return clock(at);
  // A weekday says enough only while the same one does not come again.
  return `${at - now < 6 * DAY ? weekday(at) : day(at, now)} ${clock(at)}`;
}

/** What a tile says of its hours. */
export function openingWords(opening: Opening, now: number): string {
  switch (opening.state) {
    case "always":
      return "Always open";
    case "open":
      return `Open now, until ${clockTime(opening.until, now)}`;
    case "closed":
      return opening.opensAt === null
        ? "Closed now"
        : `Closed, opens ${clockTime(opening.opensAt, now)}`;
    case "not-offered":
      return "Not offered here";
    case "unknown":
      return "Hours not known";
  }
}

/** When the first of these states ends; null when none does by itself. */
export function nextTurn(openings: readonly Opening[], now: number): number | null {
  const turns = openings.flatMap((opening) => {
    if (opening.state === "open") return [opening.until];
    if (opening.state === "closed" && opening.opensAt !== null) return [opening.opensAt];
    return [];
  });
  const coming = turns.filter((turn) => turn > now);
  return coming.length === 0 ? null : Math.min(...coming);
}

/** The user's time zone with its short name: `Europe/Oslo (CET)`. */
export function zoneWords(now: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" });
  const zone = format.resolvedOptions().timeZone;
  const short = format.formatToParts(now).find((part) => part.type === "timeZoneName")?.value;
  return short === undefined || short === zone ? zone : `${zone} (${short})`;
}
