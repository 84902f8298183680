// Context menus: `onContextMenu={useContextMenu(items)}`. They open by the right button, by the menu key and by
// Shift+F10. The web view's own menu is left to text fields alone, where it cuts, copies and pastes.
import { type MouseEvent, useCallback, useEffect, useRef } from "react";
import { flash } from "../frame/flash";
import { writes } from "../frame/keys";
import { openLink } from "../frame/links";
import { call } from "../platform/platform";
import { type MenuItem, openMenu } from "./menu-store";

export type { MenuItem } from "./menu-store";

/** Milliseconds within which the system may ask for the menu once more that a key has opened. */
const SAME = 500;
let keyedAt = Number.NEGATIVE_INFINITY;

/** Opens the menu at the pointer; by keyboard, at the element. */
export function showMenu(
  event: MouseEvent | globalThis.MouseEvent,
  items: readonly MenuItem[],
): void {
  event.preventDefault();
  const byKey = performance.now() - keyedAt < SAME;
  const active = document.activeElement;
  const from = active instanceof HTMLElement && active !== document.body ? active : null;
  openMenu({ x: event.clientX, y: event.clientY, items, from, byKey });
}

/** The handler for `onContextMenu`. `items`: what the menu holds, or what gives it when it opens. */
export function useContextMenu(items: readonly MenuItem[] | (() => readonly MenuItem[])) {
  const latest = useRef(items);
  latest.current = items;
  return useCallback((event: MouseEvent) => {
    const now = latest.current;
    // What is inside of it comes first: a part with a menu of its own, a field, a link, marked text.
    if (event.defaultPrevented || writes(event.target)) return;
    if (outside(event.target) !== null || markedItems().length > 0) return;
    showMenu(event, typeof now === "function" ? now() : now);
  }, []);
}

/** Copies a text, and says so. */
export function copy(text: string, said: string): void {
  call("clipboard_copy", { text }).then(
    () => flash.success(said),
    (thrown: unknown) => flash.problem(thrown),
  );
}

/** The menu of a link that leads out of the window. */
export function linkItems(address: string): MenuItem[] {
  return [
    { text: "Open link", icon: "external", run: () => void openLink(address) },
    {
      text: "Copy address",
      icon: "copy",
      run: () => copy(address, "The address is on the clipboard."),
    },
  ];
}

/** The address of the link that leads out of the window, if it is in one. One inside the window is no use outside of it. */
function outside(target: EventTarget | null): string | null {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  const address = link?.getAttribute("href") ?? "";
  return /^(?:https?|mailto):/i.test(address) ? address : null;
}

function markedItems(): MenuItem[] {
  const text = window.getSelection()?.toString() ?? "";
  if (text.trim() === "") return [];
  return [
    {
      text: "Copy",
      icon: "copy",
      key: "Ctrl+c",
      run: () => copy(text, "It is on the clipboard."),
    },
  ];
}

/** What has no menu of its own: links, marked text, and all that shows none. */
function onContextMenu(event: globalThis.MouseEvent): void {
  if (event.defaultPrevented || writes(event.target)) return;
  event.preventDefault();
  const address = outside(event.target);
  showMenu(event, address === null ? markedItems() : linkItems(address));
}

/** The element that the menu of a key is for: in a list, the row that is chosen in it. */
function meant(): HTMLElement | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return null;
  const row = active.getAttribute("aria-activedescendant");
  return (row === null ? null : document.getElementById(row)) ?? active;
}

function onKeyDown(event: KeyboardEvent): void {
  const asks = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
  if (!asks || event.defaultPrevented) return;
  const element = meant();
  // A text field has the web view's.
  if (element === null || writes(element)) return;
  event.preventDefault();
  if (event.repeat) return;
  keyedAt = performance.now();
  const box = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent("contextmenu", {
      bubbles: true,
      cancelable: true,
      clientX: box.left + Math.min(24, box.width / 2),
      clientY: box.top + Math.min(24, box.height),
    }),
  );
}

/** Some systems ask again when the key is released. */
function onAskedAgain(event: globalThis.MouseEvent): void {
  if (!event.isTrusted || performance.now() - keyedAt > SAME || event.button === 2) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Keeps the web view's own menu from the window, while mounted. */
export function useOwnMenusOnly(): void {
  useEffect(() => {
    window.addEventListener("contextmenu", onAskedAgain, { capture: true });
    document.addEventListener("contextmenu", onContextMenu);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("contextmenu", onAskedAgain, { capture: true });
      document.removeEventListener("contextmenu", onContextMenu);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
