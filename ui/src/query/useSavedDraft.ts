// Nothing typed is lost: a draft's content is saved a moment after each change, and at once when
// the field is left, the screen is left, or before it is submitted.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { DraftContent, DraftId, DraftSaved, Problem } from "../platform/contract";
import { asProblem, call } from "../platform/platform";
import { beforeEnd } from "./flush";
import { commandKey } from "./hooks";

/** Milliseconds between the last keystroke and the save. */
const PAUSE = 200;

export type SaveState =
  | { state: "idle" }
  | { state: "saving" }
  | { state: "saved"; at: number }
  | { state: "failed"; problem: Problem };

export interface SavedDraft {
  /** Where saving stands, for `SavedMark`. */
  save: SaveState;
  /** What still keeps the draft from being sent, as of the last save; null before the first. */
  problems: Problem[] | null;
  /** Takes the whole content after a change. */
  change: (content: DraftContent) => void;
  /** Saves what is not saved yet; resolves to whether everything is on disk. */
  flush: () => Promise<boolean>;
}

export function useSavedDraft(draft: DraftId): SavedDraft {
  const client = useQueryClient();
  const [save, setSave] = useState<SaveState>({ state: "idle" });
  const [problems, setProblems] = useState<Problem[] | null>(null);
  const pending = useRef<DraftContent | null>(null);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (running.current) await running.current;
    const content = pending.current;
    if (!content) return true;
    pending.current = null;
    setSave({ state: "saving" });
    const run = call("draft_save", { draft, content }).then(
      (saved: DraftSaved) => {
        setProblems(saved.problems);
        setSave({ state: "saved", at: saved.savedAt });
        // The next visit starts from what was typed, without waiting for the core's event.
        client.setQueryData(commandKey("draft_get", { draft }), (known: object | undefined) =>
          known ? { ...known, content, problems: saved.problems, savedAt: saved.savedAt } : known,
        );
        return true;
      },
      (thrown: unknown) => {
        // Kept for the next try, unless something newer was typed meanwhile.
        pending.current ??= content;
        setSave({ state: "failed", problem: asProblem(thrown) });
        return false;
      },
    );
    running.current = run;
    const ok = await run;
    running.current = null;
    return ok && pending.current ? flush() : ok;
  }, [client, draft]);

  const change = useCallback(
    (content: DraftContent) => {
      pending.current = content;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE);
    },
    [flush],
  );

  useEffect(() => {
    const now = () => void flush();
    window.addEventListener("blur", now);
    window.addEventListener("pagehide", now);
    document.addEventListener("focusout", now);
    const done = beforeEnd(flush);
    return () => {
      done();
      window.removeEventListener("blur", now);
      window.removeEventListener("pagehide", now);
      document.removeEventListener("focusout", now);
      now();
    };
  }, [flush]);

  return { save, problems, change, flush };
}
