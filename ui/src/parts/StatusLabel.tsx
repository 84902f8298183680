// Where a case stands, with the sign for it. A case that ECO does not have yet says so instead.
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import { statusName } from "../format/words";
import type { CaseStatus, Presence } from "../platform/contract";

const SIGNS: ReadonlyMap<CaseStatus, StatusIndicatorProps.Type> = new Map([
  ["unassigned", "pending"],
  ["opened", "info"],
  ["work-in-progress", "in-progress"],
  ["pending-customer-action", "warning"],
  ["customer-action-completed", "info"],
  ["reopened", "info"],
  ["resolved", "success"],
]);

interface Props {
  status: CaseStatus;
  presence?: Presence;
}

export function StatusLabel({ status, presence = "at-aws" }: Props) {
  switch (presence) {
    case "not-yet-sent":
      return <StatusIndicator type="warning">Not yet with ECO</StatusIndicator>;
    case "just-sent":
      return <StatusIndicator type="success">Sent to ECO</StatusIndicator>;
    case "at-aws":
    case "archived":
      return (
        <StatusIndicator type={SIGNS.get(status) ?? "info"}>{statusName(status)}</StatusIndicator>
      );
  }
}
