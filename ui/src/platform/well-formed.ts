// Text as the core can read it. A string of JavaScript may hold half a surrogate pair (Windows programs put such text
// on the clipboard); it is no Unicode, JSON parsers refuse it, and with it the whole command.

/** With the `u` flag a whole pair counts as one character, so only lone halves match. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The value with each lone surrogate in its texts replaced by U+FFFD; the same object where there is none. */
export function wellFormed<T>(value: T): T {
  return replaced(value) as T;
}

function replaced(value: unknown): unknown {
  if (typeof value === "string") return value.replace(LONE_SURROGATE, "\uFFFD");
  if (Array.isArray(value)) {
    const items = value.map(replaced);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value);
  const changed = entries.map(([key, part]) => [replaced(key) as string, replaced(part)] as const);
  const same = changed.every(([key, part], index) => {
    const before = entries[index];
    return before !== undefined && before[0] === key && before[1] === part;
  });
  return same ? value : Object.fromEntries(changed);
}

/** Whether it is made of data alone; a channel of Tauri, say, goes as it is. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
