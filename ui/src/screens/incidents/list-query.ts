// What the list is asked for: the view, the filter, the order, a block of rows. Without React: the first question is
// asked before that is there.
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type {
  CaseKey,
  CaseQuery,
  CaseSort,
  CaseView,
  Priority,
  Reporter,
} from "../../platform/contract";

/** Rows that are asked for at once. */
export const BLOCK = 50;
export const STORED_AS = "eco-desk.incidents";
const DAY = 86_400_000;

/** In which order a view is shown. */
export interface Order {
  sort: CaseSort;
  descending: boolean;
  /** By who has to act. */
  grouped: boolean;
}

export interface ListState {
  view: CaseView;
  filter: PropertyFilterProps.Query;
  /** Of the views whose order was changed. */
  orders: Partial<Record<CaseView, Order>>;
  selected: CaseKey | null;
}

export const NO_FILTER: PropertyFilterProps.Query = { operation: "and", tokens: [] };

const START: ListState = { view: "all", filter: NO_FILTER, orders: {}, selected: null };

/** What is most urgent first. */
const USUAL: Order = { sort: "priority", descending: true, grouped: true };

/** What the list can be sorted by, each with the direction that is meant by it. */
export const SORTS: readonly { sort: CaseSort; name: string; descending: boolean }[] = [
  { sort: "priority", name: "priority", descending: true },
  { sort: "waiting", name: "waiting longest", descending: true },
  { sort: "response-due", name: "response due", descending: false },
  { sort: "updated", name: "updated", descending: true },
  { sort: "created", name: "reported", descending: true },
  { sort: "number", name: "number", descending: true },
  { sort: "subject", name: "subject", descending: false },
];

/** The order of the view that is shown. */
export function orderOf({ view, orders }: ListState): Order {
  return orders[view] ?? USUAL;
}

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

/** The words of the filter that stand for no property. */
export function freeText(filter: PropertyFilterProps.Query): string {
  return filter.tokens
    .filter(({ propertyKey }) => propertyKey === undefined)
    .map(({ value }) => String(value))
    .join(" ");
}

/** The question to the core for the block of that number, from 0. `now` is rounded to the minute, so that the same filter
 * asks the same. */
export function caseQuery(state: ListState, now: number, block = 0): CaseQuery {
  const { filter } = state;
  const days = values(filter, "updated").flatMap((name) => PAST_DAYS.get(name) ?? []);
  const minute = Math.floor(now / 60_000) * 60_000;
  return {
    view: state.view,
    text: freeText(filter),
    accounts: values(filter, "account"),
    priorities: values(filter, "priority") as Priority[],
    statuses: values(filter, "status"),
    reporters: values(filter, "reporter") as Reporter[],
    withAttachment: values(filter, "files").length > 0,
    updatedAfter: days.length > 0 ? minute - Math.min(...days) * DAY : null,
    ...orderOf(state),
    offset: block * BLOCK,
    limit: BLOCK,
  };
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
