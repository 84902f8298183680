// What a machine wrote: in fixed width, the line of the error tinted, with a button that copies it.
import Icon from "@cloudscape-design/components/icon";
import { copy } from "../../../keyboard/context-menu";
import { isErrorLine } from "./blocks";
import { Highlighted, type Sought } from "./Highlighted";
import { linesOf } from "./quoting";

interface Props {
  at: number;
  text: string;
  sought?: Sought;
}

export function CodeBlock({ at, text, sought }: Props) {
  return (
    <div className="thread-code" data-testid="case-code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="thread-code-text" tabIndex={0} dir="ltr">
        {linesOf(text, at).map((line, index, { length }) => (
          <span
            key={line.at}
            className={isErrorLine(line.text) ? "thread-line thread-line-error" : "thread-line"}
          >
            <Highlighted at={line.at} text={line.text} sought={sought} />
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
