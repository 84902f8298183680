// Moving through the list, choosing in it and acting on it: by key and by mouse.
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
} from "react";
import { useLocation } from "wouter";
import { flash } from "../../frame/flash";
import { type KeyBinding, useKeys } from "../../frame/keys";
import { caseAt, paths } from "../../frame/paths";
import type { CaseKey, CaseRow } from "../../platform/contract";
import { asProblem } from "../../platform/platform";
import { ROW, type Section, scrollFor } from "./list-layout";
import { useListState } from "./list-state";
import type { Chosen } from "./useChosen";

interface Options {
  rows: ReadonlyMap<number, CaseRow>;
  matches: number;
  layout: readonly Section[];
  scroller: RefObject<HTMLElement | null>;
  chosen: Chosen;
  filter: RefObject<PropertyFilterProps.Ref | null>;
  onMark: (cases: CaseKey[], unread: boolean) => void;
  /** The keys of the rows between two numbers, both included. */
  readRange: (low: number, high: number) => Promise<CaseKey[]>;
}

export interface Moves {
  /** The keys of the list itself, where it has the focus. */
  keyDown: (event: KeyboardEvent) => void;
  click: (event: MouseEvent, key: CaseKey) => void;
  open: (key: CaseKey) => void;
}

const LIST = "Incidents";

export function useListKeys(options: Options): Moves {
  const { rows, matches, layout, scroller, chosen, filter, onMark, readRange } = options;
  const [location, navigate] = useLocation();
  const [state, change] = useListState();
  const routed = caseAt(location);
  const current = routed ?? state.selected;
  /** A row that was moved to before it was read. */
  const wanted = useRef<number | null>(null);
  /** Where a choice of several began. */
  const anchor = useRef<number | null>(null);

  const numberOf = (key: CaseKey | null): number => {
    for (const [number, row] of rows) if (row.key === key) return number;
    return -1;
  };
  // The selected row may be scrolled far out of what is read: its number is remembered.
  const last = useRef<{ key: CaseKey; number: number } | null>(null);
  const read = numberOf(current);
  if (read !== -1 && current !== null) last.current = { key: current, number: read };
  const at = read === -1 && last.current?.key === current ? last.current.number : read;
  const row = rows.get(at) ?? null;

  const reveal = (number: number) => {
    const element = scroller.current;
    if (!element) return;
    const top = scrollFor(layout, number, element.scrollTop, element.clientHeight);
    if (top !== null) element.scrollTop = top;
  };
  const select = (key: CaseKey) => {
    change({ selected: key });
    // Who reads a case and goes on to the next one stays in it.
    if (routed !== null) navigate(paths.case(key), { replace: true });
  };
  const moveTo = (number: number, extend = false) => {
    if (matches === 0) return;
    const to = Math.min(matches - 1, Math.max(0, number));
    reveal(to);
    const next = rows.get(to);
    if (extend) {
      anchor.current ??= at === -1 ? to : at;
      range(anchor.current, to);
    } else {
      anchor.current = null;
      chosen.clear();
    }
    if (next) select(next.key);
    else wanted.current = to;
  };
  // Rows between the two that were never in view are read first: a choice with holes would be another one.
  const range = (from: number, to: number) => {
    const [low, high] = from < to ? [from, to] : [to, from];
    void readRange(low, high).then(
      (keys) => chosen.set(keys),
      (thrown: unknown) => flash.problem(asProblem(thrown)),
    );
  };
  const move = (by: number, extend = false) => moveTo(at === -1 ? 0 : at + by, extend);

  // The row that was moved to is here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows alone can bring it
  useEffect(() => {
    const next = wanted.current === null ? undefined : rows.get(wanted.current);
    if (!next) return;
    wanted.current = null;
    select(next.key);
  }, [rows]);

  const inList = routed === null;
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 1);
  const several = [...chosen.keys];
  const bindings: KeyBinding[] = [
    {
      key: "/",
      label: "Filter",
      title: "Filter the incidents",
      group: LIST,
      icon: "filter",
      opensField: true,
      run: () => {
        if (!inList) navigate(paths.incidents);
        filter.current?.focus();
      },
    },
    {
      key: "j",
      label: "Move",
      title: "Next incident",
      group: LIST,
      run: () => move(1),
      repeats: true,
    },
    {
      key: "k",
      label: "Move",
      title: "Previous incident",
      group: LIST,
      run: () => move(-1),
      repeats: true,
    },
  ];
  // These belong to whatever has the focus; only in the list they move through it.
  const target = (key: string): number | null => {
    const here = at === -1 ? 0 : at;
    switch (key) {
      case "ArrowDown":
        return at === -1 ? 0 : at + 1;
      case "ArrowUp":
        return here - 1;
      case "Home":
        return 0;
      case "End":
        return matches - 1;
      case "PageDown":
        return here + page();
      case "PageUp":
        return here - page();
      default:
        return null;
    }
  };
  const keyDown = (event: KeyboardEvent) => {
    const to = target(event.key);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moveTo(to, event.shiftKey);
  };
  if (inList && several.length > 0) {
    bindings.push({ key: "Escape", run: chosen.clear });
  }
  if (inList && row) {
    bindings.push(
      {
        key: "Enter",
        label: "Open",
        title: "Open the incident",
        group: LIST,
        run: () => navigate(paths.case(row.key)),
      },
      { key: "ArrowRight", run: () => navigate(paths.case(row.key)) },
    );
  }
  if (row) {
    bindings.push({
      key: "u",
      title: "Mark as read or unread",
      group: LIST,
      run: () => onMark(several.length > 0 ? several : [row.key], !row.unread),
    });
  }
  if (inList && row && row.presence !== "not-yet-sent") {
    bindings.push({
      key: "r",
      label: "Reply",
      title: "Reply to the incident",
      group: LIST,
      icon: "contact",
      opensField: true,
      run: () => navigate(paths.reply(row.key)),
    });
    if (row.waiting !== "nobody") {
      bindings.push({
        key: "e",
        label: "Resolve",
        title: "Resolve the case",
        group: LIST,
        run: () => navigate(paths.resolve(row.key)),
      });
    }
  }
  useKeys(matches === 0 ? [] : bindings);

  const latest = useRef({
    toggle: chosen.toggle,
    clear: chosen.clear,
    range,
    numberOf,
    current,
    routed,
  });
  latest.current = { toggle: chosen.toggle, clear: chosen.clear, range, numberOf, current, routed };
  const click = useCallback(
    (event: MouseEvent, key: CaseKey) => {
      const now = latest.current;
      if (event.ctrlKey || event.metaKey) {
        now.toggle(key, now.current);
        return;
      }
      if (event.shiftKey) {
        const from = now.numberOf(now.current);
        now.range(from === -1 ? now.numberOf(key) : from, now.numberOf(key));
        return;
      }
      anchor.current = null;
      now.clear();
      change({ selected: key });
      if (now.routed !== null) navigate(paths.incidents);
    },
    [change, navigate],
  );
  const open = useCallback(
    (key: CaseKey) => {
      change({ selected: key });
      navigate(paths.case(key));
    },
    [change, navigate],
  );
  return { click, open, keyDown };
}
