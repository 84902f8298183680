// What lies over the panes: popovers, menus and dialogs, in the order in which they opened. One Escape closes the
// topmost, and nothing below hears of it; while a dialog is open only its own keys count.
import { createContext, useContext, useEffect, useRef, useState } from "react";

export type LayerKind = "popover" | "menu" | "dialog";

interface Layer {
  kind: LayerKind;
  close: () => void;
  /** Dialogs of the component library that were there before it: those that were not lie over it. */
  below: readonly Element[];
}

/** Whose keys count: those of the screen, or those of one dialog. */
export type Scope = object;
export const SCREEN: Scope = {};
/** A dialog that registers no keys: a popover of the component library. */
const FOREIGN: Scope = {};

/** The dialog that a component is part of. */
export const ScopeContext = createContext<Scope>(SCREEN);

let layers: readonly Layer[] = [];
let scopes: readonly Scope[] = [];

/** Marks the dialogs of this file, which close themselves through it. */
export const OWN_LAYER = "data-layer";

/** The dialogs that the component library draws and closes by itself. */
function foreignDialogs(): Element[] {
  return [...document.querySelectorAll(`[role=dialog]:not([${OWN_LAYER}])`)];
}

/** Whether something that is open at the focus closes by Escape itself: a list of choices, a menu of a button. */
function closesItself(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      `[aria-haspopup][aria-expanded=true], [role=combobox][aria-expanded=true]:not([${OWN_LAYER}]), [role=menu], ` +
        "[role=listbox]:not([data-pane-focus])",
    ) !== null
  );
}

interface Press {
  event: KeyboardEvent | null;
  scope: Scope;
  taken: boolean;
}

let press: Press = { event: null, scope: SCREEN, taken: false };

function scopeNow(): Scope {
  const own = layers.some(({ kind }) => kind === "dialog");
  if (!own && foreignDialogs().length === 0) return SCREEN;
  return scopes.at(-1) ?? FOREIGN;
}

/** What a key means is decided as it is pressed, before anybody heard it: a dialog that closes by it is gone by the
 * time that the screen below would be asked. */
function look(event: KeyboardEvent): void {
  const foreign = foreignDialogs();
  press = {
    event,
    scope: scopeNow(),
    taken: foreign.length > 0 || closesItself(event.target),
  };
  if (event.key !== "Escape" || event.isComposing) return;
  const top = layers.at(-1);
  if (!top) return;
  if (foreign.some((dialog) => !top.below.includes(dialog))) return;
  // A list of choices that is open inside of it.
  if (top.kind !== "menu" && closesItself(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) top.close();
}

let listening = false;

/** Begins to look at each key before all others do. */
export function watchKeys(): void {
  if (listening) return;
  listening = true;
  window.addEventListener("keydown", look, { capture: true });
}

/** What was on top when the key was pressed. */
export function pressOf(event: KeyboardEvent): { scope: Scope; taken: boolean } {
  return press.event === event ? press : { scope: scopeNow(), taken: false };
}

/** Whether anything lies over the panes. */
export function isCovered(): boolean {
  return layers.length > 0 || foreignDialogs().length > 0;
}

/** Makes something a layer while it is open: Escape calls `close`. */
export function useLayer(open: boolean, kind: LayerKind, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!open) return;
    watchKeys();
    const layer: Layer = { kind, close: () => latest.current(), below: foreignDialogs() };
    layers = [...layers, layer];
    return () => {
      layers = layers.filter((other) => other !== layer);
    };
  }, [open, kind]);
}

/** The scope of a dialog's own keys, while it is mounted; for `ScopeContext`. */
export function useDialogScope(): Scope {
  const [scope] = useState<Scope>(() => ({}));
  useEffect(() => {
    scopes = [...scopes, scope];
    return () => {
      scopes = scopes.filter((other) => other !== scope);
    };
  }, [scope]);
  return scope;
}

export function useScope(): Scope {
  return useContext(ScopeContext);
}
