// Saving a file of a case to this computer: the native dialog asks where, a flash says where it went.
import { useState } from "react";
import { flash } from "../../frame/flash";
import { words } from "../../parts/Said";
import type { CaseFile, CaseKey, Problem } from "../../platform/contract";
import { useAct } from "../../query/hooks";

export interface SaveFile {
  /** `null` where there is nothing to fetch yet: the file is still only in the outbox. */
  save: (() => void) | null;
  saving: boolean;
  problem: Problem | null;
}

export function useSaveFile(caseKey: CaseKey, file: CaseFile): SaveFile {
  const fetchFile = useAct("file_save");
  const [saving, setSaving] = useState(false);
  const { attachmentId } = file;
  if (attachmentId === null) return { save: null, saving: false, problem: null };
  const save = () => {
    if (saving) return;
    setSaving(true);
    fetchFile.mutate(
      { case: caseKey, attachmentId },
      {
        onSuccess: (where) => {
          // No place means that the dialog was cancelled.
          if (where !== null) flash.success(words`Saved ${file.name} to ${where}.`);
        },
        onSettled: () => setSaving(false),
      },
    );
  };
  return { save, saving, problem: fetchFile.error };
}
