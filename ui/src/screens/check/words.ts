// What the connection check found, in words: how far each purpose can be served, how far off the clock is.

import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { count } from "../../format/size";
import type { OperationCheck, Permission, Purpose } from "../../platform/contract";
import { LIMITS, PURPOSES } from "../../platform/rules";

export interface PurposeRow extends Purpose {
  checks: readonly OperationCheck[];
  /** The worst of its operations. */
  worst: Permission["state"];
}

const RANK: readonly Permission["state"][] = ["denied", "not-needed", "unknown", "allowed"];

export function rowsOf(checks: readonly OperationCheck[]): PurposeRow[] {
  return PURPOSES.flatMap((purpose) => {
    const own = checks.filter(({ operation }) => purpose.operations.includes(operation));
    const worst = RANK.find((state) => own.some(({ permission }) => permission.state === state));
    return worst === undefined ? [] : [{ ...purpose, checks: own, worst }];
  });
}

export function meaning({ worst, without, changes }: PurposeRow): string {
  switch (worst) {
    case "allowed":
      return changes ? "Works; tried without doing it" : "Works";
    case "denied":
      return without;
    case "not-needed":
      return `Not needed. ${without}`;
    case "unknown":
      return "Could not be tried.";
  }
}

function length(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : count(Math.round(seconds / 60), "minute");
}

export function clockWords(ahead: number | null): {
  type: StatusIndicatorProps.Type;
  text: string;
} {
  if (ahead === null) return { type: "pending", text: "Not known" };
  const off = Math.abs(ahead);
  if (off <= 1) return { type: "success", text: "Right" };
  const text = `${length(off)} ${ahead > 0 ? "fast" : "slow"}`;
  if (off >= LIMITS.clockRefusedSeconds) return { type: "error", text: `${text}: set it right` };
  if (off >= LIMITS.clockNoticedSeconds) return { type: "warning", text: `${text}: set it right` };
  return { type: "success", text: `${text}, fine` };
}
