// Combinations of keys as they are written in the program: compared with what is pressed, and printed.

export const MAC = /Mac/.test(navigator.userAgent);

/** The single presses of a sequence: `g 1` is two. */
export function presses(key: string): string[] {
  return key === " " ? [key] : key.split(" ");
}

function split(press: string): { name: string; held: string[] } {
  // The last one may be the plus itself: `Ctrl++`.
  const at = press.lastIndexOf("+", press.length - 2);
  return at < 1
    ? { name: press, held: [] }
    : { name: press.slice(at + 1), held: press.slice(0, at).split("+") };
}

/** Whether the event is this press. On a Mac, Ctrl is the Command key. */
export function isPress(press: string, event: KeyboardEvent): boolean {
  const { name, held } = split(press);
  // Some layouts write signs with AltGr, which Windows reports as Ctrl and Alt.
  const sign = event.getModifierState("AltGraph");
  const ctrl = !sign && (event.ctrlKey || event.metaKey);
  const alt = !sign && event.altKey && (!MAC || name.length > 1 || held.includes("Alt"));
  if (held.includes("Ctrl") !== ctrl || held.includes("Alt") !== alt) return false;
  // What a sign needs Shift for depends on the keyboard.
  const shifted = name.length > 1 || /[a-z]/i.test(name);
  if (shifted && held.includes("Shift") !== event.shiftKey) return false;
  return event.key.toLowerCase() === name.toLowerCase();
}

/** Whether it is more than a sign that one would type. */
export function isCombined(event: KeyboardEvent): boolean {
  if (event.getModifierState("AltGraph")) return false;
  return event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
}

/** Whether it is only a key that is held with others. */
export function isModifier({ key }: KeyboardEvent): boolean {
  return ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock", "Dead"].includes(key);
}

const NAMES: Record<string, string> = {
  escape: "Esc",
  enter: "Enter",
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  pageup: "Page up",
  pagedown: "Page down",
  delete: "Del",
  "": "Space",
};
const ON_MAC: Record<string, string> = { ctrl: "⌘", alt: "⌥", shift: "⇧", enter: "⏎" };

function word(part: string, mac: boolean): string {
  const small = part.trim().toLowerCase();
  const known = (mac ? ON_MAC[small] : undefined) ?? NAMES[small];
  return known ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** The key tops of each press of it: `[["G"], ["1"]]`. */
export function printed(key: string, mac = MAC): string[][] {
  return presses(key).map((press) => {
    const { name, held } = split(press);
    return [...held, name].map((part) => word(part, mac));
  });
}

/** As one reads it out, for a title: `Ctrl+K`, `⌘K`, `G, then 1`. */
export function spelled(key: string, mac = MAC): string {
  return printed(key, mac)
    .map((tops) => tops.join(mac ? "" : "+"))
    .join(", then ");
}
