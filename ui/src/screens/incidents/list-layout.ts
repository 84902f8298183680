// Where each row of the list stands, in pixels, without any of them being drawn.
import type { CaseGroup, GroupCount } from "../../platform/contract";

/** Height of a row, and of the head of a group. */
export const ROW = 52;
export const HEAD = 26;

/** A run of rows under one head, or all rows where they are not grouped. */
export interface Section {
  group: CaseGroup | null;
  /** The number of its first row, from 0. */
  first: number;
  count: number;
  /** From the top of the list to its head. */
  top: number;
  height: number;
}

/** The sections of a list of so many rows. */
export function sections(groups: readonly GroupCount[], matches: number): Section[] {
  const made: Section[] = [];
  const runs = groups.length > 0 ? groups : [{ group: null, count: matches }];
  let first = 0;
  let top = 0;
  for (const { group, count } of runs) {
    const height = count * ROW + (group === null ? 0 : HEAD);
    if (count > 0) made.push({ group, first, count, top, height });
    first += count;
    top += height;
  }
  return made;
}

/** From the top of its section to a row. */
export function offsetIn(section: Section, row: number): number {
  return (section.group === null ? 0 : HEAD) + (row - section.first) * ROW;
}

/** The first row and the one after the last of a section that lie between two places of the list. */
export function rowsBetween(section: Section, from: number, to: number): [number, number] {
  const rows = section.top + (section.group === null ? 0 : HEAD);
  const begin = Math.floor((from - rows) / ROW);
  const end = Math.ceil((to - rows) / ROW);
  const within = (row: number) => section.first + Math.min(section.count, Math.max(0, row));
  return [within(begin), within(end)];
}

/** How far to scroll so that a row is wholly seen below the head of its group; null where it is. */
export function scrollFor(
  all: readonly Section[],
  row: number,
  scrolled: number,
  height: number,
): number | null {
  const section = all.find(({ first, count }) => row >= first && row < first + count);
  if (!section) return null;
  const head = section.group === null ? 0 : HEAD;
  const top = section.top + offsetIn(section, row);
  if (top - head < scrolled) return top - head;
  if (top + ROW > scrolled + height) return top + ROW - height;
  return null;
}
