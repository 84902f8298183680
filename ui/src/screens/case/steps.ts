/**
 * Where an incident stands in ECO's workflow.
 *
 * The rule it keeps: the steps and their names are the same for every case, and only what the case itself says sets
 * their states. A status that is not known moves no step; it stands in the head of the case as it came.
 */
import type { CaseDetail } from "../../platform/contract";

/** How far a step is. `passed`: the case is beyond it, and does not say whether it was ever there. */
export type StepState = "done" | "current" | "passed" | "ahead";

const NAMES = {
  reported: "Reported",
  "in-work": "In work",
  waiting: "Waiting for you",
  resolved: "Resolved",
  rated: "Rated",
} as const;

/** One step of the workflow. */
export interface Step {
  id: keyof typeof NAMES;
  label: string;
  state: StepState;
}

type Stage = "reported" | "in-work" | "waiting" | "resolved";

const STATUS_STAGE: Record<string, Stage> = {
  unassigned: "reported",
  opened: "reported",
  "work-in-progress": "in-work",
  "customer-action-completed": "in-work",
  reopened: "in-work",
  "pending-customer-action": "waiting",
  resolved: "resolved",
};

/** The steps of a case, in their order. */
export function workflowSteps(detail: CaseDetail): Step[] {
  const [reported, inWork, waiting, resolved, rated] = statesOf(detail);
  return [
    step("reported", reported),
    step("in-work", inWork),
    step("waiting", waiting),
    step("resolved", resolved),
    step("rated", rated),
  ];
}

type States = [StepState, StepState, StepState, StepState, StepState];

function statesOf({ row, rating }: CaseDetail): States {
  if (row.presence === "not-yet-sent") return ["ahead", "ahead", "ahead", "ahead", "ahead"];
  const stage: Stage | undefined = STATUS_STAGE[row.status];
  switch (stage) {
    case "reported":
      return ["current", "ahead", "ahead", "ahead", "ahead"];
    case "in-work":
      return ["done", "current", "ahead", "ahead", "ahead"];
    case "waiting":
      return ["done", "done", "current", "ahead", "ahead"];
    case "resolved": {
      const worked = row.response.state === "responded" ? "done" : "passed";
      return rating === null
        ? ["done", worked, "passed", "current", "ahead"]
        : ["done", worked, "passed", "done", "done"];
    }
    case undefined:
      return ["done", "ahead", "ahead", "ahead", "ahead"];
  }
}

function step(id: Step["id"], state: StepState): Step {
  return { id, label: NAMES[id], state };
}
