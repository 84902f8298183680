// How fast ECO responded, or how long it still has: "11 min left", "Met in 9 min", "Late by 22 min".
import "./parts.css";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { minutes, span } from "../format/time";
import { useNow } from "../format/useNow";
import type { CaseRow } from "../platform/contract";

type Props = Pick<CaseRow, "response" | "reportedBy" | "presence">;

/** The part of the target that is still left, drawn as a ring. */
function Ring({ left }: { left: number }) {
  const circumference = 2 * Math.PI * 6;
  return (
    <svg aria-hidden="true" className="eco-ring" viewBox="0 0 16 16" width="16" height="16">
      <circle className="eco-ring-all" cx="8" cy="8" r="6" />
      <circle
        className="eco-ring-left"
        cx="8"
        cy="8"
        r="6"
        strokeDasharray={`${left * circumference} ${circumference}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}

export function ResponseMark({ response, reportedBy, presence }: Props) {
  const now = useNow();
  switch (response.state) {
    case "not-applicable":
      if (presence === "not-yet-sent") return <span className="eco-muted">Clock not started</span>;
      return (
        <span className="eco-muted">
          {reportedBy.who === "eco" ? "Opened by ECO" : "No response clock"}
        </span>
      );
    case "running": {
      const left = response.dueAt - now;
      if (left <= 0) {
        return <StatusIndicator type="error">Late by {span(-left)}</StatusIndicator>;
      }
      return (
        <span className="eco-response">
          <Ring left={Math.min(1, left / (response.targetMinutes * 60_000))} />
          {span(left)} left
        </span>
      );
    }
    case "responded": {
      const late = response.afterMinutes - response.targetMinutes;
      return late > 0 ? (
        <StatusIndicator type="error">Late by {minutes(late)}</StatusIndicator>
      ) : (
        <StatusIndicator type="success">Met in {minutes(response.afterMinutes)}</StatusIndicator>
      );
    }
  }
}
