/**
 * Puts a case's correspondence into the order in which it is read: the description first, the newest message last,
 * with a mark where a day begins, where messages are left out and where the unseen ones begin.
 *
 * The rule it keeps: every message stands in it once, and nothing is drawn that the correspondence does not hold.
 */
import type { Correspondence, Message } from "../../platform/contract";

/** One thing in the column of messages. `key` is unique in a timeline and stable from one drawing to the next. */
export type TimelineItem =
  | { kind: "day"; key: string; at: number }
  | { kind: "gap"; key: string; hidden: number; from: number | null; until: number | null }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; message: Message; newest: boolean };

/** The messages that are known, oldest first, without the gap. */
export function knownMessages(correspondence: Correspondence): Message[] {
  const opening = new Set(correspondence.opening.map((message) => message.id));
  return [
    ...correspondence.opening,
    ...correspondence.recent.filter((message) => !opening.has(message.id)),
  ];
}

/**
 * The newest reading of a correspondence without losing what the one before showed: a new message pushes the oldest of
 * the newest messages into the gap, which must not happen under the reader's eyes.
 */
export function held(before: Correspondence, next: Correspondence): Correspondence {
  const there = new Set(knownMessages(next).map((message) => message.id));
  const firstKept = before.recent.findIndex((message) => there.has(message.id));
  if (firstKept <= 0) {
    return next;
  }
  const pushedOut = before.recent.slice(0, firstKept);
  const hidden = Math.max(0, next.hidden - pushedOut.length);
  // What stays hidden is what was hidden before.
  const { hiddenFrom, hiddenUntil } = hidden === before.hidden ? before : next;
  return {
    ...next,
    hidden,
    ...(hiddenFrom === undefined ? {} : { hiddenFrom }),
    ...(hiddenUntil === undefined ? {} : { hiddenUntil }),
    recent: [...pushedOut, ...next.recent],
  };
}

/** Builds the timeline. `divider` is the id of the message above which "New since you last looked" stands, if any. */
export function timeline(correspondence: Correspondence, divider: string | null): TimelineItem[] {
  const items: TimelineItem[] = [];
  const messages = knownMessages(correspondence);
  const gapBefore = correspondence.hidden > 0 ? correspondence.opening.length : -1;
  let day = "";
  messages.forEach((message, index) => {
    if (index === gapBefore) {
      items.push(gapOf(correspondence));
    }
    const own = dayOf(message.at);
    if (own !== day) {
      items.push({ kind: "day", key: `day-${own}-${message.id}`, at: message.at });
      day = own;
    }
    if (message.id === divider) {
      items.push({ kind: "new", key: "new" });
    }
    items.push({
      kind: "message",
      key: message.id,
      message,
      newest: index === messages.length - 1,
    });
  });
  if (gapBefore >= messages.length) {
    items.push(gapOf(correspondence));
  }
  return items;
}

function gapOf({ hidden, hiddenFrom, hiddenUntil }: Correspondence): TimelineItem {
  const [from, until] = [hiddenFrom ?? null, hiddenUntil ?? null];
  return { kind: "gap", key: "gap", hidden, from, until };
}

/**
 * Where the "new" mark stands after the correspondence has changed. It stays where it was when the messages below it
 * become seen, so that it does not vanish under the reader's eyes, and moves on only when something arrives after all
 * before it had been seen. Messages that arrive before the reader's eyes (`watching`) get no mark.
 */
export function nextDivider(
  previous: string | null,
  messages: readonly Message[],
  watching: boolean,
): string | null {
  const firstUnseen = messages.find((message) => message.unseen)?.id ?? null;
  const held = messages.find((message) => message.id === previous);
  if (firstUnseen === null || held?.unseen === true) {
    return previous;
  }
  return watching ? previous : firstUnseen;
}

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
