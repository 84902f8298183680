// Adding files to a draft through the native dialog, and taking them out again.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { DraftFile, DraftId, FileId, Problem } from "../platform/contract";
import { asProblem, call } from "../platform/platform";
import { commandKey } from "../query/key";

function useReread(draft: DraftId): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () => client.invalidateQueries({ queryKey: commandKey("draft_get", { draft }) }),
    [client, draft],
  );
}

export interface ChooseFiles {
  choosing: boolean;
  /** Opens the dialog; resolves to why no files were added, or null. */
  choose: () => Promise<Problem | null>;
}

export function useChooseFiles(draft: DraftId): ChooseFiles {
  const reread = useReread(draft);
  const [choosing, setChoosing] = useState(false);

  async function choose(): Promise<Problem | null> {
    setChoosing(true);
    try {
      await call("file_choose", { draft });
      return null;
    } catch (thrown) {
      return asProblem(thrown);
    } finally {
      setChoosing(false);
      void reread();
    }
  }
  return { choosing, choose };
}

export interface RemoveFile {
  /** Files whose removal is under way. */
  removing: ReadonlySet<FileId>;
  /** Why a file could not be removed; undefined where nothing went wrong with it. */
  failureOf: (file: FileId) => Problem | undefined;
  /** Resolves to whether the file is gone. */
  remove: (file: DraftFile) => Promise<boolean>;
}

export function useRemoveFile(draft: DraftId): RemoveFile {
  const reread = useReread(draft);
  const [removing, setRemoving] = useState<ReadonlySet<FileId>>(new Set());
  const [failed, setFailed] = useState<{ file: FileId; problem: Problem } | null>(null);

  async function remove({ id: file }: DraftFile): Promise<boolean> {
    setRemoving((before) => new Set([...before, file]));
    setFailed(null);
    try {
      await call("file_remove", { draft, file });
      return true;
    } catch (thrown) {
      setFailed({ file, problem: asProblem(thrown) });
      return false;
    } finally {
      await reread();
      setRemoving((before) => new Set([...before].filter((id) => id !== file)));
    }
  }
  const failureOf = (file: FileId) => (failed?.file === file ? failed.problem : undefined);
  return { removing, failureOf, remove };
}
