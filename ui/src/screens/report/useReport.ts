// The report that is being written: its content, and which of its problems the user is shown. A problem is
// shown only after its field was changed and left, or the user asked to go on, so that nobody is scolded for an empty form.
import { useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import { readDraft } from "../../draft/draft-query";
import type { SaveState } from "../../draft/draft-saver";
import { useSavedDraft } from "../../draft/useSavedDraft";
import type {
  Draft,
  DraftFile,
  DraftId,
  Field,
  Problem,
  ReportContent,
} from "../../platform/contract";
import { fieldOf, fieldsChanged } from "./steps";

export interface Report {
  id: DraftId;
  content: ReportContent;
  files: readonly DraftFile[];
  /** All that is still missing, shown or not. */
  problems: readonly Problem[];
  save: SaveState;
  update(patch: Partial<ReportContent>): void;
  /** Saves at once; answers whether it is on disk, and what is still missing then. */
  flush(): Promise<{ saved: boolean; problems: readonly Problem[] }>;
  /** What is wrong at the field, once it may be shown. */
  errorOf(field: Field): string | undefined;
  /** The user has left the field; it is judged from then on, if it was changed. */
  leave(field: Field): void;
  /** Shows these problems at their fields from now on. */
  reveal(problems: readonly Problem[]): void;
}

/** `draft` is the newest reading of a report's draft; the component is to be keyed by its id. */
export function useReportState(draft: Draft, begin: ReportContent): Report {
  const client = useQueryClient();
  const { save, change, flush: flushDraft } = useSavedDraft(draft.id);
  const [content, setContent] = useState(begin);
  const newest = useRef(begin);
  const touched = useRef<ReadonlySet<Field>>(new Set());
  const [shown, setShown] = useState<ReadonlySet<Field>>(new Set());
  // What only a submit could find; true until something is changed.
  const [refused, setRefused] = useState<readonly Problem[]>([]);
  const { id, files, problems } = draft;

  const update = useCallback(
    (patch: Partial<ReportContent>) => {
      touched.current = new Set([...touched.current, ...fieldsChanged(newest.current, patch)]);
      newest.current = { ...newest.current, ...patch };
      setContent(newest.current);
      // Going to another step changes nothing that is sent.
      if (Object.keys(patch).some((key) => key !== "step")) setRefused([]);
      change({ kind: "report", content: newest.current });
    },
    [change],
  );
  const flush = useCallback(async () => {
    if (!(await flushDraft())) return { saved: false, problems: [] };
    // Asked anew: what lies in the cache may have been read before the last save. Where the draft cannot be read, the
    // core still judges it when it is submitted.
    const read = await readDraft(client, id).catch(() => null);
    return { saved: true, problems: read?.problems ?? [] };
  }, [client, flushDraft, id]);
  const show = useCallback(
    (fields: readonly Field[]) => setShown((before) => new Set([...before, ...fields])),
    [],
  );
  const leave = useCallback(
    (field: Field) => {
      // Going past a field is no attempt to fill it.
      if (touched.current.has(field)) void flushDraft().then(() => show([field]));
    },
    [flushDraft, show],
  );
  const reveal = useCallback(
    (list: readonly Problem[]) => {
      setRefused(list);
      show(list.flatMap((problem) => fieldOf(problem) ?? []));
    },
    [show],
  );
  const errorOf = useCallback(
    (field: Field) =>
      shown.has(field)
        ? [...problems, ...refused].find((problem) => problem.field === field)?.message
        : undefined,
    [shown, problems, refused],
  );

  return useMemo(
    () => ({ id, content, files, problems, save, update, flush, errorOf, leave, reveal }),
    [id, content, files, problems, save, update, flush, errorOf, leave, reveal],
  );
}

export const ReportContext = createContext<Report | null>(null);

/** The report that the surrounding form is about. */
export function useReport(): Report {
  const report = useContext(ReportContext);
  if (report === null) throw new Error("useReport is used outside the report form.");
  return report;
}
