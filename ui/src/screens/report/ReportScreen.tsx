// Report an incident: reads the draft, and shows the form once it is there.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { useState } from "react";
import { useLocation } from "wouter";
import { unsavedContent } from "../../draft/draft-saver";
import { paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account, Draft, DraftId, ReportContent } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { ReportForm } from "./ReportForm";
import "./report.css";
import "./steps.css";

export default function ReportScreen({ draftId }: { draftId: DraftId }) {
  useScreen({ title: "Report an incident", bleed: true });
  const draft = useCommand("draft_get", { draft: draftId }, { fresh: true });
  const accounts = useCommand("account_list", {});
  const failure = draft.data === undefined ? draft.error : null;

  if (failure !== null) {
    return failure.code === "not-found" ? (
      <Gone />
    ) : (
      <div className="eco-report-aside">
        <ProblemAlert problem={failure} onRetry={() => void draft.refetch()} />
      </div>
    );
  }
  if (draft.data === undefined || (accounts.data === undefined && accounts.error === null)) {
    return (
      <div className="eco-report-aside eco-report-waiting">
        <Spinner /> Reading the draft
      </div>
    );
  }
  return <Opened key={draft.data.id} draft={draft.data} accounts={accounts.data ?? []} />;
}

/** Keeps the content as it was when the form was opened: from then on the form knows better than the disk. */
function Opened({ draft, accounts }: { draft: Draft; accounts: readonly Account[] }) {
  const [begin] = useState<ReportContent | null>(() => {
    const newest = unsavedContent(draft.id) ?? draft.content;
    return newest.kind === "report" ? newest.content : null;
  });
  return begin === null ? <Gone /> : <ReportForm draft={draft} begin={begin} accounts={accounts} />;
}

function Gone() {
  const [, navigate] = useLocation();
  return (
    <div className="eco-report-aside" data-testid="report-gone">
      <Container>
        <Box textAlign="center" padding={{ vertical: "l" }}>
          <SpaceBetween size="m">
            <Box variant="h2" tagOverride="h1">
              This draft is not here any more
            </Box>
            <Box color="text-body-secondary">It was submitted or discarded.</Box>
            <div className="eco-report-choices">
              <Button onClick={() => navigate(paths.outbox)}>Drafts & outbox</Button>
              <Button variant="primary" onClick={() => navigate(paths.report)}>
                Report an incident
              </Button>
            </div>
          </SpaceBetween>
        </Box>
      </Container>
    </div>
  );
}
