// A priority as three bars and its word.
import "./parts.css";
import { priorityName } from "../format/words";
import type { Priority } from "../platform/contract";

const FILLED: Record<Priority, number> = { low: 1, medium: 2, high: 3 };

export function PriorityMark({ priority }: { priority: Priority }) {
  return (
    <span className="eco-priority">
      <svg
        aria-hidden="true"
        className={`eco-bars eco-bars-${priority}`}
        viewBox="0 0 14 12"
        width="14"
        height="12"
      >
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            className={bar < FILLED[priority] ? "eco-bar-on" : "eco-bar-off"}
            x={bar * 5}
            y={8 - bar * 4}
            width="4"
            height={4 + bar * 4}
          />
        ))}
      </svg>
      {priorityName(priority)}
    </span>
  );
}
