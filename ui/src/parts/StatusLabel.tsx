// Where a case stands, with the sign for it. A case that ECO does not have yet says so instead.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { statusMark } from "../format/marks";
import type { CaseStatus, Presence } from "../platform/contract";

interface Props {
  status: CaseStatus;
  presence?: Presence;
}

export function StatusLabel({ status, presence = "at-aws" }: Props) {
  const { tone, text } = statusMark(status, presence);
  return <StatusIndicator type={tone}>{text}</StatusIndicator>;
}
