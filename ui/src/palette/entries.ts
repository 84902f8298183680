// What the palette offers: incidents, cases in which the words were said, and what can be done.
import type { IconProps } from "@cloudscape-design/components/icon";
import type { CaseRow } from "../platform/contract";
import { type Match, match } from "./matching";

/** What one can do, with the key that does it outside of the palette. */
export interface Deed {
  title: string;
  icon: IconProps.Name;
  /** Said after it, muted: "4 incidents". */
  note?: string;
  key?: string;
  /** The words that mean it although they are not in its title. */
  also?: string;
  /** Whether it is offered only when it is asked for. */
  asked?: boolean;
  run: () => void;
}

export type Entry = { id: string; score: number } & (
  | { kind: "incident" | "said"; row: CaseRow; match: Match }
  | { kind: "deed"; deed: Deed; match: Match }
);

export interface Section {
  title: string;
  entries: readonly Entry[];
}

/** Rows at most, so that nothing has to be scrolled. */
const MOST = 10;
const MOST_SAID = 3;
/** Deeds keep this much room beside incidents. */
const DEEDS = 4;

function incidents(rows: readonly CaseRow[], query: string): Entry[] {
  return rows.map((row) => {
    const subject = match(row.subject, query);
    const number = row.displayId === null ? 0 : match(row.displayId, query).score;
    const named = Math.max(subject.score, number);
    const id = `palette-${row.key}`;
    return named > 0
      ? { id, kind: "incident", row, match: subject, score: named }
      : { id, kind: "said", row, match: { score: 0, parts: [] }, score: 0.5 };
  });
}

function deeds(all: readonly Deed[], query: string): Entry[] {
  return all
    .map((deed, index): Entry => {
      const found = match(deed.title, query);
      const also = found.score > 0 ? 0 : match(`${deed.title} ${deed.also ?? ""}`, query).score / 2;
      const score = deed.asked && query === "" ? 0 : found.score + also;
      return { id: `palette-deed-${index}`, kind: "deed", deed, match: found, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** What is shown for the words. `rows`: the incidents that hold them all, somewhere, the newest first. */
export function sections(
  query: string,
  rows: readonly CaseRow[],
  possible: readonly Deed[],
): Section[] {
  const found = incidents(rows, query);
  const named = found.filter(({ kind }) => kind === "incident").sort((a, b) => b.score - a.score);
  const said = found.filter(({ kind }) => kind === "said").slice(0, MOST_SAID);
  const done = deeds(possible, query);
  const room = MOST - Math.min(DEEDS, done.length) - said.length;
  const shown = named.slice(0, Math.max(1, room));
  return [
    { title: query === "" ? "Updated last" : "Incidents", entries: shown },
    { title: "Said in a case", entries: said },
    { title: "Do", entries: done.slice(0, MOST - shown.length - said.length) },
  ].filter(({ entries }) => entries.length > 0);
}

/** The one that is most likely meant; of equals the first. */
export function best(all: readonly Section[]): string | null {
  const entries = all.flatMap((section) => section.entries);
  const [first] = [...entries].sort((a, b) => b.score - a.score);
  return first?.id ?? null;
}
