/**
 * Where an incident stands in ECO's workflow.
 *
 * The rule it keeps: the steps and their names are the same for every case, and only what the case itself says sets
 * their states. A status that is not known moves no step; it stands in the head of the case as it came.
 */

import Icon from "@cloudscape-design/components/icon";
import type { CaseDetail } from "../../platform/contract";
import { STATUSES } from "../../platform/rules";

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
  const stage = STATUSES.find(({ status }) => status === row.status)?.stage;
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

const SPOKEN: Record<StepState, string> = {
  done: "done",
  current: "current",
  passed: "passed",
  ahead: "not reached",
};

export function WorkflowSteps({ detail }: { detail: CaseDetail }) {
  return (
    <ol className="case-steps" aria-label="Where the incident stands" data-testid="case-steps">
      {workflowSteps(detail).map((step) => (
        <li
          key={step.id}
          className={`case-step case-step-${step.state}`}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <span className="case-step-mark" aria-hidden="true">
            {step.state === "done" ? <Icon name="check" size="inherit" /> : null}
          </span>
          {step.label}
          <span className="eco-hidden">, {SPOKEN[step.state]}</span>
        </li>
      ))}
    </ol>
  );
}
