/**
 * The text of a message as it was written: spaces and line ends kept, long lines wrapped, links clickable, AWS's marks
 * for what it removed set apart, what machines wrote in fixed width, signatures and quoted originals folded.
 *
 * The rule it keeps: text is only ever text. Nothing in it becomes markup, and only http, https and mailto addresses
 * become links. A link shows all of the address as it is written, and its tooltip shows where a browser would go. The
 * shell gets it as it is written, decides whether it may be opened, and asks where it is not plain.
 */
import { useMemo } from "react";
import { blocksOf } from "./thread/blocks";
import { CodeBlock } from "./thread/CodeBlock";
import { Folded, foldedLines } from "./thread/Folded";
import { type Sought, soughtIn } from "./thread/Highlighted";
import { PieceOfText } from "./thread/PieceOfText";
import { piecesOf } from "./thread/pieces";
import { type Stretch, stretchesOf } from "./thread/quoting";

export interface MessageTextProps {
  text: string;
  onOpenLink: (url: string) => void;
  /** What is sought in it at the moment. */
  sought?: Sought;
}

/** The lines of a signature that are shown at first. */
const SIGNATURE_LINES = 2;

export function MessageText({ text, onOpenLink, sought }: MessageTextProps) {
  const stretches = useMemo(() => stretchesOf(text), [text]);
  if (text.trim() === "") {
    return <div className="case-text thread-blank">This message has no text.</div>;
  }
  const shared = { onOpenLink, ...(sought === undefined ? {} : { sought }) };
  return (
    <>
      {stretches.map((stretch) => (
        <StretchOfText key={stretch.at} stretch={trimmed(stretch)} {...shared} />
      ))}
    </>
  );
}

interface Shared {
  onOpenLink: (url: string) => void;
  sought?: Sought;
}

function StretchOfText({ stretch, ...shared }: Shared & { stretch: Stretch }) {
  const { kind, at, text } = stretch;
  if (text === "") return null;
  switch (kind) {
    case "text":
      return blocksOf(text, at).map((block) =>
        block.kind === "code" ? (
          <CodeBlock key={block.at} at={block.at} text={block.text} {...shared} />
        ) : (
          <Prose key={block.at} at={block.at} text={block.text} {...shared} />
        ),
      );
    case "quoted":
      return (
        <Folded
          show="Show quoted text"
          hide="Hide quoted text"
          wanted={soughtIn(shared.sought, at, at + text.length)}
        >
          <div className="thread-quoted">
            <Prose at={at} text={text} {...shared} />
          </div>
        </Folded>
      );
    case "signature": {
      const [first, rest] = foldedLines(text, SIGNATURE_LINES);
      const restAt = at + first.length;
      return (
        <div className="thread-signature">
          <Prose at={at} text={first} {...shared} />
          {rest === "" ? null : (
            <Folded
              show="Show the whole signature"
              hide="Shorten the signature"
              wanted={soughtIn(shared.sought, restAt, restAt + rest.length)}
            >
              <Prose at={restAt + 1} text={rest.slice(1)} {...shared} />
            </Folded>
          )}
        </div>
      );
    }
  }
}

function Prose({ at, text, onOpenLink, sought }: Shared & { at: number; text: string }) {
  const own = withoutEdges(at, text);
  if (own.text === "") return null;
  return (
    <div className="case-text" dir="auto">
      {piecesOf(own.text, own.at).map((piece) => (
        <PieceOfText
          key={piece.at}
          piece={piece}
          onOpenLink={onOpenLink}
          {...(sought === undefined ? {} : { sought })}
        />
      ))}
    </div>
  );
}

/** Without the blank lines around it. */
function trimmed(stretch: Stretch): Stretch {
  return { ...stretch, ...withoutEdges(stretch.at, stretch.text) };
}

function withoutEdges(at: number, text: string): { at: number; text: string } {
  const begin = /^(?:[^\S\n]*\n)*/.exec(text)?.[0].length ?? 0;
  return { at: at + begin, text: text.slice(begin).trimEnd() };
}
