// The one question before a draft goes for good, asked for a discard and for a problem that has solved itself.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import { useState } from "react";
import { count } from "../../format/size";
import type { Problem } from "../../platform/contract";

export type DiscardReason = "discard" | "solved";

interface DiscardModalProps {
  reason: DiscardReason;
  subject: string;
  files: number;
  /** Answers what went wrong, or null. */
  onDiscard(): Promise<Problem | null>;
  onKeep(): void;
}

export function DiscardModal({ reason, subject, files, onDiscard, onKeep }: DiscardModalProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const solved = reason === "solved";

  async function discard() {
    setBusy(true);
    setProblem(null);
    const wrong = await onDiscard();
    if (wrong !== null) {
      setProblem(wrong);
      setBusy(false);
    }
  }

  const what = subject.trim() === "" ? "The draft" : `The draft “${subject.trim()}”`;
  const withFiles = files === 0 ? "" : ` with ${count(files, "file")}`;
  return (
    <Modal
      visible
      header={solved ? "Good to hear that it is solved" : "Discard this report?"}
      closeAriaLabel="Close"
      onDismiss={onKeep}
      footer={
        <div className="eco-report-modal-actions">
          <Button variant="link" onClick={onKeep}>
            Keep the draft
          </Button>
          <Button
            variant="primary"
            loading={busy}
            loadingText="Discarding"
            onClick={() => void discard()}
            data-testid="report-discard-confirm"
          >
            {solved ? "Discard the draft" : "Discard"}
          </Button>
        </div>
      }
    >
      {what}
      {withFiles} is removed from this computer and cannot be brought back. Nothing of it was sent
      to ECO.
      {problem !== null && (
        <Box color="text-status-error" margin={{ top: "s" }}>
          <span role="alert">The draft was not discarded. {problem.message}</span>
        </Box>
      )}
    </Modal>
  );
}
