// Going from a case to its places, and to a new report made of it.
import { useCallback, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { absolute } from "../../format/time";
import { paths } from "../../frame/paths";
import type { CaseDetail, DraftId, Problem, ReportContent } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";

export interface Go {
  incidents: () => void;
  outbox: () => void;
  draft: (draft: DraftId) => void;
}

export function useGo(): Go {
  const [, navigate] = useLocation();
  return useMemo(
    () => ({
      incidents: () => navigate(paths.incidents),
      outbox: () => navigate(paths.outbox),
      draft: (draft) => navigate(paths.draft(draft)),
    }),
    [navigate],
  );
}

export interface ReportAgain {
  begin: () => void;
  beginning: boolean;
  problem: Problem | null;
}

/** Begins a draft that names the case, saves it, and goes to it. */
export function useReportAgain(detail: CaseDetail | undefined): ReportAgain {
  const go = useGo();
  const underWay = useRef(false);
  const [beginning, setBeginning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const begin = useCallback(async () => {
    if (detail === undefined || underWay.current) return;
    underWay.current = true;
    setBeginning(true);
    setProblem(null);
    try {
      const draft = await call("draft_begin");
      if (draft.content.kind === "report") {
        const content = namingReport(draft.content.content, detail);
        await call("draft_save", { draft: draft.id, content: { kind: "report", content } });
      }
      go.draft(draft.id);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      underWay.current = false;
      setBeginning(false);
    }
  }, [detail, go]);

  return { begin: () => void begin(), beginning, problem };
}

/** What is filled in: the account, the subject, and a first sentence that names the earlier incident. */
function namingReport(empty: ReportContent, { row }: CaseDetail): ReportContent {
  const number = row.displayId === null ? "" : ` ${row.displayId}`;
  const earlier = `This is about the same as the earlier incident${number}, “${row.subject}”, reported ${absolute(row.createdAt)}.`;
  return { ...empty, account: row.account, subject: row.subject, body: `${earlier}\n\n` };
}
