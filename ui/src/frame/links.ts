// Addresses that lead out of the window. The shell decides whether one is opened, refused, or asked about first.
import { useSyncExternalStore } from "react";
import type { AskedLink } from "../platform/contract";
import { call } from "../platform/platform";
import { flash } from "./flash";

let asked: AskedLink | null = null;
const listeners = new Set<() => void>();

function set(next: AskedLink | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** Asks the user about a link; a newer question takes the place of an older one. */
export function askAboutLink(link: AskedLink): void {
  set(link);
}

/** Leaves the link unopened. */
export function forgetLink(): void {
  set(null);
}

/** Opens an address as it is written in a text, or asks about it first. Trouble is told at the top of the window. */
export async function openLink(written: string): Promise<void> {
  try {
    const link = await call("link_open", { address: written, confirmed: false });
    if (link !== null) askAboutLink(link);
  } catch (thrown) {
    flash.problem(thrown);
  }
}

/** Opens the link that was asked about. */
export async function openAskedLink(link: AskedLink): Promise<void> {
  forgetLink();
  try {
    await call("link_open", { address: link.address, confirmed: true });
  } catch (thrown) {
    flash.problem(thrown);
  }
}

export function useAskedLink(): AskedLink | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked,
  );
}
