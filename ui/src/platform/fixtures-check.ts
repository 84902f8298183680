// What a connection check finds, for the fake platform.
import type { Account, ConnectionCheck, Operation, Permission } from "./contract";

export const OPERATIONS: readonly Operation[] = [
  "DescribeCases",
  "DescribeCommunications",
  "DescribeServices",
  "DescribeSeverityLevels",
  "DescribeCreateCaseOptions",
  "DescribeSupportedLanguages",
  "CreateCase",
  "AddCommunicationToCase",
  "ResolveCase",
  "AddAttachmentsToSet",
  "DescribeAttachment",
];

const OPTIONAL: readonly Operation[] = ["DescribeCreateCaseOptions", "DescribeSupportedLanguages"];

export const EDI = {
  code: "edi-application-issues-7f3c",
  name: "Energy Data Insights (EDI) - Application Issues",
};

export function policy(operations: readonly Operation[]): string {
  const Action = operations.map((operation) => `support:${operation}`);
  const Statement = [{ Sid: "EcoDesk", Effect: "Allow", Action, Resource: "*" }];
  return JSON.stringify({ Version: "2012-10-17", Statement }, null, 2);
}

/** The check of an account whose identity lacks `denied`. */
export function connectionCheck(
  { id, accountNumber, partition }: Account,
  now: number,
  denied: readonly Operation[] = [],
): ConnectionCheck {
  const permission = (operation: Operation): Permission => {
    if (!denied.includes(operation)) return { state: "allowed" };
    return { state: OPTIONAL.includes(operation) ? "not-needed" : "denied" };
  };
  const number = accountNumber ?? "111222333440";
  return {
    account: id,
    at: now,
    partition,
    standby: null,
    identity: {
      accountNumber: number,
      name: "ingrid.solheim",
      role: "EdiSupport",
      arn: `arn:aws:sts::${number}:assumed-role/AWSReservedSSO_EdiSupport_0123456789abcdef/ingrid.solheim`,
    },
    clockAheadSeconds: 0,
    severities: ["Low", "Normal", "High", "Urgent", "Critical"],
    obstacle: null,
    operations: OPERATIONS.map((operation) => ({ operation, permission: permission(operation) })),
    edi: { state: "found", category: EDI },
    policy: denied.length === 0 ? null : policy(denied),
  };
}
