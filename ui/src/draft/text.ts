// Lengths as the Support API counts them: code points, with a line break as one.
import { grouped } from "../format/size";

/** How many characters the program adds below the user's own text, found in the text that would be sent. */
export function addedLength(sent: string): number {
  const block = sent.lastIndexOf("\n\n---\n");
  const from = block < 0 ? sent.lastIndexOf("\n\nRef ") : block;
  return from < 0 ? 0 : lengthOf(sent.slice(from));
}

export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.replaceAll("\r\n", "\n")) length += 1;
  return length;
}

/** "7,990 of 8,000". */
export function lengthWords(length: number, limit: number): string {
  return `${grouped(length)} of ${grouped(limit)}`;
}
