// Rating a case that is resolved already. Sending is not offered: a message would reopen the case.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { flash } from "../../frame/flash";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseRow } from "../../platform/contract";
import { useAct } from "../../query/hooks";
import { DialogCase } from "./DialogCase";
import { RatingFields, useRatingEntry } from "./RatingFields";

export interface RateDialogProps {
  row: Pick<CaseRow, "key" | "subject" | "displayId" | "account">;
  onClose: () => void;
}

/** Shown while it is mounted. */
export function RateDialog({ row, onClose }: RateDialogProps) {
  const rate = useAct("case_rate");
  const rating = useRatingEntry(true);
  const busy = rate.isPending || rate.isSuccess;

  const run = () => {
    const { stars, comment } = rating.entry;
    if (busy || !rating.check() || stars === null) return;
    rate.mutate(
      { case: row.key, rating: { stars, comment: comment.trim(), sendToEco: false } },
      {
        onSuccess: () => {
          flash.success("Your rating is kept on this computer.");
          onClose();
        },
      },
    );
  };

  return (
    <Modal
      visible
      header="Rate ECO's correspondence"
      closeAriaLabel="Close"
      onDismiss={onClose}
      data-testid="rate-dialog"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={busy}
              loadingText="Keeping"
              onClick={run}
              data-testid="rate-confirm"
            >
              Keep rating
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <DialogCase row={row} onSubmit={run}>
        <RatingFields rating={rating} disabled={busy} />
        {rate.error === null ? null : (
          <ProblemAlert
            title="The rating was not kept"
            problem={rate.error}
            kept="What you entered here is still there."
            onRetry={run}
          />
        )}
        <Alert type="info">
          The rating stays on this computer. AWS takes ratings only as a message, and a message
          would reopen the case.
        </Alert>
      </DialogCase>
    </Modal>
  );
}
