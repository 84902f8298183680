// Lengths as the Support API counts them: code points, with a line break as one.

/** The most characters that ECO takes in one message (CreateCase, communicationBody). */
export const BODY_LIMIT = 8_000;
/** The most characters of a subject. */
export const SUBJECT_LIMIT = 250;

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
