// Which texts a few typed letters mean: every word that was typed has to stand in the text; the start of the text counts
// most, then the start of a word.

export interface Match {
  /** 0: it is not meant. */
  score: number;
  /** The parts of the text that were meant, in their order, without overlap: from, to. */
  parts: readonly (readonly [number, number])[];
}

const NONE: Match = { score: 0, parts: [] };

export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

export function match(text: string, query: string): Match {
  const words = wordsOf(query);
  const lower = text.toLowerCase();
  if (words.length === 0) return { score: 1, parts: [] };
  let score = 0;
  const parts: [number, number][] = [];
  for (const word of words) {
    const at = bestPlace(lower, word);
    if (at === -1) return NONE;
    score += at === 0 ? 4 : startsWord(lower, at) ? 3 : 1;
    parts.push([at, at + word.length]);
  }
  return {
    score: score / words.length,
    // Some letters have another length in small.
    parts: lower.length === text.length ? joined(parts) : [],
  };
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}

/** The start of a word before any other place. */
function bestPlace(text: string, word: string): number {
  const first = text.indexOf(word);
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1)) {
    if (startsWord(text, at)) return at;
  }
  return first;
}

function joined(parts: [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [from, to] of parts.sort(([a], [b]) => a - b)) {
    const before = all.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else all.push([from, to]);
  }
  return all;
}
