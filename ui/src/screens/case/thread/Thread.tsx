// The messages of a case in their column: runs and marks, what is left out, the bar that finds words, the way to the
// newest.
import "./thread.css";
import Icon from "@cloudscape-design/components/icon";
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { dayMark } from "../../../format/time";
import { useNow } from "../../../format/useNow";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import type { CaseDetail, Correspondence, Problem } from "../../../platform/contract";
import { useAct, useCommand } from "../../../query/hooks";
import { BeforeUpdate } from "../BeforeUpdate";
import { held, knownMessages, nextDivider, timeline } from "../timeline";
import { useReading } from "../useReading";
import { gapWords } from "../words";
import { FindBar } from "./FindBar";
import { GapLine } from "./GapLine";
import { RunBox } from "./RunBox";
import { ratedMessage, runsOf, type ThreadItem } from "./runs";
import { ALL, useFind } from "./useFind";

export interface ThreadProps {
  detail: CaseDetail;
  known: Correspondence;
  loading: boolean;
  problem: Problem | null;
  onShow: (recent: number) => void;
}

/** How many more messages "Load more" brings. */
const PAGE = 20;
/** Up to so many messages are all drawn at once. */
const FEW = 80;
/** How many runs around the place where one lands are drawn at once. */
const AROUND = 12;

export function Thread({ detail, known: newest, loading, problem, onShow }: ThreadProps) {
  const caseKey = detail.row.key;
  const [{ read, known }, setKnown] = useState({ read: newest, known: newest });
  if (read !== newest) setKnown({ read: newest, known: held(known, newest) });
  const ownName = useCommand("settings_get", {}).data?.ownEmail ?? "";
  const { mutate: tellSeen } = useAct("case_seen");
  const messages = useMemo(() => knownMessages(known), [known]);
  const [divider, setDivider] = useState(() => nextDivider(null, messages, false));
  const onSeen = useCallback(() => tellSeen({ case: caseKey }), [tellSeen, caseKey]);
  const reading = useReading({ messages, divider, unread: detail.row.unread, onSeen });
  const { watching, scroller } = reading;
  useLayoutEffect(() => {
    setDivider((previous) => nextDivider(previous, messages, watching()));
  }, [messages, watching]);

  const find = useFind(caseKey, messages, known.hidden);
  const { current, reach } = find;
  const shown = known.recent.length;
  const missing = current !== null && !messages.some(({ id }) => id === current.message);
  useEffect(() => {
    if (missing && reach > shown) onShow(reach);
  }, [missing, reach, shown, onShow]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: also once its message is there
  useLayoutEffect(() => {
    if (current === null) return;
    scroller.current?.querySelector("[data-find-current]")?.scrollIntoView({ block: "center" });
  }, [current, missing, scroller]);

  const items = useMemo(() => runsOf(timeline(known, divider)), [known, divider]);
  const landing = items.findIndex(({ kind }) => kind === "new");
  const lands = landing === -1 ? items.length : landing;
  const stars = detail.rating?.stars ?? null;
  const ratedId = useMemo(() => ratedMessage(messages), [messages]);
  const rated = useMemo(
    () => (stars === null || ratedId === null ? null : { message: ratedId, stars }),
    [stars, ratedId],
  );
  const holds = (item: ThreadItem, id: string | undefined) =>
    item.kind === "run" && id !== undefined && item.messages.some((message) => message.id === id);

  const draw = (item: ThreadItem, index: number) => {
    switch (item.kind) {
      case "day":
        return <DayLine key={item.key} at={item.at} />;
      case "new":
        return (
          // biome-ignore lint/a11y/useSemanticElements: a rule has no text
          <div
            key={item.key}
            className="case-mark case-mark-new"
            role="separator"
            aria-label="New since you last looked"
            data-new-mark
            data-testid="case-new"
          >
            New since you last looked
          </div>
        );
      case "gap":
        return (
          <GapLine
            key={item.key}
            gap={item}
            loading={loading}
            onMore={() => onShow(shown + PAGE)}
            onAll={() => onShow(ALL)}
          />
        );
      case "run":
        return (
          <RunBox
            key={item.key}
            caseKey={caseKey}
            run={item}
            response={detail.row.response}
            ownName={ownName}
            rated={holds(item, rated?.message) ? rated : null}
            hits={item.messages.some(({ id }) => find.grouped.has(id)) ? find.grouped : null}
            current={holds(item, current?.message) ? current : null}
            always={
              messages.length <= FEW ||
              item.newest ||
              Math.abs(index - lands) <= AROUND ||
              holds(item, current?.message)
            }
          />
        );
    }
  };

  return (
    <div className="case-reading thread">
      {find.open ? <FindBar find={find} /> : null}
      <section
        ref={reading.scroller}
        className="case-column"
        aria-label="Correspondence"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <BeforeUpdate run={reading.note} />
        {/* What arrives is told by the line below, not read out as it is drawn. */}
        <div
          ref={reading.content}
          className="case-messages"
          role="log"
          aria-label="Messages"
          aria-live="off"
        >
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
          {items.map(draw)}
        </div>
      </section>
      <div aria-live="polite" className="case-pill-place">
        {reading.newBelow > 0 ? (
          <button
            type="button"
            className="case-pill"
            onClick={reading.toNewest}
            data-testid="case-new-message"
          >
            <Icon name="angle-down" size="small" />{" "}
            {reading.newBelow === 1 ? "1 new message" : `${reading.newBelow} new messages`}
          </button>
        ) : reading.away ? (
          <button
            type="button"
            className="case-pill thread-to-newest"
            onClick={reading.toNewest}
            data-testid="case-to-newest"
          >
            <Icon name="angle-down" size="small" /> Jump to newest
          </button>
        ) : null}
      </div>
    </div>
  );
}

function DayLine({ at }: { at: number }) {
  const words = dayMark(at, useNow());
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule has no text
    <div className="case-mark" role="separator" aria-label={words}>
      {words}
    </div>
  );
}
