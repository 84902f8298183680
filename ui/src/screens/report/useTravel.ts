// Going from step to step, with the focus where the user goes on: in the step's first field, or in a named one.
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Field } from "../../platform/contract";
import { focusField, focusFirstField } from "./Field";
import { type Step, stepFrom } from "./steps";
import type { Report } from "./useReport";

export interface Travel {
  step: Step;
  go(step: Step, field?: Field | null): void;
  /** The element that holds the current step. */
  place: RefObject<HTMLDivElement | null>;
}

export function useTravel({ content, update }: Report): Travel {
  const place = useRef<HTMLDivElement>(null);
  const [goal, setGoal] = useState<{ field: Field | null } | null>({ field: null });
  const step = stepFrom(content.step);

  const go = useCallback(
    (to: Step, field: Field | null = null) => {
      if (to !== step) update({ step: to });
      setGoal({ field });
    },
    [step, update],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the step's own fields exist only after it has changed
  useEffect(() => {
    const root = place.current;
    if (goal === null || root === null) return;
    if (goal.field === null || !focusField(root, goal.field)) {
      root.closest(".eco-content")?.scrollTo(0, 0);
      if (!focusFirstField(root)) root.focus({ preventScroll: true });
    }
    setGoal(null);
  }, [goal, step]);

  return { step, go, place };
}
