// What the list says where it has no row to show: why, and what to do.
import Button from "@cloudscape-design/components/button";
import type { CaseView } from "../../platform/contract";
import { NO_FILTER } from "./list-query";
import { changeList } from "./list-state";

/** An empty view is good news, and says so. */
const QUIET: Record<CaseView, string> = {
  all: "No incident",
  "needs-my-reply": "Nothing waits for you.",
  open: "Nothing is open.",
  "high-priority": "Nothing of High priority is open.",
  "response-late": "Nothing is late.",
  unread: "Everything is read.",
  "reported-by-eco": "ECO has reported nothing.",
  "recently-resolved": "Nothing was resolved in the last 14 days.",
};

export function NoRows({ view, filtered }: { view: CaseView; filtered: boolean }) {
  return (
    <div className="eco-list-none" data-testid="list-none">
      <strong>{filtered ? "No incident matches" : QUIET[view]}</strong>
      {filtered ? (
        <Button onClick={() => changeList({ filter: NO_FILTER })}>Clear filters</Button>
      ) : view === "all" ? null : (
        <Button onClick={() => changeList({ view: "all" })}>Show all incidents</Button>
      )}
    </div>
  );
}
