// Drafts & outbox: everything that ECO does not have yet.
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { Confirm } from "../../parts/Dialog";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useCommand } from "../../query/hooks";
import { DraftsTable } from "./DraftsTable";
import { OutboxTable } from "./OutboxTable";
import type { Question } from "./RowActions";
import "./outbox.css";

export default function OutboxScreen() {
  useScreen({ title: "Drafts & outbox" });
  const [, navigate] = useLocation();
  const [question, setQuestion] = useState<Question | null>(null);
  const outbox = useCommand("outbox_list", {});
  const drafts = useCommand("draft_list", {});
  return (
    <div data-testid="outbox">
      <SpaceBetween size="m">
        <Header
          variant="h1"
          description="Everything here is kept on this computer until ECO has it. Nothing is sent twice."
          actions={
            <Button variant="primary" iconName="add-plus" onClick={() => navigate(paths.report)}>
              Report an incident
            </Button>
          }
        >
          Drafts & outbox
        </Header>
        {outbox.error !== null && (
          <ProblemAlert
            problem={outbox.error}
            title="The outbox cannot be shown"
            kept="Nothing in it is lost."
            onRetry={() => void outbox.refetch()}
          />
        )}
        <OutboxTable
          entries={outbox.data ?? []}
          loading={outbox.isPending && outbox.error === null}
          ask={setQuestion}
        />
        {drafts.error !== null && (
          <ProblemAlert
            problem={drafts.error}
            title="The drafts cannot be shown"
            kept="Nothing in them is lost."
            onRetry={() => void drafts.refetch()}
          />
        )}
        <DraftsTable
          drafts={drafts.data ?? []}
          loading={drafts.isPending && drafts.error === null}
          ask={setQuestion}
        />
      </SpaceBetween>
      {question !== null && (
        <Confirm
          title={question.title}
          keep="Keep it"
          text="Discard"
          busyText="Discarding"
          failed="It was not discarded."
          run={question.discard}
          onClose={() => setQuestion(null)}
          testId="discard-confirm"
        >
          {question.text}
        </Confirm>
      )}
    </div>
  );
}
