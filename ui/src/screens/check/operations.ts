// What each operation is for, and what it means where it is denied.
import type { Operation, OperationCheck, Permission } from "../../platform/contract";

export interface Purpose {
  id: string;
  what: string;
  operations: readonly Operation[];
  /** What does not work where one of them is denied. */
  without: string;
}

export const PURPOSES: readonly Purpose[] = [
  {
    id: "see",
    what: "See incidents",
    operations: ["DescribeCases", "DescribeCommunications"],
    without: "Incidents and their correspondence cannot be shown.",
  },
  {
    id: "catalogue",
    what: "Know services and priorities",
    operations: ["DescribeServices", "DescribeSeverityLevels"],
    without: "A report cannot be addressed: only AWS knows the codes.",
  },
  {
    id: "create",
    what: "Report an incident",
    operations: ["CreateCase"],
    without: "Incidents have to be reported in Support Center.",
  },
  {
    id: "reply",
    what: "Reply and reopen",
    operations: ["AddCommunicationToCase"],
    without: "Replies have to be written in Support Center.",
  },
  {
    id: "send-files",
    what: "Send files",
    operations: ["AddAttachmentsToSet"],
    without: "Messages can be sent, but without files.",
  },
  {
    id: "save-files",
    what: "Save ECO's files",
    operations: ["DescribeAttachment"],
    without: "Files can be seen, but not saved.",
  },
  {
    id: "resolve",
    what: "Resolve a case",
    operations: ["ResolveCase"],
    without: "Cases have to be resolved in Support Center.",
  },
  {
    id: "hours",
    what: "Show opening hours",
    operations: ["DescribeCreateCaseOptions", "DescribeSupportedLanguages"],
    without: "Opening hours of chat and phone are left out.",
  },
];

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

export function meaning({ worst, without, id }: PurposeRow): string {
  switch (worst) {
    case "allowed":
      return id === "create" || id === "reply" || id === "resolve"
        ? "Works; tried without doing it"
        : "Works";
    case "denied":
      return without;
    case "not-needed":
      return `Not needed. ${without}`;
    case "unknown":
      return "Could not be tried.";
  }
}
