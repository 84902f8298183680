// `#/report`: one may have been called away from a report, so unfinished ones are offered before a new one is
// begun. A draft with nothing in it is not listed by the core, which gives it again where a new one is begun.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Spinner from "@cloudscape-design/components/spinner";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { draftTitle } from "../../draft/title";
import { useKeys } from "../../frame/keys";
import { paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { AccountDot, PriorityMark, Time } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Draft, Problem, ReportContent } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { useCommand } from "../../query/hooks";
import "./report.css";

interface Unfinished {
  draft: Draft;
  content: ReportContent;
}

function reportsOf(drafts: readonly Draft[]): Unfinished[] {
  return drafts
    .flatMap((draft) =>
      draft.content.kind === "report" ? [{ draft, content: draft.content.content }] : [],
    )
    .sort((a, b) => b.draft.savedAt - a.draft.savedAt);
}

export default function BeginReport() {
  useScreen({ title: "Report an incident" });
  const [, navigate] = useLocation();
  useKeys([{ key: "Escape", run: () => navigate(paths.incidents) }]);
  const drafts = useCommand("draft_list", {}, { fresh: true });
  const [problem, setProblem] = useState<Problem | null>(null);
  const begun = useRef(false);

  async function begin() {
    if (begun.current) return;
    begun.current = true;
    setProblem(null);
    try {
      const draft = await call("draft_begin");
      navigate(paths.draft(draft.id), { replace: true });
    } catch (thrown) {
      begun.current = false;
      setProblem(asProblem(thrown));
    }
  }

  const reports = drafts.data === undefined ? null : reportsOf(drafts.data);
  const unfinished = reports ?? [];
  // Without the list there is nothing to offer, and nobody in trouble shall wait for it.
  const ask = unfinished.length > 0;
  const settled = reports !== null || drafts.error !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: decided once, when the drafts are known
  useEffect(() => {
    if (settled && !ask) void begin();
  }, [settled, ask]);

  const trouble = problem !== null && (
    <ProblemAlert
      problem={{ ...problem, retryable: true }}
      title="A new report could not be begun"
      onRetry={() => void begin()}
    />
  );
  if (!ask) {
    return (
      trouble || (
        <div className="eco-report-waiting">
          <Spinner /> Beginning a report
        </div>
      )
    );
  }
  return (
    <div data-testid="report-begin" className="eco-report-begin">
      {trouble}
      <Container
        header={
          <Header
            variant="h1"
            description="Nothing of it has been sent. Go on with it, or begin a new report; the drafts are kept either way."
            actions={
              <Button
                iconName="add-plus"
                onClick={() => void begin()}
                data-testid="report-begin-new"
              >
                Begin a new report
              </Button>
            }
          >
            {unfinished.length === 1
              ? "You have an unfinished report"
              : `You have ${unfinished.length} unfinished reports`}
          </Header>
        }
      >
        <ul className="eco-report-unfinished">
          {unfinished.map(({ draft, content }, index) => (
            <li key={draft.id}>
              <div>
                <Box fontWeight="bold">{draftTitle(draft)}</Box>
                <span className="eco-row eco-small eco-report-secondary">
                  {content.account !== null && <AccountDot account={content.account} />}
                  {content.priority !== null && <PriorityMark priority={content.priority} />}
                  <span>
                    Saved <Time at={draft.savedAt} />
                  </span>
                </span>
              </div>
              <Button
                variant={index === 0 ? "primary" : "normal"}
                onClick={() => navigate(paths.draft(draft.id), { replace: true })}
                ariaLabel={`Continue: ${draftTitle(draft)}`}
                data-testid="report-continue"
              >
                Continue
              </Button>
            </li>
          ))}
        </ul>
      </Container>
    </div>
  );
}
