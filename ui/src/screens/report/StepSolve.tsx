// Step 3, "Solve now": known incidents that read like this one. All of it is found on this computer.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Icon from "@cloudscape-design/components/icon";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { useState } from "react";
import { authorName } from "../../format/words";
import { AccountDot, PriorityMark, StatusLabel, Time } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseKey, Problem, SimilarCase } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { isMentioned, mention } from "./mention";
import { useReport } from "./useReport";

interface StepSolveProps {
  /** Leaves the form, which keeps its draft, for a case. */
  onOpen(key: CaseKey): void;
  /** Puts the report's text into the reply of a case; rejects with nothing, answers what went wrong. */
  onAdd(key: CaseKey): Promise<Problem | null>;
}

export function StepSolve({ onOpen, onAdd }: StepSolveProps) {
  const report = useReport();
  const found = useCommand("report_suggestions", { draft: report.id }, { fresh: true });
  if (found.error) {
    return (
      <ProblemAlert
        problem={found.error}
        title="Similar incidents could not be looked up"
        kept="Your report is kept; you can go on to Contact us."
        onRetry={() => void found.refetch()}
      />
    );
  }
  if (!found.data) {
    return (
      <div className="eco-report-waiting">
        <Spinner /> Looking through the incidents on this computer
      </div>
    );
  }
  const { open, resolved } = found.data;
  if (open.length === 0 && resolved.length === 0) return <NothingSimilar />;
  return (
    <SpaceBetween size="m">
      {open.map((similar) => (
        <OpenCase key={similar.row.key} similar={similar} onOpen={onOpen} onAdd={onAdd} />
      ))}
      <SolvedBefore resolved={resolved} onOpen={onOpen} />
    </SpaceBetween>
  );
}

function NothingSimilar() {
  return (
    <Container data-testid="report-nothing-similar">
      <Box textAlign="center" padding={{ vertical: "l" }}>
        <SpaceBetween size="xs">
          <Box variant="h3" tagOverride="h2">
            No similar incident is known
          </Box>
          <Box color="text-body-secondary">
            None of your incidents on this computer, open or resolved, reads like this one. Go on to
            Contact us to send it to ECO.
          </Box>
        </SpaceBetween>
      </Box>
    </Container>
  );
}

function OpenCase({ similar, onOpen, onAdd }: StepSolveProps & { similar: SimilarCase }) {
  const { row, sharedWords } = similar;
  const { account } = useReport().content;
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function add() {
    setAdding(true);
    setProblem(null);
    const wrong = await onAdd(row.key);
    if (wrong !== null) {
      setProblem(wrong);
      setAdding(false);
    }
  }

  return (
    <section
      className="eco-report-known"
      aria-label={maybeReported(similar)}
      data-testid="report-similar-open"
    >
      <span className="eco-report-known-sign">
        <Icon name="status-warning" variant="warning" />
      </span>
      <div className="eco-report-known-text">
        <b>{maybeReported(similar)}</b>
        <span className="eco-row">
          {row.displayId !== null && <span>{row.displayId}</span>}
          <b dir="auto">{row.subject}</b>
          <PriorityMark priority={row.priority} />
          <StatusLabel row={row} />
        </span>
        <span className="eco-row eco-small">
          <AccountDot account={row.account} />
          <span>
            <bdi>{authorName(row.reportedBy)}</bdi>, <Time at={row.createdAt} />
          </span>
          <SharedWords words={sharedWords} />
        </span>
        {problem !== null && (
          <Box color="text-status-error">
            <span role="alert">Your report was not added. {problem.message}</span>
          </Box>
        )}
      </div>
      <div className="eco-report-known-actions">
        <Button onClick={() => onOpen(row.key)}>Open it</Button>
        {row.account === account ? (
          <Button loading={adding} loadingText="Adding" onClick={() => void add()}>
            Add my report to it
          </Button>
        ) : (
          <span className="eco-small eco-report-secondary" data-testid="report-other-account">
            In another account: a report cannot be added to it.
          </span>
        )}
      </div>
    </section>
  );
}

function maybeReported({ row }: SimilarCase): string {
  switch (row.reportedBy.who) {
    case "me":
      return "Maybe already reported: you have an open incident that reads like this one";
    case "colleague":
      return "Maybe already reported: a colleague has an open incident that reads like this one";
    case "eco":
      return "Maybe already known: ECO has opened an incident that reads like this one";
  }
}

function SharedWords({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <span>
      In both: <span className="eco-mono eco-report-words">{words.join(", ")}</span>
    </span>
  );
}

interface SolvedBeforeProps {
  resolved: readonly SimilarCase[];
  onOpen(key: CaseKey): void;
}

function SolvedBefore({ resolved, onOpen }: SolvedBeforeProps) {
  const description =
    resolved.length === 0
      ? "No resolved incident of your accounts reads like yours."
      : "Resolved incidents of your accounts that read most like yours.";
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${resolved.length})`} description={description}>
          Solved before
        </Header>
      }
      disableContentPaddings={resolved.length === 0}
    >
      {resolved.length > 0 && (
        <ul className="eco-report-solved">
          {resolved.map((similar) => (
            <Solved key={similar.row.key} similar={similar} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </Container>
  );
}

function Solved({ similar, onOpen }: { similar: SimilarCase; onOpen(key: CaseKey): void }) {
  const { content, update } = useReport();
  const { row, sharedWords, solution } = similar;
  const mentioned = isMentioned(content.body, row);
  return (
    <li className="eco-report-similar" data-testid="report-similar-resolved">
      <Link fontSize="heading-s" onFollow={() => onOpen(row.key)}>
        <bdi>{row.subject}</bdi>
      </Link>
      <span className="eco-row eco-small eco-report-secondary">
        <AccountDot account={row.account} />
        {row.displayId !== null && <span>{row.displayId}</span>}
        <span>
          Resolved, last update <Time at={row.updatedAt} />
        </span>
        <SharedWords words={sharedWords} />
      </span>
      {solution !== null && (
        <blockquote className="eco-report-solution">
          <b>What solved it</b> {solution}
        </blockquote>
      )}
      <span className="eco-row">
        <Button variant="inline-link" onClick={() => onOpen(row.key)}>
          Open
        </Button>
        {mentioned ? (
          <Box variant="small" color="text-body-secondary">
            Mentioned in your description
          </Box>
        ) : (
          <Button
            variant="inline-link"
            onClick={() => update({ body: mention(content.body, row) })}
          >
            Mention it in my report
          </Button>
        )}
      </span>
    </li>
  );
}
