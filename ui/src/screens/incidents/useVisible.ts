// Which part of the list is in view, and where its sections stand.
import { type RefObject, useCallback, useLayoutEffect, useState } from "react";
import type { CaseView, GroupCount } from "../../platform/contract";
import { HEAD, ROW, type Section, sections } from "./list-layout";
import { keepScroll, scrollOf } from "./list-state";

/** Pixels above and below what is seen that are drawn as well, so that a turn of the wheel meets rows. */
const MARGIN = 6 * ROW;

/** Scrolling is followed in steps of so many pixels: between them nothing new is drawn. */
const STEP = 2 * ROW;

export interface Visible {
  /** The part that is drawn, in pixels from the top of the list. */
  from: number;
  to: number;
  /** The rows that may be in it; the heads of groups make it fewer. */
  firstRow: number;
  lastRow: number;
  layout: (groups: readonly GroupCount[], matches: number) => Section[];
  onScroll: () => void;
}

export function useVisible(scroller: RefObject<HTMLElement | null>, view: CaseView): Visible {
  const [place, setPlace] = useState({ top: 0, height: 900 });

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const top = Math.floor(element.scrollTop / STEP) * STEP;
    const height = element.clientHeight || 900;
    setPlace((before) =>
      before.top === top && before.height === height ? before : { top, height },
    );
  }, [scroller]);

  const onScroll = useCallback(() => {
    if (scroller.current) keepScroll(view, scroller.current.scrollTop);
    measure();
  }, [measure, scroller, view]);

  // Where this view was left.
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = scrollOf(view);
    measure();
    // What stands above the rows comes later, and the pane's own size changes without one of the window.
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(measure);
    if (scroller.current) observer?.observe(scroller.current);
    window.addEventListener("resize", measure);
    return () => {
      observer?.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [measure, scroller, view]);

  const from = Math.max(0, place.top - MARGIN);
  const to = place.top + place.height + STEP + MARGIN;
  const layout = useCallback(sections, []);
  return {
    from,
    to,
    // Four heads at most stand between.
    firstRow: Math.max(0, Math.floor((from - 4 * HEAD) / ROW)),
    lastRow: Math.ceil(to / ROW),
    layout,
    onScroll,
  };
}
