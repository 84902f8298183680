// Short messages over the content about what was just done or went wrong. Callable from anywhere.
import { useSyncExternalStore } from "react";
import { problemTitle } from "../format/words";
import { joined, type Words } from "../parts/Said";
import type { CaseKey } from "../platform/contract";
import { asProblem } from "../platform/platform";

export interface FlashMessage {
  id: string;
  type: "success" | "info" | "warning" | "error";
  header?: string;
  content?: Words;
  action?: { text: string; run: () => void };
  /** Milliseconds after which it goes by itself, counted from when it is drawn, while nobody points at it or is in it.
   * Without it, a success or a piece of news goes after its time, and trouble stays until dismissed. */
  stays?: number;
}

/** Milliseconds that a success stays. */
export const SUCCESS_STAYS = 5000;
/** Milliseconds that news of more than a sentence stay. */
export const NEWS_STAYS = 10_000;

/** How long a message stays; undefined: until it is dismissed. */
export function timeOf({ type, header, stays }: FlashMessage): number | undefined {
  if (stays !== undefined) return stays;
  if (type === "error" || type === "warning") return undefined;
  return header === undefined ? SUCCESS_STAYS : NEWS_STAYS;
}

/** The message that a report is on its way. It goes as soon as the report is known to be held up. */
export function submittedFlash(key: CaseKey): string {
  return `submitted-${key}`;
}

let messages: readonly FlashMessage[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly FlashMessage[]): void {
  messages = next;
  for (const listener of listeners) listener();
}

/** Shows a message; one with the same id is replaced. Returns its id. */
function show(message: Omit<FlashMessage, "id"> & { id?: string }): string {
  last += 1;
  const id = message.id ?? `flash-${last}`;
  set([{ ...message, id }, ...messages.filter((other) => other.id !== id)].slice(0, 5));
  return id;
}

function dismiss(id: string): void {
  if (messages.some((message) => message.id === id)) {
    set(messages.filter((message) => message.id !== id));
  }
}

export const flash = {
  show,
  dismiss,
  /** Goes away by itself. */
  success(content: Words, more: Partial<Pick<FlashMessage, "id" | "action">> = {}): void {
    show({ type: "success", content, ...more });
  },
  /** A command's failure that has no place of its own. `kept`: a sentence on what was kept. */
  problem(thrown: unknown, kept = ""): void {
    const problem = asProblem(thrown);
    show({
      id: `problem-${problem.code}`,
      type: problem.retryable ? "warning" : "error",
      header: problemTitle(problem.code),
      content: joined(problem.message, kept),
    });
  },
  /** For tests. */
  clear(): void {
    set([]);
  },
};

export function useFlashMessages(): readonly FlashMessage[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
}
