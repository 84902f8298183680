/** Finds words in the messages of a case. Capital letters do not count. */
import type { Message } from "../../../platform/contract";

/** A place in the text of a message. */
export interface Hit {
  message: string;
  at: number;
  end: number;
}

/** More than this is not told apart: the count says so. */
export const MOST_HITS = 2000;

/** The places where the words stand, oldest message first. */
export function hitsOf(messages: readonly Message[], words: string): Hit[] {
  if (words.trim() === "") return [];
  // A small letter may be longer than its capital, so the text itself is searched.
  const wanted = new RegExp(words.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "giu");
  const hits: Hit[] = [];
  for (const { id, body } of messages) {
    for (const { 0: found, index } of body.matchAll(wanted)) {
      hits.push({ message: id, at: index, end: index + found.length });
      if (hits.length >= MOST_HITS) return hits;
    }
  }
  return hits;
}

/** The hits of each message. */
export function byMessage(hits: readonly Hit[]): ReadonlyMap<string, readonly Hit[]> {
  const grouped = new Map<string, Hit[]>();
  for (const hit of hits) {
    const there = grouped.get(hit.message);
    if (there === undefined) grouped.set(hit.message, [hit]);
    else there.push(hit);
  }
  return grouped;
}

/** A piece of a text, and which hit it is part of. */
export interface Lit {
  at: number;
  text: string;
  hit: Hit | null;
}

/** Cuts a text that begins at `at` at the edges of the hits. */
export function litPieces(text: string, at: number, hits: readonly Hit[]): Lit[] {
  const pieces: Lit[] = [];
  let done = at;
  const end = at + text.length;
  for (const hit of hits) {
    if (hit.end <= done || hit.at >= end) continue;
    const from = Math.max(hit.at, done);
    if (from > done) pieces.push({ at: done, text: text.slice(done - at, from - at), hit: null });
    done = Math.min(hit.end, end);
    pieces.push({ at: from, text: text.slice(from - at, done - at), hit });
  }
  if (done < end) pieces.push({ at: done, text: text.slice(done - at), hit: null });
  return pieces;
}
