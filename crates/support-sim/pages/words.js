// How times, statuses and sizes are said. Times pass as the sim's clock does.

let shown = 0;
let at = 0;
let rate = 1;

/** Sets the clock that everything here goes by. */
export function setClock(clock) {
  shown = Date.parse(clock.now);
  at = performance.now();
  rate = clock.rate;
}

/** The sim's time now, in milliseconds. */
export function now() {
  return shown + (performance.now() - at) * rate;
}

const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

/** `22 Nov 2026, 07:00:12 UTC` */
export function moment(time) {
  return `${full.format(typeof time === "string" ? Date.parse(time) : time)} UTC`;
}

/** `8 s`, `12 min`, `3 h 20 min`, `5 days` */
export function length(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 && hours < 10 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** `just now`, `5 min ago`, `in 8 s` */
export function ago(time) {
  const passed = now() - Date.parse(time);
  if (passed < -500) return `in ${length(-passed)}`;
  return passed < 5000 ? "just now" : `${length(passed)} ago`;
}

/** A `time` element whose words stay true. */
export function since(element, time) {
  element.dateTime = time;
  element.title = moment(time);
  element.dataset.ago = time;
  element.textContent = ago(time);
  return element;
}

/** Brings all of them up to date. */
export function tick() {
  for (const element of document.querySelectorAll("time[data-ago]")) {
    const text = ago(element.dataset.ago);
    if (element.textContent !== text) element.textContent = text;
  }
}

const STATUSES = {
  unassigned: ["Unassigned", "new"],
  opened: ["Opened", "work"],
  "work-in-progress": ["Work in progress", "work"],
  "pending-customer-action": ["Pending customer action", "wait"],
  "customer-action-completed": ["Customer action completed", "new"],
  reopened: ["Reopened", "new"],
  resolved: ["Resolved", "done"],
};

export const statusCodes = Object.keys(STATUSES);

export function status(code) {
  return STATUSES[code]?.[0] ?? code;
}

/** What kind of status it is, for its colour. */
export function statusKind(code) {
  return STATUSES[code]?.[1] ?? "";
}

export const severities = [
  ["low", "Low (low)"],
  ["normal", "Low (normal)"],
  ["high", "Medium (high)"],
  ["urgent", "High (urgent)"],
  ["critical", "High (critical)"],
];

/** `AdminRole (Role) <jane@example.com>` as people say it. */
export function person(author) {
  return author === "Amazon Web Services" ? "ECO" : author;
}

export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(bytes < 1e4 ? 1 : 0)} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
