// The kinds of problem, the services and categories as the form shows them. What they are, the core says.
import type { IconProps } from "@cloudscape-design/components/icon";
import type { KindOfProblem, ProblemKind, Service } from "../../platform/contract";
import { KINDS, SERVICES } from "../../platform/rules";

export const KIND_ICONS: Record<ProblemKind, IconProps.Name> = {
  "data-in": "upload",
  "data-out": "search",
  access: "lock-private",
  "slow-or-down": "status-warning",
  "scheduled-task": "calendar",
  question: "suggestions",
};

/** The kind with all that is known of it; before one is chosen, the first stands for all. */
export function kindOf(kind: ProblemKind | null): KindOfProblem | undefined {
  return KINDS.find((known) => known.kind === kind) ?? KINDS[0];
}

/** AWS's name of a service, for when AWS has never been asked. */
export function serviceName(service: Service): string {
  return SERVICES.find((known) => known.service === service)?.name ?? service;
}

/** A category's name as a control shows it: the product's long name made short. */
export function shortCategory(name: string): string {
  return name.replace("Energy Data Insights (EDI)", "EDI");
}
