/**
 * Tells what of a mail its author wrote from the signature below it and from the original that it quotes.
 *
 * The rule it keeps: what is not surely a signature or a quotation is text, and a mail that would be nothing but folded
 * parts is all text.
 */

/** A stretch of a mail: whole lines, and where they begin in it. */
export interface Stretch {
  kind: "text" | "signature" | "quoted";
  at: number;
  text: string;
}

/** A line without its end, and where it begins. */
export interface Line {
  at: number;
  text: string;
}

/** The lines of a text. */
export function linesOf(text: string, from = 0): Line[] {
  const lines: Line[] = [];
  let at = from;
  for (const line of text.split("\n")) {
    lines.push({ at, text: line });
    at += line.length + 1;
  }
  return lines;
}

/** How many lines of an attribution a mail program may have wrapped. */
const WRAPPED = 3;
/** A signature is not longer than this. */
const SIGNATURE_LINES = 12;

const QUOTED = /^\s{0,3}>/;
const ADDRESS = /[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+/;
const ATTRIBUTIONS = [
  /^On\b.+\bwrote\s*:$/i,
  /^(?:Am|Den)\b.+\bschrieb\b.*:$/i,
  /^.+\bschrieb am\b.+:$/i,
  /^(?:Em|No dia|A)\b.+\bescreveu\s*:$/i,
  /^(?:Den|På|Kl\.?|(?:man|tir|ons|tor|fre|lør|søn)[a-zøæå]*\.?)(?=[\s,]).+\bskrev\b.*:$/i,
  /^Le\b.+\ba écrit\s*:$/i,
];
const ORIGINAL =
  /^\s*-{2,}\s*(?:Original Message|Original Appointment|Ursprüngliche Nachricht|Originalnachricht|Mensagem original|Opprinnelig melding|Original melding|Message d'origine)\s*-{2,}\s*$/i;
const RULE = /^\s*_{10,}\s*$/;

/** The names of a mail's head: from, when, and to whom or about what. */
const HEADS: readonly { from: RegExp; sent: RegExp; other: RegExp }[] = [
  { from: /^From:/i, sent: /^(?:Sent|Date):/i, other: /^(?:To|Subject|Cc):/i },
  { from: /^Von:/i, sent: /^(?:Gesendet|Datum):/i, other: /^(?:An|Betreff|Cc):/i },
  { from: /^De:/i, sent: /^(?:Enviad[ao](?: em)?|Data):/i, other: /^(?:Para|Assunto|Cc):/i },
  { from: /^Fra:/i, sent: /^(?:Sendt|Dato):/i, other: /^(?:Til|Emne|Kopi):/i },
];

const CLOSING =
  /^(?:(?:with )?(?:best|kind|kindest|warm|many|my best)(?: (?:regards|wishes))|regards|best|sincerely|yours (?:sincerely|faithfully|truly)|cheers|mit (?:freundlichen|besten|vielen|herzlichen) gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|freundliche|herzliche|liebe|schöne) gr(?:ü|ue)(?:ß|ss)e|mfg|vg|lg|atenciosamente|att|cordialmente|(?:melhores |com os melhores )?cumprimentos|abra[çc]os|(?:med )?(?:vennlig|beste|hyggelig) hilsen|vennlige hilsener|mvh|hilsen|vh)\s*(?:[,.!]|$)/i;
const DEVICE =
  /^(?:Sent from my|Sent from Outlook|Get Outlook for|Von meinem .+ gesendet|Gesendet von|Enviado do meu|Enviado via|Sendt fra min|Sendt fra Outlook|Hent Outlook)\b/i;
const AFTERTHOUGHT = /^(?:p\.?\s?s\b|ps:)/i;

/** Cuts a mail into its stretches; put together again, with the line ends between them, they are the mail. */
export function stretchesOf(body: string): Stretch[] {
  const lines = linesOf(body);
  const quoted = quotedLines(lines);
  const ownEnd = ownPartEnd(lines, quoted);
  const signature = signatureBegin(lines.slice(0, ownEnd));
  const kindOf = (index: number): Stretch["kind"] => {
    if (quoted.has(index)) return "quoted";
    return signature !== null && index >= signature && index < ownEnd ? "signature" : "text";
  };
  const stretches: Stretch[] = [];
  lines.forEach((line, index) => {
    const kind = kindOf(index);
    const last = stretches.at(-1);
    if (last?.kind === kind) last.text += `\n${line.text}`;
    else stretches.push({ kind, at: line.at, text: line.text });
  });
  const written = stretches.some(({ kind, text }) => kind === "text" && text.trim() !== "");
  return written ? stretches : [{ kind: "text", at: 0, text: body }];
}

/** Where the quotation at the end begins, or the end. */
function ownPartEnd(lines: readonly Line[], quoted: ReadonlySet<number>): number {
  let end = lines.length;
  while (end > 0 && (quoted.has(end - 1) || lines[end - 1]?.text.trim() === "")) end -= 1;
  return end;
}

function quotedLines(lines: readonly Line[]): Set<number> {
  const quoted = new Set<number>();
  const add = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) quoted.add(index);
  };
  const begin = originalBegin(lines);
  const end = begin ?? lines.length;
  if (begin !== null) add(begin, lines.length);
  const blocks = quoteBlocks(lines, end);
  for (const block of blocks) {
    const above = attributionAbove(lines, block.from);
    const after = lines.slice(block.to, end).some(({ text }) => text.trim() !== "");
    // Between answers, what is answered belongs to them.
    if (blocks.length > 1 && after) continue;
    if (above !== null) add(above, block.to);
    else if (!after && block.to - block.from > 1) add(block.from, block.to);
  }
  return quoted;
}

