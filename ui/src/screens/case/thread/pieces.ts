/**
 * Cuts prose into words, links, ids and AWS's marks for what it removed. Each piece knows where it stands in the whole
 * message, so that what is found can be marked in it.
 *
 * The rule it keeps: text is only ever text; only http, https and mailto addresses become links.
 */
import { tokenize } from "linkifyjs";
import { openable } from "./openable";

/** A stretch of prose and where it begins in the message. */
export type Piece =
  | { kind: "plain"; at: number; text: string }
  | { kind: "id"; at: number; text: string }
  | { kind: "redacted"; at: number; text: string }
  | { kind: "link"; at: number; text: string; written: string; url: string };

const REDACTED = /(\[REDACTED_BY_[A-Z0-9_]+\])/;
// Log lines and hasty typing are full of names with dots: "05:10 CET.To reproduce" is no address.
const ADDRESS = /^(https?:\/\/|mailto:|www\.)/i;
// Marks that close a quotation or a sentence are not part of the address before them.
const CLOSING = /[”’»›、。，）】」』]+$/;
/** More than two blank lines. */
const BLANKS = /\n(?:[^\S\n]*\n){3,}/g;

const IDS = new RegExp(
  [
    // Between backticks.
    "`[^`\\n]{1,200}`",
    // ARNs, and objects in S3.
    "\\barn:aws[\\w-]*:[a-z0-9-]+:[\\w-]*:\\d*:[\\w/:.*+=@-]*[\\w/*]",
    "\\bs3://[\\w./=+@-]*[\\w/]",
    // Records of OSDU: opendes:master-data--Wellbore:1234, osdu:wks:master-data--Well:1.0.0
    "\\b[\\w-]+(?::[\\w-]+)*:[a-z-]+--[A-Za-z]+:[\\w.:%-]*[\\w]",
    // UUIDs, whole or their first parts, and X-Ray traces.
    "\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}(?:-[0-9a-f]{12})?\\b",
    "\\b1-[0-9a-f]{8}-[0-9a-f]{24}\\b",
    // Resources of AWS.
    "\\b(?:i|vol|snap|sg|vpc|subnet|eni|rtb|igw|nat|ami|fs)-[0-9a-f]{8,17}\\b",
    // Digests and request ids.
    "\\b(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,64}\\b",
  ].join("|"),
  "gi",
);

/** The pieces of a text that begins at `from` in the message. Of many blank lines two are left. */
export function piecesOf(text: string, from: number): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const blanks of text.matchAll(BLANKS)) {
    const end = blanks.index + 3;
    pieces.push(...withIds(linkedPieces(`${text.slice(at, blanks.index)}\n\n\n`, from + at)));
    at = Math.max(end, blanks.index + blanks[0].length);
  }
  pieces.push(...withIds(linkedPieces(text.slice(at), from + at)));
  return pieces;
}

function withIds(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece) =>
    piece.kind === "plain" ? idPieces(piece.text, piece.at) : [piece],
  );
}

/** The same without a look for ids and blank lines: all characters as they stand. */
export function linkedPieces(text: string, from: number): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const [index, part] of text.split(REDACTED).entries()) {
    if (index % 2 === 1) {
      pieces.push({ kind: "redacted", at, text: part });
      at += part.length;
      continue;
    }
    let before = "";
    const plain = () => {
      if (before !== "") pieces.push({ kind: "plain", at: at - before.length, text: before });
      before = "";
    };
    for (const token of part === "" ? [] : tokenize(part)) {
      const whole = token.toString();
      const written = token.isLink ? whole.replace(CLOSING, "") : whole;
      const meant = token.t === "email" || ADDRESS.test(written);
      const address = token.isLink && meant ? token.toHref("https").replace(CLOSING, "") : null;
      const url = address === null ? null : openable(address);
      if (address === null || url === null) {
        before += whole;
        at += whole.length;
        continue;
      }
      plain();
      pieces.push({ kind: "link", at, text: written, written: address, url });
      at += written.length;
      before = whole.slice(written.length);
      at += before.length;
    }
    plain();
  }
  return pieces;
}

function idPieces(text: string, from: number): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(IDS)) {
    const [whole] = found;
    if (found.index > at) {
      pieces.push({ kind: "plain", at: from + at, text: text.slice(at, found.index) });
    }
    const ticked = whole.startsWith("`");
    pieces.push({
      kind: "id",
      at: from + found.index + (ticked ? 1 : 0),
      text: ticked ? whole.slice(1, -1) : whole,
    });
    at = found.index + whole.length;
  }
  if (at < text.length) pieces.push({ kind: "plain", at: from + at, text: text.slice(at) });
  return pieces;
}

/** "[REDACTED_BY_AWS_SUPPORT]" becomes "redacted by AWS support". */
export function redactedWords(mark: string): string {
  return mark
    .slice(1, -1)
    .replaceAll("_", " ")
    .toLowerCase()
    .replace(/\baws\b/g, "AWS");
}
