// A failure where it belongs: what happened, what was kept, what to do.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { problemTitle } from "../format/words";
import { isOfNetwork, NetworkButton } from "../frame/network-dialog";
import type { Problem } from "../platform/contract";
import { joined, Said, type Words } from "./Said";

interface Props {
  problem: Problem;
  /** A sentence on what was kept: "What you wrote is kept." */
  kept?: string;
  /** Runs again what failed; offered where the problem may pass. */
  onRetry?: () => void;
  /** Whether that is under way. */
  retrying?: boolean;
  onDismiss?: () => void;
  /** Instead of the title of the problem's kind. */
  title?: Words;
  testId?: string;
}

export function ProblemAlert({
  problem,
  kept,
  onRetry,
  retrying = false,
  onDismiss,
  title,
  testId = "problem",
}: Props) {
  const retry = onRetry !== undefined && problem.retryable;
  const network = isOfNetwork(problem.code);
  return (
    <div role="alert" data-testid={testId}>
      <Alert
        type={problem.retryable ? "warning" : "error"}
        header={<Said>{title ?? problemTitle(problem.code)}</Said>}
        action={
          retry || network ? (
            <span className="eco-actions">
              {network ? <NetworkButton /> : null}
              {retry ? (
                <Button loading={retrying} loadingText="Trying again" onClick={onRetry}>
                  Try again
                </Button>
              ) : null}
            </span>
          ) : null
        }
        dismissible={onDismiss !== undefined}
        onDismiss={() => onDismiss?.()}
      >
        <Said>{joined(problem.message, kept ?? "")}</Said>
        {problem.requestId ? (
          <div className="eco-small">
            AWS request id <span className="eco-mono">{problem.requestId}</span>
          </div>
        ) : null}
      </Alert>
    </div>
  );
}
