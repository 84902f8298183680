// The form's places: which field is asked where, and in which order. A problem that the core names leads
// the user to the place where it can be mended.
import type { Problem } from "../../platform/contract";

/** 1 How can we help?, 2 Additional information, 3 Solve now, 4 Contact us: as kept in the draft. */
export type Step = 1 | 2 | 3 | 4;

export const STEP_NAMES: Record<Step, string> = {
  1: "How can we help?",
  2: "Additional information",
  3: "Solve now",
  4: "Contact us",
};

/** Fields in the order in which the form shows them. Prefixes count: `files` holds `files.0`. */
const FIELDS: readonly (readonly [field: string, step: Step])[] = [
  ["kind", 1],
  ["account", 1],
  ["service", 1],
  ["category", 1],
  ["priority", 1],
  ["subject", 2],
  ["body", 2],
  ["files", 2],
  ["language", 4],
  ["contact", 4],
  ["phone.region", 4],
  ["phone.number", 4],
  ["phone.extension", 4],
  ["cc", 4],
];

function rank(problem: Problem): number {
  const index = FIELDS.findIndex(([field]) => isAt(problem, field));
  return index < 0 ? FIELDS.length : index;
}

/** Whether the problem belongs to this field, or to a part of it. */
export function isAt(problem: Problem, field: string): boolean {
  return problem.field === field || (problem.field?.startsWith(`${field}.`) ?? false);
}

/** The form's field that shows the problem; null when none does. */
export function fieldOf(problem: Problem): string | null {
  return FIELDS.find(([field]) => isAt(problem, field))?.[0] ?? null;
}

/** Where a problem is mended. What belongs to no field is shown on the last page, beside Submit. */
export function stepOf(problem: Problem): Step {
  return FIELDS.find(([field]) => isAt(problem, field))?.[1] ?? 4;
}

/** A step's problems, in the order of the form. */
export function problemsAt(problems: readonly Problem[], step: Step): Problem[] {
  return problems.filter((problem) => stepOf(problem) === step).sort((a, b) => rank(a) - rank(b));
}

/** The problem that the user meets first when going through the form. */
export function firstProblem(problems: readonly Problem[]): Problem | null {
  return [...problems].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** A step as kept in a draft; anything unknown starts the form from its beginning. */
export function stepFrom(step: number): Step {
  return step === 2 || step === 3 || step === 4 ? step : 1;
}
