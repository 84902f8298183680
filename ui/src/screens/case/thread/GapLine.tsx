// What stands where messages are left out: how many and from when, and the ways to load them.
import Button from "@cloudscape-design/components/button";
import { clock, moment, sameDay } from "../../../format/time";
import { useNow } from "../../../format/useNow";
import type { ThreadItem } from "./runs";

interface Props {
  gap: Extract<ThreadItem, { kind: "gap" }>;
  loading: boolean;
  onMore: () => void;
  onAll: () => void;
}

export function GapLine({ gap, loading, onMore, onAll }: Props) {
  return (
    <div className="case-gap" data-testid="case-gap">
      <span className="case-quiet">{hiddenWords(gap, useNow())}</span>
      <Button variant="inline-link" loading={loading} onClick={onMore} data-testid="case-load-more">
        Load more
      </Button>
      <Button variant="inline-link" disabled={loading} onClick={onAll} data-testid="case-load-all">
        Load all
      </Button>
    </div>
  );
}

/** "4 more, 04:17 to 04:25", with the days where they are not of one. */
export function hiddenWords({ hidden, from, until }: Props["gap"], now: number): string {
  if (from === null || until === null) return `${hidden} more`;
  if (hidden === 1 || from === until) return `${hidden} more, ${moment(from, now)}`;
  const end = sameDay(from, until) ? clock(until) : moment(until, now);
  return `${hidden} more, ${moment(from, now)} to ${end}`;
}
