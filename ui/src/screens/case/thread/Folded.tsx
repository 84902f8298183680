// A part of a message that is hidden until it is asked for.
import { type ReactNode, useState } from "react";

interface Props {
  show: string;
  hide: string;
  /** Whether something that is sought stands in it: it is open then. */
  wanted: boolean;
  children: ReactNode;
}

export function Folded({ show, hide, wanted, children }: Props) {
  const [chosen, setChosen] = useState(false);
  const open = chosen || wanted;
  return (
    <div className="thread-folded">
      <button
        type="button"
        className="thread-fold"
        aria-expanded={open}
        disabled={wanted}
        onClick={() => setChosen(!chosen)}
      >
        {open ? hide : show}
      </button>
      {open ? children : null}
    </div>
  );
}

/** The first lines of a text, blank ones not counted, and the rest. A rest of nothing but blank lines is none. */
export function foldedLines(text: string, most: number): [first: string, rest: string] {
  let filled = 0;
  let at = 0;
  for (const line of text.split("\n")) {
    if (line.trim() !== "") filled += 1;
    if (filled > most) return [text.slice(0, at - 1), text.slice(at - 1)];
    at += line.length + 1;
  }
  return [text, ""];
}