/** Where an original begins that goes on to the end of the mail. */
function originalBegin(lines: readonly Line[]): number | null {
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? "";
    const before = RULE.test(lines[index - 1]?.text ?? "") ? index - 1 : index;
    if (ORIGINAL.test(text)) return index;
    if (isHead(lines.slice(index, index + 6))) return before;
    const wrapped = attributionAt(lines, index);
    if (wrapped === null) continue;
    const whole = joined(lines, index, wrapped);
    const next = lines.slice(wrapped).find((line) => line.text.trim() !== "");
    // Without marks before its lines, only an address makes it sure.
    if (next !== undefined && !QUOTED.test(next.text) && ADDRESS.test(whole)) return index;
  }
  return null;
}

function isHead(lines: readonly Line[]): boolean {
  const names = lines.map(({ text }) => text.trim().replace(/^\*([^*]+:)\*/, "$1"));
  return HEADS.some(({ from, sent, other }) => {
    if (!from.test(names[0] ?? "")) return false;
    const end = names.indexOf("");
    const rest = names.slice(1, end === -1 ? names.length : end);
    return rest.some((name) => sent.test(name)) && rest.some((name) => other.test(name));
  });
}

/** The blocks of lines that begin with `>`; blank lines between two of them belong to the block. */
function quoteBlocks(lines: readonly Line[], end: number): { from: number; to: number }[] {
  const blocks: { from: number; to: number }[] = [];
  for (let index = 0; index < end; index += 1) {
    if (!QUOTED.test(lines[index]?.text ?? "")) continue;
    const last = blocks.at(-1);
    const between = last === undefined ? [] : lines.slice(last.to, index);
    if (last !== undefined && between.every(({ text }) => text.trim() === "")) last.to = index + 1;
    else blocks.push({ from: index, to: index + 1 });
  }
  return blocks;
}

/** The line where the attribution of the block at `from` begins. */
function attributionAbove(lines: readonly Line[], from: number): number | null {
  let last = from - 1;
  while (last >= 0 && lines[last]?.text.trim() === "") last -= 1;
  if (from - 1 - last > 1) return null;
  for (let begin = last; begin > last - WRAPPED && begin >= 0; begin -= 1) {
    if (attributionAt(lines, begin) === last + 1) return begin;
  }
  return null;
}

/** The line after the attribution that begins at `begin`, or `null` where there is none. */
function attributionAt(lines: readonly Line[], begin: number): number | null {
  for (let end = begin + 1; end <= begin + WRAPPED && end <= lines.length; end += 1) {
    if (lines[end - 1]?.text.trim() === "") return null;
    const whole = joined(lines, begin, end);
    if (whole.length > 300) return null;
    const dated = /\d/.test(whole);
    if (dated && ATTRIBUTIONS.some((one) => one.test(whole))) return end;
  }
  return null;
}

function joined(lines: readonly Line[], from: number, to: number): string {
  return lines
    .slice(from, to)
    .map(({ text }) => text.trim())
    .join(" ");
}

/** The line where the signature begins, if it surely is one. */
function signatureBegin(lines: readonly Line[]): number | null {
  const from = Math.max(0, lines.length - SIGNATURE_LINES - 1);
  for (let index = from; index < lines.length; index += 1) {
    const text = lines[index]?.text.trim() ?? "";
    const rest = lines.slice(index + 1).map((line) => line.text.trim());
    const filled = rest.filter((line) => line !== "");
    if (text === "--" && filled.length > 0 && filled.every(isShort)) return index;
    if (CLOSING.test(text) && isShort(text) && filled.length <= 8 && filled.every(isShort)) {
      return index;
    }
    if (DEVICE.test(text) && filled.length === 0) return index;
  }
  return null;
}

/** Whether a line is of the kind that signatures consist of: names, titles, numbers; no sentence. */
function isShort(line: string): boolean {
  if (line.length > 90 || AFTERTHOUGHT.test(line)) return false;
  if (/[?!]$/.test(line) || QUOTED.test(line)) return false;
  const words = line.split(/\s+/).filter((word) => /\p{L}{2,}/u.test(word));
  return words.length < 8 || /[|·•,].*[|·•,]/.test(line);
}
