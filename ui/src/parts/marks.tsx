// Small signs that say one thing of a case, an account or a draft, the same wherever they stand.
import "./parts.css";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { SaveState } from "../draft/draft-saver";
import { responseMark, type Standing, statusMark } from "../format/marks";
import { absolute, completing, moment, relative, relativeSeconds } from "../format/time";
import { useNow } from "../format/useNow";
import type { AccountId, CaseRow, Priority } from "../platform/contract";
import { ACCOUNT_COLOURS, PRIORITIES } from "../platform/rules";
import { useCommand } from "../query/hooks";

/** The dot alone; for where the name stands beside it anyway. */
export function Dot({ colour }: { colour: number }) {
  return (
    <span aria-hidden="true" className={`eco-dot eco-dot-${colour % ACCOUNT_COLOURS.length}`} />
  );
}

/** An account as a coloured dot with its name. */
export function AccountDot({ account }: { account: AccountId }) {
  const accounts = useCommand("account_list", {});
  const known = accounts.data?.find(({ id }) => id === account);
  return (
    <span className="eco-account">
      {known ? <Dot colour={known.colour} /> : null}
      <span className="eco-cut">
        {known?.name ?? (accounts.isPending ? "" : "Removed account")}
      </span>
    </span>
  );
}

/** A priority as three bars: one, two or all of them stand out. */
export function Bars({ priority }: { priority: Priority }) {
  const words = PRIORITIES.find((known) => known.priority === priority);
  return (
    <svg
      aria-hidden="true"
      className={`eco-bars eco-bars-${words?.tone}`}
      viewBox="0 0 14 12"
      width="14"
      height="12"
    >
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          className={bar < (words?.bars ?? 0) ? "eco-bar-on" : "eco-bar-off"}
          x={bar * 5}
          y={8 - bar * 4}
          width="4"
          height={4 + bar * 4}
        />
      ))}
    </svg>
  );
}

/** A priority as three bars and its word. */
export function PriorityMark({ priority }: { priority: Priority }) {
  return (
    <span className="eco-priority">
      <Bars priority={priority} />
      {PRIORITIES.find((known) => known.priority === priority)?.name}
    </span>
  );
}

/** Where a case stands, with the sign for it. A case that ECO does not have yet says so instead. */
export function StatusLabel({ row }: { row: Standing }) {
  const { tone, text } = statusMark(row);
  return <StatusIndicator type={tone}>{text}</StatusIndicator>;
}

/** How fast ECO responded, or how long it still has. */
type ResponseProps = Pick<CaseRow, "response" | "reportedBy" | "presence">;

/** The part of the target that is still left, drawn as a ring. */
export function Ring({ left }: { left: number }) {
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

export function ResponseMark(props: ResponseProps) {
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

interface TimeProps {
  /** Milliseconds since 1970. */
  at: number;
  /** `relative` "4 min ago", `moment` "06:34" or "16 Nov 21:20", `seconds` "20 s ago", `completing` what `relative` leaves open. */
  as?: "relative" | "moment" | "seconds" | "completing";
}

const WORDS = { relative, moment, seconds: relativeSeconds, completing };

/** A time in words that keep up with the clock; its tooltip says it in full. */
export function Time({ at, as = "relative" }: TimeProps) {
  const now = useNow(as === "seconds" ? "seconds" : "minute");
  const text = WORDS[as](at, now);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      // Made when it is looked for: a list would spend more on these than on its rows.
      onPointerEnter={(event) => {
        event.currentTarget.title = absolute(at);
      }}
    >
      {text}
    </time>
  );
}

interface SavedProps {
  save: SaveState;
  /** When the core last saved the draft, by whatever way: in an earlier visit, or when a file was added. */
  savedBefore?: number;
}

/** Whether a draft is on disk. */
export function SavedMark({ save, savedBefore }: SavedProps) {
  switch (save.state) {
    case "idle":
      return savedBefore === undefined ? null : (
        <span className="eco-saved" data-testid="saved-mark">
          Draft saved <Time at={savedBefore} as="seconds" />
        </span>
      );
    case "saving":
      return (
        <span className="eco-saved" data-testid="saved-mark">
          Saving…
        </span>
      );
    case "saved":
      return (
        <span className="eco-saved" data-testid="saved-mark">
          Draft saved <Time at={Math.max(save.at, savedBefore ?? 0)} as="seconds" />
        </span>
      );
    case "failed":
      return (
        <span className="eco-saved eco-saved-failed" data-testid="saved-mark" role="alert">
          Not saved: {save.problem.message}
          {save.retrying ? " Trying again." : ""}
        </span>
      );
  }
}

/** `<Keys of={["Ctrl", "Enter"]} />` */
export function Keys({ of }: { of: readonly string[] }) {
  return (
    <span className="eco-keys">
      {of.map((key) => (
        <kbd key={key} className="eco-key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
