// Instants and lengths of time in words. Instants are milliseconds since 1970 in UTC, as the core
// gives them; shown in the computer's own zone.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long ago is told in days before the day itself is named. */
const RECENT = 14 * DAY;

/** Formats as Britain does. Made when first used: each costs a start some milliseconds. */
export function format(options: Intl.DateTimeFormatOptions): (at: number) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (at) => {
    made ??= new Intl.DateTimeFormat("en-GB", options);
    return made.format(at);
  };
}

const clockFormat = format({ hour: "2-digit", minute: "2-digit" });
const dayFormat = format({ day: "numeric", month: "short" });
const dayYearFormat = format({ day: "numeric", month: "short", year: "numeric" });
const fullFormat = format({
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});
const utcFormat = format({
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const longDayFormat = format({ weekday: "long", day: "numeric", month: "long" });

export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** "06:34". */
export function clock(at: number): string {
  return clockFormat(at);
}

/** "16 Nov", with the year where it is another one. */
export function day(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayFormat : dayYearFormat)(at);
}

/** "06:34" today, "16 Nov 21:20" this year, "16 Nov 2025" before. */
export function moment(at: number, now: number): string {
  if (sameDay(at, now)) return clock(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear ? `${day(at, now)} ${clock(at)}` : day(at, now);
}

/** "today 04:38", "yesterday 21:20", "16 Nov 21:20". */
export function dayAndClock(at: number, now: number): string {
  if (sameDay(at, now)) return `today ${clock(at)}`;
  if (sameDay(at, now - DAY)) return `yesterday ${clock(at)}`;
  return `${day(at, now)} ${clock(at)}`;
}

/** "Today, Tuesday 17 November": the mark between the days of a correspondence. */
export function dayMark(at: number, now: number): string {
  const long = longDayFormat(at).replace(",", "");
  if (sameDay(at, now)) return `Today, ${long}`;
  if (sameDay(at, now - DAY)) return `Yesterday, ${long}`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear ? long : `${long} ${new Date(at).getFullYear()}`;
}

/** Everything, for the hover: "Tue, 17 Nov 2026, 06:34 CET (17 Nov, 05:34 UTC)". */
export function absolute(at: number): string {
  return `${fullFormat(at)} (${utcFormat(at)} UTC)`;
}

/** "just now", "4 min ago", "2 h ago", "3 d ago", then the day. For what has happened, by clocks that may differ. */
export function relative(at: number, now: number): string {
  const ago = now - at;
  if (ago < MINUTE) return "just now";
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min ago`;
  if (ago < DAY) return `${Math.floor(ago / HOUR)} h ago`;
  if (ago < RECENT) return `${Math.floor(ago / DAY)} d ago`;
  return day(at, now);
}

/** What `relative` leaves open: the clock alone where that says the day or today is meant, else the day with it. */
export function completing(at: number, now: number): string {
  return now - at < RECENT ? moment(at, now) : clock(at);
}

/** "in a moment", "in 5 min". For what is to come, and may be due already. */
export function upcoming(at: number, now: number): string {
  const left = at - now;
  return left < MINUTE ? "in a moment" : `in ${span(left)}`;
}

/** Like `relative`, with seconds: "2 s ago". For what has just happened on this computer. */
export function relativeSeconds(at: number, now: number): string {
  const ago = Math.max(0, now - at);
  if (ago < 2000) return "just now";
  if (ago < MINUTE) return `${Math.floor(ago / 1000)} s ago`;
  return relative(at, now);
}

/** A length of time from milliseconds: "40 s", "9 min", "1 h 12 min", "2 d 3 h". */
export function span(ms: number): string {
  if (ms < MINUTE) return `${Math.max(1, Math.round(ms / 1000))} s`;
  return minutes(Math.round(ms / MINUTE));
}

/** A length of time from minutes: "9 min", "1 h 12 min", "2 d 3 h". */
export function minutes(count: number): string {
  if (count < 60) return `${Math.max(0, Math.round(count))} min`;
  const hours = Math.floor(count / 60);
  const rest = Math.round(count % 60);
  if (hours < 24) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** The roughest fitting unit: "2 h", "3 d". For places with little room. */
export function roughSpan(ms: number): string {
  if (ms < HOUR) return `${Math.max(0, Math.floor(ms / MINUTE))} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}
