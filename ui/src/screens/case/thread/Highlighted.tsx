// A stretch of a message with what is sought in it marked.
import { type Hit, litPieces } from "./find";

/** What is sought in one message. */
export interface Sought {
  /** Where it stands in it, in their order. */
  hits: readonly Hit[];
  /** The one that was gone to, where it is in this message. */
  current: Hit | null;
}

/** Whether something that is sought stands between two places of the message. */
export function soughtIn(sought: Sought | undefined, from: number, to: number): boolean {
  return sought?.hits.some((hit) => hit.at < to && hit.end > from) ?? false;
}

interface Props {
  at: number;
  text: string;
  sought: Sought | undefined;
}

export function Highlighted({ at, text, sought }: Props) {
  if (!soughtIn(sought, at, at + text.length)) return text;
  return litPieces(text, at, sought?.hits ?? []).map((piece) =>
    piece.hit === null ? (
      piece.text
    ) : (
      <mark
        key={piece.at}
        className={piece.hit === sought?.current ? "thread-hit thread-hit-current" : "thread-hit"}
        {...(piece.hit === sought?.current ? { "data-find-current": true } : {})}
      >
        {piece.text}
      </mark>
    ),
  );
}
