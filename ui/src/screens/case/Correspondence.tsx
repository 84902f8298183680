// The correspondence of a case, newest last, in a column that scrolls and keeps the reader's place.
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import type { UseQueryResult } from "@tanstack/react-query";
import { useCallback, useLayoutEffect, useMemo, useState } from "react";
import { count } from "../../format/size";
import { dayMark } from "../../format/time";
import { useNow } from "../../format/useNow";
import { openLink } from "../../frame/links";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseDetail, Correspondence as Known, Problem } from "../../platform/contract";
import { useAct, useCommand } from "../../query/hooks";
import { BeforeUpdate } from "./BeforeUpdate";
import { MessageBubble } from "./MessageBubble";
import { MessagesSkeleton } from "./Skeletons";
import { held, knownMessages, nextDivider, type TimelineItem, timeline } from "./timeline";
import { useReading } from "./useReading";
import { gapWords } from "./words";

export interface CorrespondenceProps {
  detail: CaseDetail;
  query: UseQueryResult<Known, Problem>;
  onLoadMore: () => void;
}

export function Correspondence({ detail, query, onLoadMore }: CorrespondenceProps) {
  if (query.data === undefined) {
    return (
      <section className="case-column" aria-label="Correspondence" aria-busy={query.isPending}>
        {query.error === null ? (
          <MessagesSkeleton />
        ) : (
          <ProblemAlert
            title="The correspondence could not be read"
            problem={query.error}
            onRetry={() => void query.refetch()}
          />
        )}
      </section>
    );
  }
  return (
    <Column
      detail={detail}
      known={query.data}
      loading={query.isPlaceholderData}
      problem={query.error}
      onLoadMore={onLoadMore}
    />
  );
}

interface ColumnProps {
  detail: CaseDetail;
  known: Known;
  loading: boolean;
  problem: Problem | null;
  onLoadMore: () => void;
}

function Column({ detail, known: newest, loading, problem, onLoadMore }: ColumnProps) {
  const caseKey = detail.row.key;
  const [{ read, known }, setKnown] = useState({ read: newest, known: newest });
  if (read !== newest) setKnown({ read: newest, known: held(known, newest) });
  const now = useNow();
  const ownName = useCommand("settings_get", {}).data?.ownEmail ?? "";
  const { mutate: tellSeen } = useAct("case_seen");
  const messages = useMemo(() => knownMessages(known), [known]);
  const [divider, setDivider] = useState(() => nextDivider(null, messages, false));
  const onSeen = useCallback(() => tellSeen({ case: caseKey }), [tellSeen, caseKey]);
  const reading = useReading({ messages, divider, unread: detail.row.unread, onSeen });
  const { watching } = reading;
  useLayoutEffect(() => {
    setDivider((previous) => nextDivider(previous, messages, watching()));
  }, [messages, watching]);

  const draw = (item: TimelineItem) => {
    switch (item.kind) {
      case "day":
        return (
          <div key={item.key} className="case-mark">
            {dayMark(item.at, now)}
          </div>
        );
      case "new":
        return (
          <div
            key={item.key}
            className="case-mark case-mark-new"
            data-new-mark
            data-testid="case-new"
          >
            New since you last looked
          </div>
        );
      case "gap":
        return (
          <div key={item.key} className="case-gap" data-testid="case-gap">
            <span className="case-quiet">{count(item.hidden, "message")}</span>
            <Button
              variant="inline-link"
              loading={loading}
              onClick={onLoadMore}
              data-testid="case-load-more"
            >
              Load more
            </Button>
          </div>
        );
      case "message":
        return (
          <MessageBubble
            key={item.key}
            caseKey={caseKey}
            message={item.message}
            newest={item.newest}
            response={detail.row.response}
            ownName={ownName}
            now={now}
            onOpenLink={(written) => void openLink(written)}
          />
        );
    }
  };

  return (
    <div className="case-reading">
      <section
        ref={reading.scroller}
        className="case-column"
        aria-label="Correspondence"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <BeforeUpdate run={reading.note} />
        <div ref={reading.content} className="case-messages">
          {problem === null ? null : (
            <ProblemAlert title="The newest messages could not be read" problem={problem} />
          )}
          {known.gap !== null ? (
            <div className="case-gap" role="note" data-testid="case-gap-told">
              {gapWords(known.gap)}
            </div>
          ) : known.incomplete ? (
            <div className="case-gap case-quiet" data-testid="case-incomplete">
              AWS may hold more messages than this computer knows yet. They appear with the next
              sync.
            </div>
          ) : null}
          {timeline(known, divider).map(draw)}
        </div>
      </section>
      <div aria-live="polite" className="case-pill-place">
        {reading.newBelow ? (
          <button
            type="button"
            className="case-pill"
            onClick={reading.toNewest}
            data-testid="case-new-message"
          >
            <Icon name="angle-down" size="small" /> New message
          </button>
        ) : null}
      </div>
    </div>
  );
}
