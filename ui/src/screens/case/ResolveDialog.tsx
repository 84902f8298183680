// Resolving a case, with stars and a comment for ECO where the user wants to give them.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useId, useState } from "react";
import { useNow } from "../../format/useNow";
import { flash } from "../../frame/flash";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseRow, Rating } from "../../platform/contract";
import { useAct } from "../../query/hooks";
import { DialogCase } from "./DialogCase";
import { RatingFields, useRatingEntry } from "./RatingFields";
import { longDay } from "./words";

/** AWS lets a reply reopen a resolved case for so long. */
const REOPEN_DAYS = 14;

export interface ResolveDialogProps {
  row: Pick<CaseRow, "key" | "subject" | "displayId" | "account">;
  /** Told when the dialog is to go, whether the case was resolved or not. */
  onClose: (resolved: boolean) => void;
}

/** Shown while it is mounted. */
export function ResolveDialog({ row, onClose }: ResolveDialogProps) {
  const resolve = useAct("case_resolve");
  const now = useNow();
  const note = useId();
  const rating = useRatingEntry(false);
  const [sendToEco, setSendToEco] = useState(true);
  const { stars, comment } = rating.entry;
  const busy = resolve.isPending || resolve.isSuccess;

  const run = () => {
    if (busy || !rating.check()) return;
    const given: Rating | null =
      stars === null ? null : { stars, comment: comment.trim(), sendToEco };
    resolve.mutate(
      { case: row.key, rating: given },
      {
        onSuccess: () => {
          flash.success(resolvedWords(row.subject, given));
          onClose(true);
        },
      },
    );
  };

  return (
    <Modal
      visible
      header="Resolve case"
      closeAriaLabel="Close"
      onDismiss={() => onClose(false)}
      data-testid="resolve-dialog"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onClose(false)}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={busy}
              loadingText="Resolving"
              onClick={run}
              data-testid="resolve-confirm"
            >
              Resolve case
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <DialogCase row={row} onSubmit={run}>
        <RatingFields rating={rating} disabled={busy} />
        <div>
          <Checkbox
            checked={sendToEco && stars !== null}
            disabled={stars === null || busy}
            onChange={({ detail }) => setSendToEco(detail.checked)}
            data-testid="rating-send"
            ariaDescribedby={note}
          >
            Send rating to ECO
          </Checkbox>
          <div id={note} className="case-dialog-note">
            AWS has no programming interface for ratings. The stars and the comment go to ECO as a
            last message in this case, where your colleagues can read it too. Without the tick they
            stay on this computer.
          </div>
        </div>
        {resolve.error === null ? null : (
          <ProblemAlert
            title="The case was not resolved"
            problem={resolve.error}
            kept="What you entered here is kept."
            onRetry={run}
          />
        )}
        <Alert type="info">
          You can reopen the case for {REOPEN_DAYS} days, until{" "}
          {longDay(now + REOPEN_DAYS * 86_400_000)}. It stays in your list as Resolved.
        </Alert>
      </DialogCase>
    </Modal>
  );
}

function resolvedWords(subject: string, rating: Rating | null): string {
  const resolving = `“${subject}” is being resolved. It shows as Resolved as soon as AWS has taken it.`;
  if (rating === null) return resolving;
  return rating.sendToEco
    ? `${resolving} Your rating goes to ECO with it.`
    : `${resolving} Your rating is kept on this computer.`;
}
