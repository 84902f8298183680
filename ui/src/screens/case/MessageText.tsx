/**
 * The text of a message as it was written: spaces and line ends kept, long lines wrapped, links clickable, AWS's marks
 * for what it removed set apart.
 *
 * The rule it keeps: text is only ever text. Nothing in it becomes markup, and only http, https and mailto addresses
 * become links, which the shell opens outside of this window.
 */
import { tokenize } from "linkifyjs";

const REDACTED = /(\[REDACTED_BY_[A-Z0-9_]+\])/;
// Log lines and hasty typing are full of names with dots: "05:10 CET.To reproduce" is no address.
const ADDRESS = /^(https?:\/\/|mailto:|www\.)/i;
const OPENABLE = new Set(["http:", "https:", "mailto:"]);

export interface MessageTextProps {
  text: string;
  onOpenLink: (url: string) => void;
}

export function MessageText({ text, onOpenLink }: MessageTextProps) {
  return (
    <div className="case-text" dir="auto">
      {partsOf(text).map((part) => (
        <PartOfText key={part.at} part={part} onOpenLink={onOpenLink} />
      ))}
    </div>
  );
}

function PartOfText({ part, onOpenLink }: { part: Part; onOpenLink: (url: string) => void }) {
  switch (part.kind) {
    case "plain":
      return part.text;
    case "redacted":
      return (
        <span
          className="case-redacted"
          title={`${part.text}: AWS replaced this part because it looked like a secret.`}
        >
          {redactedWords(part.text)}
        </span>
      );
    case "link":
      return (
        <a
          href={part.url}
          title={part.url}
          onClick={(event) => {
            event.preventDefault();
            onOpenLink(part.url);
          }}
          onAuxClick={(event) => event.preventDefault()}
        >
          {part.text}
        </a>
      );
  }
}

/** A stretch of a text and where it begins in it. */
type Part =
  | { kind: "plain"; at: number; text: string }
  | { kind: "redacted"; at: number; text: string }
  | { kind: "link"; at: number; text: string; url: string };

/** The text cut into its parts; put together again they are the text. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [index, piece] of text.split(REDACTED).entries()) {
    if (index % 2 === 1) {
      parts.push({ kind: "redacted", at, text: piece });
      at += piece.length;
      continue;
    }
    for (const token of tokenize(piece)) {
      const written = token.toString();
      const meant = token.t === "email" || ADDRESS.test(written);
      const url = token.isLink && meant ? openable(token.toHref("https")) : null;
      parts.push(
        url === null
          ? { kind: "plain", at, text: written }
          : { kind: "link", at, text: written, url },
      );
      at += written.length;
    }
  }
  return parts;
}

/** "[REDACTED_BY_AWS_SUPPORT]" becomes "redacted by AWS support". */
function redactedWords(mark: string): string {
  return mark
    .slice(1, -1)
    .replaceAll("_", " ")
    .toLowerCase()
    .replace(/\baws\b/g, "AWS");
}

/** The address in its normal form if it is of a kind that may be opened, else `null`. */
export function openable(address: string): string | null {
  try {
    const url = new URL(address);
    return OPENABLE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
