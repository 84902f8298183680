/** Finds words in a case: what is sought, where it stands, and which place was gone to. */
import { useDeferredValue, useMemo, useState } from "react";
import { useKeys } from "../../../frame/keys";
import type { CaseKey, Message } from "../../../platform/contract";
import { useCommand } from "../../../query/hooks";
import { knownMessages } from "../timeline";
import { byMessage, type Hit, hitsOf } from "./find";

/** All messages of a case, however many. */
export const ALL = 4_000_000_000;

export interface Find {
  open: boolean;
  words: string;
  hits: readonly Hit[];
  grouped: ReadonlyMap<string, readonly Hit[]>;
  /** The hit that was gone to. */
  current: Hit | null;
  /** Its place among them, from 1. */
  place: number;
  /** Whether messages that are not shown are still being read. */
  reading: boolean;
  /** How many of the newest messages it takes to show the hit. */
  reach: number;
  /** Grows with each press of the key, so that the field takes the focus again. */
  asked: number;
  say: (words: string) => void;
  step: (by: 1 | -1) => void;
  close: () => void;
}

const NONE: readonly Hit[] = [];

export function useFind(caseKey: CaseKey, shown: readonly Message[], hidden: number): Find {
  const [asked, setAsked] = useState(0);
  const [from, setFrom] = useState<HTMLElement | null>(null);
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<Hit | null>(null);
  const open = asked > 0;
  const all = useCommand(
    "case_correspondence",
    { case: caseKey, recent: ALL },
    { enabled: open && hidden > 0 },
  );
  const read = all.data;
  const messages = useMemo(
    () => (hidden > 0 && read !== undefined ? knownMessages(read) : shown),
    [hidden, read, shown],
  );
  const wanted = useDeferredValue(open ? words : "");
  const hits = useMemo(() => (wanted === "" ? NONE : hitsOf(messages, wanted)), [messages, wanted]);
  const grouped = useMemo(() => byMessage(hits), [hits]);
  // At first the newest: that is what one is at.
  const at = chosen === null ? hits.length - 1 : nearest(hits, chosen);
  const current = hits[at] ?? null;
  useKeys([
    {
      key: "Ctrl+f",
      title: "Find in this incident",
      group: "Case",
      icon: "search",
      opensField: true,
      run: () => {
        const active = document.activeElement;
        if (!open)
          setFrom(active instanceof HTMLElement && active !== document.body ? active : null);
        setAsked(asked + 1);
      },
    },
  ]);
  return {
    open,
    words,
    hits,
    grouped,
    current,
    place: at + 1,
    reading: open && hidden > 0 && read === undefined && all.error === null,
    reach:
      current === null
        ? 0
        : messages.length - messages.findIndex(({ id }) => id === current.message),
    asked,
    say: (next) => {
      setWords(next);
      setChosen(null);
    },
    step: (by) => setChosen(hits[(at + by + hits.length) % hits.length] ?? null),
    close: () => {
      setAsked(0);
      setChosen(null);
      from?.focus();
    },
  };
}

function nearest(hits: readonly Hit[], chosen: Hit): number {
  const same = hits.findIndex(({ message, at }) => message === chosen.message && at === chosen.at);
  return same === -1 ? hits.length - 1 : same;
}
