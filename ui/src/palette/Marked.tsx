// A text with the parts that were meant by what one typed.
import { Fragment, type ReactNode } from "react";

interface MarkedProps {
  text: string;
  parts: readonly (readonly [number, number])[];
}

export function Marked({ text, parts }: MarkedProps) {
  const shown: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of parts) {
    shown.push(
      <Fragment key={from}>
        {text.slice(at, from)}
        <mark className="eco-meant">{text.slice(from, to)}</mark>
      </Fragment>,
    );
    at = to;
  }
  return (
    <>
      {shown}
      {text.slice(at)}
    </>
  );
}
