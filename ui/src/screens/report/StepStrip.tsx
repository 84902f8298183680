// The guide's three steps as a strip: where the user is, what is done, what still lacks something. Every step
// can be gone to at any time.
import Icon from "@cloudscape-design/components/icon";
import type { Problem } from "../../platform/contract";
import { problemsAt, type Step, stepName } from "./steps";

interface Place {
  name: string;
  /** The draft's steps that it stands for. */
  steps: readonly Step[];
}

const PLACES: readonly Place[] = [
  { name: stepName(1), steps: [1] },
  { name: stepName(2), steps: [2] },
  { name: "Solve now or contact us", steps: [3, 4] },
];

interface StepStripProps {
  step: Step;
  problems: readonly Problem[];
  onGo(step: Step): void;
}

export function StepStrip({ step, problems, onGo }: StepStripProps) {
  const current = PLACES.findIndex(({ steps }) => steps.includes(step));
  return (
    <ol className="eco-report-steps" aria-label="Steps" data-testid="report-steps">
      {PLACES.map(({ name, steps }, index) => {
        const lacking = steps.some((each) => problemsAt(problems, each).length > 0);
        const state =
          index === current ? "current" : index > current ? "ahead" : lacking ? "lacking" : "done";
        return (
          <li key={name} className={`eco-report-step eco-report-step-${state}`}>
            <button
              type="button"
              data-testid={`report-step-${index + 1}`}
              aria-current={index === current ? "step" : undefined}
              onClick={() => {
                const first = steps[0];
                if (index !== current && first !== undefined) onGo(first);
              }}
            >
              <span className="eco-report-step-mark" aria-hidden="true">
                {state === "done" ? (
                  <Icon name="check" size="small" />
                ) : state === "lacking" ? (
                  "!"
                ) : (
                  index + 1
                )}
              </span>
              <span>{name}</span>
              {state === "done" && <span className="eco-hidden">, done</span>}
              {state === "lacking" && <span className="eco-hidden">, something is missing</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
