// Sentences that hold a name from outside: a subject, a file, an account. A name may be written from right to left, or
// end in signs that take the direction of what follows; so each is laid out by itself and turns nothing around it.
import type { ReactNode } from "react";

/** A sentence in one piece, or cut at the names that it holds. */
export type Words =
  | string
  | { readonly texts: readonly string[]; readonly names: readonly string[] };

/** `words\`Saved ${name} to ${place}.\`` */
export function words(texts: TemplateStringsArray, ...names: readonly string[]): Words {
  return { texts: [...texts], names };
}

/** All of it as plain text, for what cannot be laid out. */
export function plain(said: Words): string {
  if (typeof said === "string") return said;
  return said.texts.map((text, index) => text + (said.names[index] ?? "")).join("");
}

/** Both sentences, one after the other. */
export function joined(first: Words, second: string): Words {
  if (second === "") return first;
  if (typeof first === "string") return `${first} ${second}`;
  const texts = [...first.texts];
  texts[texts.length - 1] += ` ${second}`;
  return { texts, names: first.names };
}

/** What the core quotes from outside stands between these. */
const QUOTED = /(?<=“)([^“”]*)(?=”)/;

/** Draws a sentence: names, and whatever stands in quotes, by their own direction. */
export function Said({ children }: { children: Words }): ReactNode {
  const { texts, names } =
    typeof children === "string" ? { texts: [children], names: [] } : children;
  return texts.map((text, index) => {
    const name = names[index];
    return [
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence do not change places
      <Quoting key={`text-${index}`} text={text} />,
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      name === undefined ? null : <bdi key={`name-${index}`}>{name}</bdi>,
    ];
  });
}

function Quoting({ text }: { text: string }): ReactNode {
  // Every second piece is what was quoted.
  return text.split(QUOTED).map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <bdi key={index}>{piece}</bdi>
    ),
  );
}
