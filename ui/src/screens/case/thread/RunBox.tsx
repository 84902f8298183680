// A run of messages by one author under one head. Far from what is in view only its height is kept.
import { memo, useLayoutEffect, useRef, useState } from "react";
import { absolute, clock, relative } from "../../../format/time";
import { useNow } from "../../../format/useNow";
import { authorName } from "../../../format/words";
import type { CaseKey, ResponseClock } from "../../../platform/contract";
import { Avatar } from "../Avatar";
import type { Hit } from "./find";
import type { Sought } from "./Highlighted";
import { MessageBox } from "./MessageBox";
import { guessedHeight, type Run } from "./runs";

export interface RunBoxProps {
  caseKey: CaseKey;
  run: Run;
  response: ResponseClock;
  ownName: string;
  /** The message that was rated, if it is in this run, and with how many stars. */
  rated: { message: string; stars: number } | null;
  /** What is sought, by message; `null` where nothing of it stands here. */
  hits: ReadonlyMap<string, readonly Hit[]> | null;
  current: Hit | null;
  /** Whether it is drawn wherever it stands. */
  always: boolean;
}

/** How far from the view a run is drawn, in pixels. */
const MARGIN = "1200px";

export const RunBox = memo(function RunBox(props: RunBoxProps) {
  const { run } = props;
  const box = useRef<HTMLElement>(null);
  const near = useNear(box, props.always);
  const height = useRef<number | null>(null);
  useLayoutEffect(() => {
    // Kept for when it is out of view.
    if (near) height.current = box.current?.offsetHeight ?? null;
  });
  const name = authorName(run.author);
  const [first] = run.messages;
  if (first === undefined) return null;
  const count = run.messages.length;
  return (
    <article
      ref={box}
      className="thread-run"
      data-testid="case-run"
      aria-label={`${name}, ${clock(first.at)}${count > 1 ? `, ${count} messages` : ""}`}
      style={near ? undefined : { blockSize: height.current ?? guessedHeight(run) }}
    >
      {near ? (
        <>
          <Avatar author={run.author} ownName={props.ownName} />
          <div className="thread-run-column">
            <div className="thread-run-head">
              <b dir="auto">{name}</b>
              {run.author.who === "colleague" ? (
                <span className="case-quiet">colleague</span>
              ) : null}
              <time
                className="thread-run-time case-quiet"
                dateTime={new Date(first.at).toISOString()}
                title={absolute(first.at)}
              >
                {clock(first.at)}
                {run.newest || run.isNew ? <Age at={first.at} /> : null}
              </time>
            </div>
            {run.messages.map((message) => (
              <MessageBox
                key={message.id}
                caseKey={props.caseKey}
                message={message}
                first={message === first}
                response={props.response}
                stars={props.rated?.message === message.id ? props.rated.stars : null}
                sought={soughtOf(message.id, props)}
              />
            ))}
          </div>
        </>
      ) : null}
    </article>
  );
});

function Age({ at }: { at: number }) {
  return `, ${relative(at, useNow())}`;
}

function soughtOf(id: string, { hits, current }: RunBoxProps): Sought | undefined {
  const own = hits?.get(id);
  return own && { hits: own, current: current?.message === id ? current : null };
}

/** Whether an element is near what is in view. What was drawn once stays so: it may hold what somebody has unfolded. */
function useNear(box: React.RefObject<HTMLElement | null>, always: boolean): boolean {
  const lazy = !always && typeof IntersectionObserver !== "undefined";
  const [near, setNear] = useState(!lazy);
  useLayoutEffect(() => {
    if (near || box.current === null) return;
    if (!lazy) {
      setNear(true);
      return;
    }
    const column = box.current.closest<HTMLElement>(".case-column");
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { root: column, rootMargin: `${MARGIN} 0px` },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [near, lazy, box]);
  return near || always;
}
