// The name of a file. Its ending, by which the system decides what to do with it, is always seen and always last.
import "./file-name.css";
import type { CSSProperties } from "react";

/** A longer ending is none: nothing is opened by it. */
const LONGEST_ENDING = 32;

export function FileName({ name }: { name: string }) {
  const at = endingAt(name);
  const room = { "--eco-ending-width": `${name.length - at + 1}ch` } as CSSProperties;
  return (
    <bdi dir="ltr" className="eco-file-name" title={name} style={room}>
      <bdi className="eco-file-stem">{name.slice(0, at)}</bdi>
      <bdi dir="ltr">{name.slice(at)}</bdi>
    </bdi>
  );
}

/** Where the ending of a name begins; its length where it has none. */
export function endingAt(name: string): number {
  const at = name.lastIndexOf(".");
  return at > 0 && name.length - at <= LONGEST_ENDING ? at : name.length;
}
