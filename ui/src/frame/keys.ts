// Keyboard shortcuts. Whatever is on screen registers its own; the innermost wins, and the status strip shows those
// that have a label, the palette and the sheet of all keys those that have a title. A single letter never fires while
// somebody types, nor in the moment in which a field opens.
import type { IconProps } from "@cloudscape-design/components/icon";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { isCombined, isModifier, isPress, presses } from "../keyboard/combination";
import { pressOf, type Scope, useScope, watchKeys } from "../keyboard/layers";

export interface KeyBinding {
  /** `n`, `/`, `Escape`, `Ctrl+Enter`, `Alt+ArrowLeft`, `Shift+ArrowDown`, or one after the other: `g 1`. `Ctrl` is the
   * Mac's Command. */
  key: string;
  run: (event: KeyboardEvent) => void;
  /** Shown in the status strip; neighbours with the same label share it. */
  label?: string;
  /** What it does, as the palette and the sheet of all keys say it: "Reply to this incident". */
  title?: string;
  /** The heading that it stands under there: "Incidents", "Case", "Window". */
  group?: string;
  /** Stands before it in the palette. */
  icon?: IconProps.Name;
  /** It leads into a field: until that has the focus, single letters rest. */
  opensField?: boolean;
  /** Also while a dialog is open. */
  inDialogs?: boolean;
  /** Also each time that the system repeats a key that is held down: for movement. */
  repeats?: boolean;
  /** Also while somebody types in a field; for combinations with Ctrl or Alt it always does. */
  inFields?: boolean;
}

/** A registered binding that has a title. */
export type Action = KeyBinding & { title: string };

interface Registered {
  base: boolean;
  scope: Scope;
  bindings: () => readonly KeyBinding[];
}

/** Milliseconds between the keys of a sequence. */
const SEQUENCE = 1500;
/** Milliseconds that a field may take to open. */
const OPENING = 1000;

let layers: readonly Registered[] = [];
let hints: readonly KeyBinding[] = [];
const listeners = new Set<() => void>();

/** The first key of a sequence, and until when its second one counts. */
let begun: { press: string; until: number } | null = null;
let restsUntil = 0;

function changed(): void {
  const next = layers
    .flatMap(({ bindings }) => bindings())
    .filter(({ label }) => label !== undefined);
  const seen = new Set<string>();
  hints = next.filter(({ key }) => !seen.has(key) && seen.add(key));
  for (const listener of listeners) listener();
}

/** Whether the keys belong to a text, or to an open list of choices. */
function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (writes(target)) return true;
  if (target instanceof HTMLSelectElement) return true;
  // A pane's own list is moved through by the keys that are registered for it.
  return (
    target.closest("[role=listbox]:not([data-pane-focus]), [role=menu], [role=combobox]") !== null
  );
}

/** Whether it holds a text that one can write in. */
export function writes(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "submit", "file", "range"].includes(target.type)
  );
}

/** Enter and Space belong to the control that has the focus. */
function activates(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("a, button, summary, [role=button]") !== null
  );
}

/** Whether the combination edits a text: it is the focused text's first, and copying what is marked comes first. */
function edits(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (writes(event.target)) return ["a", "c", "v", "x", "y", "z"].includes(key);
  return key === "c" && window.getSelection()?.isCollapsed === false;
}

/** Single letters rest for a moment: a field is about to open. */
export function restLetters(): void {
  restsUntil = Date.now() + OPENING;
}

function onFocusIn({ target }: FocusEvent): void {
  if (writes(target)) restsUntil = 0;
}

function rests(event: KeyboardEvent): boolean {
  return event.key.length === 1 && !isCombined(event) && Date.now() < restsUntil;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isModifier(event)) return;
  const { scope, taken } = pressOf(event);
  const waited = begun !== null && Date.now() < begun.until ? begun.press : null;
  begun = null;
  // What is open at the focus, or was as it was pressed, closes by itself.
  if (event.key === "Escape" && taken) return;
  if (rests(event) || edits(event)) return;
  const found = find(event, scope, waited) ?? (waited === null ? null : find(event, scope, null));
  if (found === null) return;
  event.preventDefault();
  if (found.binding === null) {
    begun = { press: found.first, until: Date.now() + SEQUENCE };
    return;
  }
  const { binding } = found;
  if (event.repeat && !binding.repeats) return;
  if (binding.opensField) restLetters();
  binding.run(event);
}

/** What is to be run: a binding, or the wait for the second key of a sequence. `waited`: its first one. */
type Found = { binding: KeyBinding } | { binding: null; first: string };

function find(event: KeyboardEvent, scope: Scope, waited: string | null): Found | null {
  for (const layer of [...layers].reverse()) {
    for (const binding of layer.bindings()) {
      if (layer.scope !== scope && !binding.inDialogs) continue;
      const [first = "", second] = presses(binding.key);
      const awaited = waited === null ? first : second;
      if (awaited === undefined || (waited !== null && waited !== first)) continue;
      if (!isPress(awaited, event) || !counts(binding, event)) continue;
      return waited === null && second !== undefined ? { binding: null, first } : { binding };
    }
  }
  return null;
}

function counts(binding: KeyBinding, event: KeyboardEvent): boolean {
  if (isCombined(event)) return true;
  if (typing(event.target) && !binding.inFields) return false;
  return !((event.key === "Enter" || event.key === " ") && activates(event.target));
}

/** Registers bindings while the component is mounted. `base`: those of the frame, which give way to
 * whatever else is on screen, however late that mounts. */
export function useKeys(bindings: readonly KeyBinding[], base = false): void {
  const scope = useScope();
  const latest = useRef(bindings);
  latest.current = bindings;
  const labels = bindings.map(({ key, label }) => `${key}:${label ?? ""}`).join(" ");
  useEffect(() => {
    const layer: Registered = { base, scope, bindings: () => latest.current };
    watchKeys();
    if (layers.length === 0) {
      document.addEventListener("keydown", onKeyDown);
      document.addEventListener("focusin", onFocusIn);
    }
    layers = base ? [layer, ...layers] : [...layers, layer];
    return () => {
      layers = layers.filter((other) => other !== layer);
      if (layers.length === 0) {
        document.removeEventListener("keydown", onKeyDown);
        document.removeEventListener("focusin", onFocusIn);
        begun = null;
        restsUntil = 0;
      }
      changed();
    };
  }, [base, scope]);
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

/** What can be done at this moment by a key that has a title, the innermost first. A key that an inner one has taken is
 * left out. */
export function registeredActions(scope: Scope): Action[] {
  const taken = new Set<string>();
  const actions: Action[] = [];
  for (const layer of [...layers].reverse()) {
    if (layer.scope !== scope) continue;
    for (const binding of layer.bindings()) {
      if (taken.has(binding.key)) continue;
      taken.add(binding.key);
      const { title } = binding;
      if (title !== undefined) actions.push({ ...binding, title });
    }
  }
  return actions;
}
