import type { CaseKey } from "../../platform/contract";

/** The element that marks a row, to scroll to it or to choose it. */
export function rowId(key: CaseKey): string {
  return `incident-${key}`;
}
