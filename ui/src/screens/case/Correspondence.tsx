// The correspondence of a case, newest last, in a column that scrolls and keeps the reader's place.
import type { UseQueryResult } from "@tanstack/react-query";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseDetail, Correspondence as Known, Problem } from "../../platform/contract";
import { MessagesSkeleton } from "./Skeletons";
import { Thread } from "./thread/Thread";

export interface CorrespondenceProps {
  detail: CaseDetail;
  query: UseQueryResult<Known, Problem>;
  /** Shows that many of the newest messages. */
  onShow: (recent: number) => void;
}

export function Correspondence({ detail, query, onShow }: CorrespondenceProps) {
  if (query.data === undefined) {
    return (
      <section className="case-column" aria-label="Correspondence" aria-busy={query.isPending}>
        {query.error === null ? (
          <MessagesSkeleton />
        ) : (
          <ProblemAlert
            title="The correspondence could not be read"
            problem={query.error}
            onRetry={() => void query.refetch()}
          />
        )}
      </section>
    );
  }
  return (
    <Thread
      detail={detail}
      known={query.data}
      loading={query.isPlaceholderData}
      problem={query.error}
      onShow={onShow}
    />
  );
}
