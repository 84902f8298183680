// How fast ECO responded, or how long it still has: "11 min left", "Met in 9 min", "Late by 22 min".
import "./parts.css";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { responseMark } from "../format/marks";
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

export function ResponseMark(props: Props) {
  const now = useNow();
  const words = responseMark(props, now);
  switch (words.kind) {
    case "none":
      return <span className="eco-muted">{words.text}</span>;
    case "running":
      return (
        <span className="eco-response">
          <Ring left={words.share} />
          {words.text}
        </span>
      );
    case "late":
      return <StatusIndicator type="error">{words.text}</StatusIndicator>;
    case "met":
      return <StatusIndicator type="success">{words.text}</StatusIndicator>;
  }
}
