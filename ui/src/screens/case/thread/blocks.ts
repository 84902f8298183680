/**
 * Finds in a text what was made by machines: code, logs, tables. It is drawn in fixed width.
 *
 * The rule it keeps: every character of the text stands in one block, in its order; nothing is changed.
 */
import { type Line, linesOf } from "./quoting";

/** Prose, or lines of a machine, and where they begin. */
export interface Block {
  kind: "prose" | "code";
  at: number;
  text: string;
}

const FENCE = /^\s{0,3}```[\w+.-]*\s*$/;
const INDENTED = /^(?: {4}|\t)\s*\S/;
const BULLET = /^\s*(?:[-*•–]|\d{1,3}[.)]|[a-z]\))\s/;
const COLUMNS = /\S {3,}\S/;
const TABBED = /\S[^\S\n]*\t[^\S\n]*\S/;

const LEVEL = "(?:ERROR|ERR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE|CRITICAL|SEVERE|NOTICE)";
const CLOCK = "\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?";
const LOG_LINES = [
  new RegExp(`^\\s*\\[?\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]${CLOCK}`),
  new RegExp(`^\\s*\\[?\\d{2}[-/]\\w{2,3}[-/]\\d{4}[: ]${CLOCK}`),
  new RegExp(`^\\s*[A-Z][a-z]{2} [ \\d]\\d ${CLOCK}\\s`),
  new RegExp(`^\\s*\\[?${CLOCK}\\]?\\s+\\[?${LEVEL}\\b`),
  new RegExp(`^\\s*\\[?${LEVEL}\\]?[:\\s]\\s*\\S`),
  /^\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?:\/|https?:)\S*(?:\s+HTTP\/[\d.]+)?\s*$/,
  /^\s*HTTP\/[\d.]+ \d{3}\b/,
  /^\s*(?:\d{1,3}\.){3}\d{1,3} \S+ \S+ \[/,
  /^\s+at [\w$.<>/]+ ?\(.*\)\s*$/,
  /^\s+at [\w$.<>/]+ \(?[\w./:-]+:\d+/,
  /^\s*File "[^"]+", line \d+/,
  /^\s*Traceback \(most recent call last\):/,
  /^\s*(?:Caused by: )?(?:[a-z]\w*\.)+[A-Z]\w*(?:Exception|Error)\b/,
  /^\s*Caused by: \S/,
  /^\s*\w*(?:Exception|Error): \S/,
  /^\s*\.\.\. \d+ more\s*$/,
  /^\$ \S/,
  /^\s*thread '[^']+' panicked at /,
  /^\s*time="?\d{4}-\d{2}-\d{2}T/,
];

const ERRORS =
  /\b(?:ERROR|FATAL|CRITICAL|SEVERE|panicked)\b|\w(?:Exception|Error)\b|^\s*Caused by:|\bHTTP\/[\d.]+"? [45]\d\d\b|\b(?:status|statusCode|status_code|code)["']?\s*[=:]\s*"?[45]\d\d\b/;

/** Whether a line tells of an error. */
export function isErrorLine(line: string): boolean {
  return ERRORS.test(line);
}

/** Whether a machine wrote the line, judged by the line alone. */
function isLogLine(text: string): boolean {
  return LOG_LINES.some((rule) => rule.test(text));
}

/** Cuts a text into prose and what a machine wrote. `from`: where the text begins in the whole. */
export function blocksOf(text: string, from = 0): Block[] {
  const lines = linesOf(text, from);
  const code = codeLines(lines);
  const blocks: (Block & { group: number })[] = [];
  lines.forEach((line, index) => {
    const group = code[index] ?? 0;
    if (group < 0) return;
    const last = blocks.at(-1);
    if (last?.group === group) last.text = text.slice(last.at - from, line.at - from) + line.text;
    else blocks.push({ kind: group > 0 ? "code" : "prose", at: line.at, text: line.text, group });
  });
  return blocks
    .map(({ kind, at, text: own }) => ({ kind, at, text: own }))
    .filter((block) => block.kind === "prose" || block.text.trim() !== "");
}

/** For each line 0 for prose, the number of its block of code, or -1 for a fence's own line. */
function codeLines(lines: readonly Line[]): number[] {
  const found = lines.map(() => 0);
  let group = 0;
  let index = 0;
  const take = (to: number) => {
    group += 1;
    found.fill(group, index, to);
    index = to;
  };
  while (index < lines.length) {
    const fence = fenceEnd(lines, index);
    if (fence !== null) {
      group += 1;
      found[index] = -1;
      found.fill(group, index + 1, fence);
      found[fence] = -1;
      index = fence + 1;
      continue;
    }
    const end =
      objectEnd(lines, index) ??
      tableEnd(lines, index) ??
      logEnd(lines, index) ??
      indentEnd(lines, index);
    if (end === null) index += 1;
    else take(end);
  }
  return found;
}

function textAt(lines: readonly Line[], index: number): string {
  return lines[index]?.text ?? "";
}

function fenceEnd(lines: readonly Line[], begin: number): number | null {
  if (!FENCE.test(textAt(lines, begin))) return null;
  for (let end = begin + 1; end < lines.length; end += 1) {
    if (/^\s{0,3}```\s*$/.test(textAt(lines, end))) return end > begin + 1 ? end : null;
  }
  return null;
}

/** An object or list of JSON over several lines. */
function objectEnd(lines: readonly Line[], begin: number): number | null {
  const first = textAt(lines, begin).trim();
  const close = first === "{" ? "}" : first === "[" ? "]" : null;
  if (close === null) return null;
  for (let end = begin + 1; end < Math.min(lines.length, begin + 400); end += 1) {
    if (
      textAt(lines, end)
        .replace(/[,;]\s*$/, "")
        .trimEnd() === close &&
      end > begin + 1
    )
      return end + 1;
  }
  return null;
}

function tableEnd(lines: readonly Line[], begin: number): number | null {
  for (const cells of [
    (line: string) => (TABBED.test(line) && !BULLET.test(line) ? line.split("\t").length : 0),
    (line: string) => (line.split("|").length > 2 ? line.split("|").length : 0),
    (line: string) => (COLUMNS.test(line) && !BULLET.test(line) ? 2 : 0),
  ]) {
    let end = begin;
    while (end < lines.length && cells(textAt(lines, end)) > 1) end += 1;
    if (end - begin >= 2) return end;
  }
  return null;
}

/** Lines of a log, with the indented ones between and after them. */
function logEnd(lines: readonly Line[], begin: number): number | null {
  if (!isLogLine(textAt(lines, begin))) return null;
  let end = begin + 1;
  while (end < lines.length) {
    const text = textAt(lines, end);
    if (!isLogLine(text) && !INDENTED.test(text)) break;
    end += 1;
  }
  return end;
}

/** Indented lines after a blank one: two at least, and no list. */
function indentEnd(lines: readonly Line[], begin: number): number | null {
  if (
    begin > 0 &&
    textAt(lines, begin - 1).trim() !== "" &&
    !/:\s*$/.test(textAt(lines, begin - 1))
  )
    return null;
  let end = begin;
  while (end < lines.length && INDENTED.test(textAt(lines, end))) end += 1;
  const block = lines.slice(begin, end);
  return block.length >= 2 && !block.some(({ text }) => BULLET.test(text)) ? end : null;
}
