// Where one can go from a case.
import { useMemo } from "react";
import { useLocation } from "wouter";
import { paths } from "../../frame/paths";
import type { DraftId } from "../../platform/contract";

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
