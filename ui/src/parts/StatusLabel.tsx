// Where a case stands, with the sign for it. A case that ECO does not have yet says so instead.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { type Standing, statusMark } from "../format/marks";

export function StatusLabel({ row }: { row: Standing }) {
  const { tone, text } = statusMark(row);
  return <StatusIndicator type={tone}>{text}</StatusIndicator>;
}
