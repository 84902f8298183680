// Keyboard shortcuts. Whatever is on screen registers its own; the innermost wins, and the status
// strip shows those that have a label. A single letter never fires while somebody types.
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface KeyBinding {
  /** `n`, `/`, `Escape`, `Enter`, `Ctrl+Enter`, `Alt+ArrowLeft`. `Ctrl` is also the Mac's Command. */
  key: string;
  run: (event: KeyboardEvent) => void;
  /** Shown in the status strip; neighbours with the same label share it. */
  label?: string;
  /** What it does, as the palette and the sheet of all keys say it: "Reply to this incident". */
  title?: string;
  /** The heading that it stands under there: "Incidents", "Case", "Window". */
  group?: string;
  /** Also each time that the system repeats a key that is held down: for movement. */
  repeats?: boolean;
  /** Also while somebody types in a field; for combinations with Ctrl or Alt it always does. */
  inFields?: boolean;
}

interface Registered {
  base: boolean;
  bindings: () => readonly KeyBinding[];
}

let layers: readonly Registered[] = [];
let hints: readonly KeyBinding[] = [];
const listeners = new Set<() => void>();

function changed(): void {
  const next = layers
    .flatMap(({ bindings }) => bindings())
    .filter(({ label }) => label !== undefined);
  const seen = new Set<string>();
  hints = next.filter(({ key }) => !seen.has(key) && seen.add(key));
  for (const listener of listeners) listener();
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "submit", "file"].includes(target.type);
  }
  // A pane's own list is moved through by the keys that are registered for it.
  return (
    target.closest("[role=listbox]:not([data-pane-focus]), [role=menu], [role=combobox]") !== null
  );
}

/** Enter and Space belong to the control that has the focus. */
function activates(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("a, button, summary, [role=button]") !== null
  );
}

function dialogOpen(): boolean {
  return document.querySelector("[role=dialog]") !== null;
}

function matches(key: string, event: KeyboardEvent): boolean {
  const parts = key.split("+");
  const name = parts.pop() ?? "";
  const ctrl = parts.includes("Ctrl");
  const alt = parts.includes("Alt");
  if (ctrl !== (event.ctrlKey || event.metaKey) || alt !== event.altKey) return false;
  // Of a letter the system says itself what it is with Shift.
  if (name.length > 1 && parts.includes("Shift") !== event.shiftKey) return false;
  return event.key === name || event.key.toLowerCase() === name.toLowerCase();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const combined = event.ctrlKey || event.metaKey || event.altKey;
  const inField = typing(event.target);
  for (const layer of [...layers].reverse()) {
    for (const binding of layer.bindings()) {
      if (!matches(binding.key, event)) continue;
      if (inField && !combined && !binding.inFields) continue;
      if (event.key === "Enter" && !combined && activates(event.target)) continue;
      if (dialogOpen() && !insideDialog(event.target, binding)) continue;
      event.preventDefault();
      if (!event.repeat || binding.repeats) binding.run(event);
      return;
    }
  }
}

/** While a dialog is open only combinations pressed inside it count: Ctrl+Enter, say. */
function insideDialog(target: EventTarget | null, binding: KeyBinding): boolean {
  return (
    binding.key.includes("+") &&
    target instanceof HTMLElement &&
    target.closest("[role=dialog]") !== null
  );
}

/** Registers bindings while the component is mounted. `base`: those of the frame, which give way to
 * whatever else is on screen, however late that mounts. */
export function useKeys(bindings: readonly KeyBinding[], base = false): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const labels = bindings.map(({ key, label }) => `${key}:${label ?? ""}`).join(" ");
  useEffect(() => {
    const layer: Registered = { base, bindings: () => latest.current };
    if (layers.length === 0) document.addEventListener("keydown", onKeyDown);
    layers = base ? [layer, ...layers] : [...layers, layer];
    return () => {
      layers = layers.filter((other) => other !== layer);
      if (layers.length === 0) document.removeEventListener("keydown", onKeyDown);
      changed();
    };
  }, [base]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the strip changes with the labels
  useEffect(changed, [labels]);
}

/** The bindings that the status strip shows. */
export function useKeyHints(): readonly KeyBinding[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hints,
  );
}
