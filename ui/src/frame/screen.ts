// What a screen tells the frame around it: its title, and whether it fills the edges.
import { createContext, useContext, useLayoutEffect, useSyncExternalStore } from "react";
import { NARROW } from "./wide";

export interface ScreenParts {
  /** The window's title, before the program's name. */
  title: string;
  /** No padding around the content: the screen lays out all of its room. */
  bleed: boolean;
}

export const NO_PARTS: ScreenParts = { title: "", bleed: false };

export const ScreenContext = createContext<(parts: ScreenParts) => void>(() => undefined);

interface Screen {
  title: string;
  bleed?: boolean;
}

/** Called once by each screen. */
export function useScreen({ title, bleed = false }: Screen): void {
  const set = useContext(ScreenContext);
  useLayoutEffect(() => set({ title, bleed }), [set, title, bleed]);
  useLayoutEffect(() => () => set(NO_PARTS), [set]);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
}
