// The form's places: which field is asked where, and in which order, as the core says. A problem leads the user to the
// place where it can be mended.
import type { Field, Problem, ReportContent } from "../../platform/contract";
import { REPORT_STEPS } from "../../platform/rules";

/** 1 How can we help?, 2 Additional information, 3 Solve now, 4 Contact us: as kept in the draft. */
export type Step = 1 | 2 | 3 | 4;

const FIELDS: readonly { field: Field; step: Step }[] = REPORT_STEPS.flatMap(({ step, fields }) =>
  fields.map((field) => ({ field, step: stepFrom(step) })),
);

export function stepName(step: Step): string {
  return REPORT_STEPS.find((known) => known.step === step)?.name ?? "";
}

function rank(problem: Problem): number {
  const index = FIELDS.findIndex(({ field }) => field === problem.field);
  return index < 0 ? FIELDS.length : index;
}

/** The form's field that shows the problem; null when none does. */
export function fieldOf(problem: Problem): Field | null {
  return FIELDS[rank(problem)]?.field ?? null;
}

/** Where a problem is mended. What belongs to no field is shown on the last page, beside Submit. */
export function stepOf(problem: Problem): Step {
  return FIELDS[rank(problem)]?.step ?? 4;
}

/** A step's problems, in the order of the form. */
export function problemsAt(problems: readonly Problem[], step: Step): Problem[] {
  return problems.filter((problem) => stepOf(problem) === step).sort((a, b) => rank(a) - rank(b));
}

/** The problem that the user meets first when going through the form. */
export function firstProblem(problems: readonly Problem[]): Problem | null {
  return [...problems].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** The fields whose value the patch changes. */
export function fieldsChanged(before: ReportContent, patch: Partial<ReportContent>): Field[] {
  const { phone } = patch;
  const direct = ["account", "kind", "service", "priority", "subject", "body", "contact"] as const;
  const fields: Field[] = direct.filter(
    (field) => patch[field] !== undefined && patch[field] !== before[field],
  );
  if (patch.categoryCode !== undefined && patch.categoryCode !== before.categoryCode) {
    fields.push("category");
  }
  if (patch.cc !== undefined) fields.push("cc");
  if (phone !== undefined) {
    for (const part of ["region", "number", "extension"] as const) {
      if (phone[part] !== before.phone[part]) fields.push(`phone.${part}`);
    }
  }
  return fields;
}

/** A step as kept in a draft; anything unknown starts the form from its beginning. */
export function stepFrom(step: number): Step {
  return step === 2 || step === 3 || step === 4 ? step : 1;
}
