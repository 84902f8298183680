// The steps of ECO's workflow as one line under the head of a case.
import Icon from "@cloudscape-design/components/icon";
import type { CaseDetail } from "../../platform/contract";
import { type StepState, workflowSteps } from "./steps";

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
