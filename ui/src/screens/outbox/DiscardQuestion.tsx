// Asks once before something written goes for good.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import { useState } from "react";
import type { Problem } from "../../platform/contract";
import { asProblem } from "../../platform/platform";

export interface Question {
  title: string;
  text: string;
  discard(): Promise<unknown>;
}

export function DiscardQuestion({ question, onClose }: { question: Question; onClose(): void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function discard() {
    setBusy(true);
    setProblem(null);
    try {
      await question.discard();
      onClose();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  }

  return (
    <Modal
      visible
      header={question.title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <div className="eco-outbox-modal-actions">
          <Button variant="link" onClick={onClose}>
            Keep it
          </Button>
          <Button
            variant="primary"
            loading={busy}
            loadingText="Discarding"
            onClick={() => void discard()}
            data-testid="discard-confirm"
          >
            Discard
          </Button>
        </div>
      }
    >
      {question.text}
      {problem !== null && (
        <Box color="text-status-error" margin={{ top: "s" }}>
          <span role="alert">It was not discarded. {problem.message}</span>
        </Box>
      )}
    </Modal>
  );
}
