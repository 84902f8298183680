/**
 * Where an incident stands in ECO's workflow.
 *
 * The rule it keeps: only what the case itself says. A step is done or current because of the case's status, its first
 * response or its rating; what nobody told stays open, and a status that is not known is shown as it came.
 */
import type { CaseDetail } from "../../platform/contract";

/** How far a step is. */
export type StepState = "done" | "current" | "ahead";

/** One step of the workflow. */
export interface Step {
  id: "reported" | "in-work" | "waiting" | "resolved" | "rated";
  label: string;
  state: StepState;
}

const STATUS_STAGE: Record<string, Stage> = {
  unassigned: "reported",
  opened: "reported",
  "work-in-progress": "in-work",
  "customer-action-completed": "in-work",
  reopened: "in-work",
  "pending-customer-action": "waiting",
  resolved: "resolved",
};

type Stage = "unsent" | "reported" | "in-work" | "waiting" | "resolved";

/** The steps of a case, in their order. */
export function workflowSteps(detail: CaseDetail): Step[] {
  const { row } = detail;
  const reported = row.reportedBy.who === "eco" ? "Reported by ECO" : "Reported to ECO";
  const responded = row.response.state === "responded";
  const stage: Stage | undefined =
    row.presence === "not-yet-sent" ? "unsent" : STATUS_STAGE[row.status];
  switch (stage) {
    case "unsent":
      return [
        { id: "reported", label: "Not yet with ECO", state: "current" },
        ahead("in-work", "Validated, in work"),
        ahead("resolved", "Resolved"),
        ahead("rated", "Rated"),
      ];
    case "reported":
      return [
        { id: "reported", label: reported, state: responded ? "done" : "current" },
        responded
          ? { id: "in-work", label: "ECO has responded", state: "current" }
          : ahead("in-work", "Validated, in work"),
        ahead("waiting", "Waiting for you"),
        ahead("resolved", "Resolved"),
        ahead("rated", "Rated"),
      ];
    case "in-work":
      return [
        { id: "reported", label: reported, state: "done" },
        { id: "in-work", label: "In work", state: "current" },
        ahead("waiting", "Waiting for you"),
        ahead("resolved", "Resolved"),
        ahead("rated", "Rated"),
      ];
    case "waiting":
      return [
        { id: "reported", label: reported, state: "done" },
        { id: "in-work", label: "In work", state: "done" },
        { id: "waiting", label: "Waiting for you", state: "current" },
        ahead("resolved", "Resolved"),
        ahead("rated", "Rated"),
      ];
    case "resolved":
      return [
        { id: "reported", label: reported, state: "done" },
        ...(responded
          ? [{ id: "in-work", label: "ECO has responded", state: "done" } as const]
          : []),
        { id: "resolved", label: "Resolved", state: detail.rating === null ? "current" : "done" },
        detail.rating === null
          ? ahead("rated", "Rated")
          : { id: "rated", label: `Rated ${detail.rating.stars} of 5`, state: "current" },
      ];
    case undefined:
      return [
        { id: "reported", label: reported, state: "done" },
        { id: "in-work", label: row.status, state: "current" },
      ];
  }
}

function ahead(id: Step["id"], label: string): Step {
  return { id, label, state: "ahead" };
}
