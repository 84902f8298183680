// What a screen tells the frame around it: its title, its split panel, whether it fills the edges.
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useSyncExternalStore,
} from "react";
import { NARROW } from "./wide";

export interface ScreenParts {
  /** A Cloudscape `SplitPanel`, or null. */
  panel: ReactNode;
  /** No padding around the content: the screen lays out all of its room. */
  bleed: boolean;
}

export const NO_PARTS: ScreenParts = { panel: null, bleed: false };

export const ScreenContext = createContext<(parts: ScreenParts) => void>(() => undefined);

interface Screen {
  title: string;
  panel?: ReactNode;
  bleed?: boolean;
}

/** Called once by each screen. */
export function useScreen({ title, panel = null, bleed = false }: Screen): void {
  const set = useContext(ScreenContext);
  useEffect(() => {
    document.title = `${title} – ECO Desk`;
  }, [title]);
  useLayoutEffect(() => set({ panel, bleed }), [set, panel, bleed]);
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
