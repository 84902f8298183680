// The list and the case beside it; where the window is narrow, one of them. Mounted once for both addresses.
import "./page.css";
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useAfterPaint } from "../../frame/after-paint";
import { ErrorBoundary } from "../../frame/ErrorBoundary";
import { fitting, NARROWEST, useListWidth } from "../../frame/list-width";
import { PaneEdge } from "../../frame/PaneEdge";
import { actAt, caseAt } from "../../frame/paths";
import { useRoom } from "../../frame/room";
import { NO_PARTS, ScreenContext, type ScreenParts, useScreen } from "../../frame/screen";
import { Keys } from "../../parts/marks";
import type { CaseKey } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { ListPane } from "./ListPane";
import { useListState } from "./list-state";

const CasePane = lazy(() => import("../case/CasePane"));

/** Milliseconds that the selection rests before its case is shown: moving through the list reads nothing on the way. */
const REST = 80;

/** The selected case, once the selection rests. */
function useRested(selected: CaseKey | null): CaseKey | null {
  const [rested, setRested] = useState(selected);
  useEffect(() => {
    const timer = setTimeout(() => setRested(selected), REST);
    return () => clearTimeout(timer);
  }, [selected]);
  // Nothing selected shows nothing at once.
  return selected === null ? null : rested;
}

/** Pixels that the element has, also after the window was resized. */
function useAvailable(element: React.RefObject<HTMLElement | null>): number {
  const [available, setAvailable] = useState(() => window.innerWidth);
  useLayoutEffect(() => {
    const measure = () => setAvailable(element.current?.clientWidth || window.innerWidth);
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [element]);
  return available;
}

/** Puts the focus where a pane's next key belongs, unless it is in the pane already. */
function enter(pane: HTMLElement | null): void {
  if (!pane || pane.contains(document.activeElement)) return;
  const place = pane.querySelector<HTMLElement>("[data-pane-focus]") ?? pane;
  place.focus({ preventScroll: true });
}

/** Where there is nothing to select, the list says why. */
function NothingShown({ selected }: { selected: boolean }) {
  const total = useCommand("case_counts", {}).data?.total ?? 0;
  return (
    <div className="eco-pane-empty">
      {selected || total === 0 ? null : (
        <>
          <p>Select an incident to read it here.</p>
          <p>
            <Keys of={["J", "K"]} /> move through the list
          </p>
        </>
      )}
    </div>
  );
}

export function IncidentsPage() {
  const [location] = useLocation();
  const [{ selected }] = useListState();
  const room = useRoom();
  const later = useAfterPaint();
  const page = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLElement>(null);
  const pane = useRef<HTMLElement>(null);
  const [listParts, setListParts] = useState<ScreenParts>(NO_PARTS);
  const [caseParts, setCaseParts] = useState<ScreenParts>(NO_PARTS);

  const alone = room === "one-pane";
  const routed = caseAt(location);
  const act = actAt(location);
  const rested = useRested(selected);
  const shown = routed ?? (alone ? null : rested);
  const { width, change, reset } = useListWidth(room);
  const available = useAvailable(page);
  const fitted = fitting(width, available);

  useScreen({
    title: (routed === null ? listParts.title : caseParts.title) || "Incidents",
    bleed: true,
  });

  // Into the case, and back to the row that one came from.
  const before = useRef<CaseKey | null>(null);
  useEffect(() => {
    if (routed === before.current) return;
    before.current = routed;
    enter(routed === null ? list.current : pane.current);
  }, [routed]);

  const style = useMemo(
    () => ({ "--eco-list-width": `${fitted}px` }) as React.CSSProperties,
    [fitted],
  );
  const hidden = alone && routed !== null;
  return (
    <div ref={page} className={alone ? "eco-panes eco-panes-one" : "eco-panes"} style={style}>
      <section
        ref={list}
        className="eco-pane eco-pane-list"
        data-pane="list"
        aria-label="List of incidents"
        tabIndex={-1}
        inert={hidden}
      >
        <ScreenContext.Provider value={setListParts}>
          <ErrorBoundary resetKey={location}>
            <ListPane />
          </ErrorBoundary>
        </ScreenContext.Provider>
      </section>
      {alone ? null : (
        <PaneEdge
          label="Width of the list"
          width={fitted}
          min={NARROWEST}
          max={fitting(Number.MAX_SAFE_INTEGER, available)}
          onChange={change}
          onReset={reset}
        />
      )}
      {alone && routed === null ? null : (
        <section
          ref={pane}
          className="eco-pane eco-pane-case"
          data-pane="case"
          aria-label="Incident"
          tabIndex={-1}
        >
          <ScreenContext.Provider value={setCaseParts}>
            <ErrorBoundary resetKey={shown ?? ""}>
              {shown !== null && (later || routed !== null) ? (
                <Suspense>
                  <CasePane caseKey={shown} {...(act === null ? {} : { act })} />
                </Suspense>
              ) : (
                <NothingShown selected={shown !== null} />
              )}
            </ErrorBoundary>
          </ScreenContext.Provider>
        </section>
      )}
    </div>
  );
}
