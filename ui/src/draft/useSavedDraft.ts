// Nothing typed is lost: a draft's content is saved a moment after a change, soon also while the user goes on typing,
// and at once when the field is left, the screen is left, or before it is submitted.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { DraftContent, DraftId } from "../platform/contract";
import { putSaved } from "./draft-query";
import { type Saving, saverOf } from "./draft-saver";

export interface SavedDraft extends Saving {
  /** Takes the whole content after a change. */
  change: (content: DraftContent) => void;
  /** Saves what is not saved yet; resolves to whether everything is on disk. */
  flush: () => Promise<boolean>;
}

export function useSavedDraft(draft: DraftId): SavedDraft {
  const client = useQueryClient();
  const saver = useMemo(() => saverOf(draft), [draft]);
  const { save, problems } = useSyncExternalStore(saver.watch, saver.snapshot);

  useEffect(() => {
    // The next visit starts from what was typed, without waiting for the core's event.
    saver.tell((content, saved) => putSaved(client, draft, content, saved));
    const now = () => void saver.flush();
    window.addEventListener("blur", now);
    window.addEventListener("pagehide", now);
    document.addEventListener("focusout", now);
    return () => {
      window.removeEventListener("blur", now);
      window.removeEventListener("pagehide", now);
      document.removeEventListener("focusout", now);
    };
  }, [client, draft, saver]);

  return { save, problems, change: saver.change, flush: saver.flush };
}
