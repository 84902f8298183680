// What the list is asked for: the view, the filter, the order, the page. Without React: the first
// question is asked before that is there.
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type {
  CaseKey,
  CaseQuery,
  CaseSort,
  CaseView,
  Priority,
  Reporter,
} from "../../platform/contract";

/** Rows on a page. */
export const PAGE_SIZE = 40;
export const STORED_AS = "eco-desk.incidents";
const DAY = 86_400_000;

export interface ListState {
  view: CaseView;
  filter: PropertyFilterProps.Query;
  sort: CaseSort;
  descending: boolean;
  /** From 1. */
  page: number;
  selected: CaseKey | null;
}

export const NO_FILTER: PropertyFilterProps.Query = { operation: "and", tokens: [] };

const START: ListState = {
  view: "all",
  filter: NO_FILTER,
  sort: "updated",
  descending: true,
  page: 1,
  selected: null,
};

/** The choices of "Updated", in days. */
export const PAST_DAYS: ReadonlyMap<string, number> = new Map([
  ["past 24 hours", 1],
  ["past 7 days", 7],
  ["past 14 days", 14],
  ["past 30 days", 30],
  ["past 12 months", 365],
]);

function values(filter: PropertyFilterProps.Query, property: string): string[] {
  return filter.tokens
    .filter(({ propertyKey }) => propertyKey === property)
    .flatMap(({ value }) => (Array.isArray(value) ? (value as string[]) : [String(value)]));
}

/** The question to the core. `now` is rounded to the minute, so that the same filter asks the same. */
export function caseQuery(state: ListState, now: number): CaseQuery {
  const { filter } = state;
  const days = values(filter, "updated").flatMap((name) => PAST_DAYS.get(name) ?? []);
  const minute = Math.floor(now / 60_000) * 60_000;
  return {
    view: state.view,
    text: filter.tokens
      .filter(({ propertyKey }) => propertyKey === undefined)
      .map(({ value }) => String(value))
      .join(" "),
    accounts: values(filter, "account"),
    priorities: values(filter, "priority") as Priority[],
    statuses: values(filter, "status"),
    reporters: values(filter, "reporter") as Reporter[],
    withAttachment: values(filter, "files").length > 0,
    updatedAfter: days.length > 0 ? minute - Math.min(...days) * DAY : null,
    sort: state.sort,
    descending: state.descending,
    offset: (state.page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  };
}

/** Whether anything narrows the list. */
export function isNarrowed(state: ListState): boolean {
  return state.view !== "all" || state.filter.tokens.length > 0;
}

/** The question that the list begins with. */
export function firstList(): CaseQuery {
  return caseQuery(storedList(), Date.now());
}

/** As it was left in this session. */
export function storedList(): ListState {
  try {
    const text = sessionStorage.getItem(STORED_AS);
    return text ? { ...START, ...(JSON.parse(text) as Partial<ListState>) } : START;
  } catch {
    // Unreadable or refused storage costs the place in the list, nothing else.
    return START;
  }
}
