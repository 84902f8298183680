/**
 * The text of a message as it was written: spaces and line ends kept, long lines wrapped, links clickable, AWS's marks
 * for what it removed set apart.
 *
 * The rule it keeps: text is only ever text. Nothing in it becomes markup, and only http, https and mailto addresses
 * become links. A link shows all of the address as it is written, and its tooltip shows where a browser would go. The
 * shell gets it as it is written, decides whether it may be opened, and asks where it is not plain.
 */
import { tokenize } from "linkifyjs";

const REDACTED = /(\[REDACTED_BY_[A-Z0-9_]+\])/;
// Log lines and hasty typing are full of names with dots: "05:10 CET.To reproduce" is no address.
const ADDRESS = /^(https?:\/\/|mailto:|www\.)/i;
const OPENABLE = new Set(["http:", "https:", "mailto:"]);
// A user name before the host passes itself off as the host: https://aws.amazon.com@evil.example
const USER = /^[a-z]+:[/\\]*[^/\\?#]*@/i;
// Marks that close a quotation or a sentence are not part of the address before them.
const CLOSING = /[”’»›、。，）】」』]+$/;
// Characters that are not seen or turn the direction of writing around.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

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
            onOpenLink(part.written);
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
  | { kind: "link"; at: number; text: string; written: string; url: string };

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
      const whole = token.toString();
      const written = token.isLink ? whole.replace(CLOSING, "") : whole;
      const meant = token.t === "email" || ADDRESS.test(written);
      const address = token.isLink && meant ? token.toHref("https").replace(CLOSING, "") : null;
      const url = address === null ? null : openable(address);
      parts.push(
        address === null || url === null
          ? { kind: "plain", at, text: written }
          : { kind: "link", at, text: written, written: address, url },
      );
      at += written.length;
      if (written !== whole) {
        parts.push({ kind: "plain", at, text: whole.slice(written.length) });
        at += whole.length - written.length;
      }
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

/** The address in its normal form if it is of a kind that may be opened and does not hide where it leads, else `null`. */
export function openable(address: string): string | null {
  try {
    const url = new URL(address);
    if (!OPENABLE.has(url.protocol) || UNSEEN.test(address)) return null;
    return url.protocol !== "mailto:" && USER.test(address) ? null : url.href;
  } catch {
    return null;
  }
}
