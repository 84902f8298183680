// What a machine wrote: in fixed width, the line of the error tinted, with a button that copies it.
import Icon from "@cloudscape-design/components/icon";
import { copy } from "../../../keyboard/context-menu";
import { isErrorLine } from "./blocks";
import type { Sought } from "./Highlighted";
import { PieceOfText } from "./PieceOfText";
import { linkedPieces } from "./pieces";
import { linesOf } from "./quoting";

interface Props {
  at: number;
  text: string;
  onOpenLink: (url: string) => void;
  sought?: Sought;
}

export function CodeBlock({ at, text, onOpenLink, sought }: Props) {
  const table = /\S\t/.test(text);
  return (
    <div className="thread-code" data-testid="case-code">
      <pre
        className={table ? "thread-code-text thread-table" : "thread-code-text"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        dir="ltr"
      >
        {linesOf(text, at).map((line, index, { length }) => (
          <span
            key={line.at}
            className={isErrorLine(line.text) ? "thread-line thread-line-error" : "thread-line"}
          >
            {linkedPieces(line.text, line.at).map((piece) => (
              <PieceOfText
                key={piece.at}
                piece={piece}
                onOpenLink={onOpenLink}
                {...(sought === undefined ? {} : { sought })}
              />
            ))}
            {index < length - 1 ? "\n" : ""}
          </span>
        ))}
      </pre>
      <button
        type="button"
        className="thread-copy"
        aria-label="Copy these lines"
        onClick={() => copy(text, "The lines are on the clipboard.")}
      >
        <Icon name="copy" size="small" /> Copy
      </button>
    </div>
  );
}
