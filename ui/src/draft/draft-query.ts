// The cached reading of a draft. Reads and saves run beside each other, so an answer may be older than the last save:
// such an answer must never replace what the save found, or a field that was just filled in is called missing.
import type { QueryClient } from "@tanstack/react-query";
import type { Draft, DraftContent, DraftId, DraftSaved } from "../platform/contract";
import { call } from "../platform/platform";
import { commandKey } from "../query/key";

/** Puts what a save has stored and found into the cached draft. A read that was begun before is dropped, and repeated. */
export function putSaved(
  client: QueryClient,
  draft: DraftId,
  content: DraftContent,
  saved: DraftSaved,
): void {
  const queryKey = commandKey("draft_get", { draft });
  const reading = client.isFetching({ queryKey, exact: true }) > 0;
  if (reading) void client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<Draft>(
    queryKey,
    (known) => known && { ...known, content, problems: saved.problems, savedAt: saved.savedAt },
  );
  // The dropped read may have been about something else, such as a file that was added.
  if (reading) void client.invalidateQueries({ queryKey, exact: true });
}

/** Reads the draft as it is stored now, whatever older read is under way. */
export async function readDraft(client: QueryClient, draft: DraftId): Promise<Draft> {
  const read = await call("draft_get", { draft });
  const queryKey = commandKey("draft_get", { draft });
  const reading = client.isFetching({ queryKey, exact: true }) > 0;
  if (reading) void client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<Draft>(queryKey, read);
  if (reading) void client.invalidateQueries({ queryKey, exact: true });
  return read;
}
