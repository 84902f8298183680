/** Groups what stands in a correspondence so that a run of messages by one author has one head. */
import type { Author, Message } from "../../../platform/contract";
import type { TimelineItem } from "../timeline";

/** Messages by one author, one after the other, on one day. `key` is stable while messages are added to it. */
export interface Run {
  kind: "run";
  key: string;
  author: Author;
  messages: Message[];
  /** Whether it holds the newest message. */
  newest: boolean;
  /** Whether it stands below the mark of the new. */
  isNew: boolean;
}

/** One thing in the column: a mark between messages, or a run of them. */
export type ThreadItem = Exclude<TimelineItem, { kind: "message" }> | Run;

/** A run is no longer than this, so that it can be drawn when it comes into view. */
const LONGEST = 40;

/** The items of a timeline with its messages as runs. */
export function runsOf(items: readonly TimelineItem[]): ThreadItem[] {
  const runs: ThreadItem[] = [];
  let isNew = false;
  for (const item of items) {
    if (item.kind !== "message") {
      isNew ||= item.kind === "new";
      runs.push(item);
      continue;
    }
    const { message, newest } = item;
    const last = runs.at(-1);
    if (
      last?.kind === "run" &&
      sameAuthor(last.author, message.author) &&
      last.messages.length < LONGEST
    ) {
      last.messages.push(message);
      last.newest = newest;
      continue;
    }
    const { author } = message;
    runs.push({ kind: "run", key: message.id, author, messages: [message], newest, isNew });
  }
  return runs;
}

function sameAuthor(a: Author, b: Author): boolean {
  if (a.who === "colleague" && b.who === "colleague") return a.name === b.name;
  return a.who === b.who;
}

/** The message that a rating rates: ECO's last. */
export function ratedMessage(messages: readonly Message[]): string | null {
  return messages.findLast(({ author }) => author.who === "eco")?.id ?? null;
}

/** About how high a run will be, in pixels, before it was drawn. */
export function guessedHeight(run: Run): number {
  return run.messages.reduce((sum, { body }) => {
    const lines = body.split("\n").reduce((all, line) => all + 1 + Math.floor(line.length / 90), 0);
    return sum + 34 + 20 * Math.min(lines, 60);
  }, 30);
}
