// The one context menu that may be open: where, with what, and where the focus returns to.
import type { IconProps } from "@cloudscape-design/components/icon";
import { useSyncExternalStore } from "react";

export interface MenuItem {
  text: string;
  icon?: IconProps.Name;
  /** The key that does it without the menu. */
  key?: string;
  /** Shown, but not to be chosen just now. */
  disabled?: boolean;
  /** A line before it. */
  begins?: boolean;
  run: () => void;
}

export interface OpenMenu {
  x: number;
  y: number;
  items: readonly MenuItem[];
  /** What the menu is of: it has the focus again afterwards. */
  from: HTMLElement | null;
  /** Opened by the keyboard: the first entry is chosen. */
  byKey: boolean;
}

let open: OpenMenu | null = null;
const listeners = new Set<() => void>();

function set(next: OpenMenu | null): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Opens a menu in place of the one that is open. Nothing to choose from opens none. */
export function openMenu(menu: OpenMenu): void {
  set(menu.items.length === 0 ? null : menu);
}

export function closeMenu(): void {
  if (open !== null) set(null);
}

export function useOpenMenu(): OpenMenu | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
