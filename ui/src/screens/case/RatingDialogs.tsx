// The two dialogs that ask for stars: resolving a case, where they may go to ECO, and rating one that is resolved
// already, where they stay here, because a message would reopen it.
import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import { type ReactNode, useId, useState } from "react";
import { useNow } from "../../format/useNow";
import { flash } from "../../frame/flash";
import { Dialog } from "../../parts/Dialog";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { joined, type Words, words } from "../../parts/Said";
import type { CaseRow, Rating } from "../../platform/contract";
import { useAct } from "../../query/hooks";
import { longDay } from "./words";
import "./dialog.css";
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { grouped, lengthOf, lengthWords } from "../../format/size";
import { AccountDot } from "../../parts/marks";
import { StarRating } from "../../parts/StarRating";
import { LIMITS } from "../../platform/rules";

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
    <Dialog
      title="Resolve case"
      onClose={() => onClose(false)}
      testId="resolve-dialog"
      act={{ text: "Resolve case", busy, busyText: "Resolving", run, testId: "resolve-confirm" }}
    >
      <DialogCase row={row} onSubmit={run}>
        <RatingFields rating={rating} disabled={busy} />
        <div>
          <Checkbox
            checked={sendToEco && stars !== null}
            disabled={stars === null}
            readOnly={busy}
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
          You can reopen the case for {LIMITS.reopenDays} days, until{" "}
          {longDay(now + LIMITS.reopenDays * 86_400_000)}. It stays in your list as Resolved.
        </Alert>
      </DialogCase>
    </Dialog>
  );
}

function resolvedWords(subject: string, rating: Rating | null): Words {
  const resolving = words`“${subject}” is being resolved. It shows as Resolved as soon as AWS has taken it.`;
  if (rating === null) return resolving;
  return joined(
    resolving,
    rating.sendToEco ? "Your rating goes to ECO with it." : "Your rating is kept on this computer.",
  );
}

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
    <Dialog
      title="Rate ECO's correspondence"
      onClose={onClose}
      testId="rate-dialog"
      act={{ text: "Keep rating", busy, busyText: "Keeping", run, testId: "rate-confirm" }}
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
    </Dialog>
  );
}

export interface DialogCaseProps {
  row: Pick<CaseRow, "subject" | "displayId" | "account">;
  onSubmit: () => void;
  children: ReactNode;
}

export function DialogCase({ row, onSubmit, children }: DialogCaseProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only the key that goes on, wherever in the dialog it is pressed
    <div
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          if (!event.repeat) onSubmit();
        }
      }}
    >
      <SpaceBetween size="l">
        <div>
          <Box fontWeight="bold">
            <div dir="auto">{row.subject}</div>
          </Box>
          <div className="case-dialog-facts">
            {row.displayId === null ? null : <span className="eco-number">{row.displayId}</span>}
            {row.displayId === null ? null : <span aria-hidden="true">·</span>}
            <AccountDot account={row.account} />
          </div>
        </div>
        {children}
      </SpaceBetween>
    </div>
  );
}

/** What was entered so far. */
export interface RatingEntry {
  stars: number | null;
  comment: string;
}

export interface RatingState {
  required: boolean;
  entry: RatingEntry;
  setEntry: (entry: RatingEntry) => void;
  /** Shown at the stars once the user has asked to go on. */
  starsProblem: string | null;
  commentProblem: string | null;
  /** Whether the entry may go; tells at the fields what is wrong where it may not. */
  check: () => boolean;
}

/** `required`: whether stars must be given. Without that, a comment alone still asks for them. */
export function useRatingEntry(required: boolean): RatingState {
  const [entry, setEntry] = useState<RatingEntry>({ stars: null, comment: "" });
  const [asked, setAsked] = useState(false);
  const lacksStars = entry.stars === null && (required || entry.comment.trim() !== "");
  const tooLong = lengthOf(entry.comment) > LIMITS.comment;
  return {
    required,
    entry,
    setEntry,
    starsProblem:
      !asked || !lacksStars
        ? null
        : required
          ? "Choose one to five stars."
          : "A comment goes with stars. Choose them too, or clear the comment.",
    commentProblem: tooLong
      ? `Shorten the comment to ${grouped(LIMITS.comment)} characters.`
      : null,
    check: () => {
      setAsked(true);
      return !lacksStars && !tooLong;
    },
  };
}

export function RatingFields({ rating, disabled }: { rating: RatingState; disabled: boolean }) {
  const { entry, setEntry } = rating;
  return (
    <SpaceBetween size="l">
      <FormField
        label="How was ECO's correspondence?"
        description={`One star is poor, five are excellent.${rating.required ? "" : " You can leave this out."}`}
        errorText={rating.starsProblem}
        stretch
      >
        <StarRating
          label="How was ECO's correspondence?"
          value={entry.stars}
          onChange={(stars) => setEntry({ ...entry, stars })}
          disabled={disabled}
        />
      </FormField>
      <FormField
        label={
          <>
            Comment <i>– optional</i>
          </>
        }
        constraintText={`${lengthWords(lengthOf(entry.comment), LIMITS.comment)} characters`}
        errorText={rating.commentProblem}
        stretch
      >
        <Textarea
          value={entry.comment}
          rows={3}
          readOnly={disabled}
          onChange={({ detail }) => setEntry({ ...entry, comment: detail.value })}
          data-testid="rating-comment"
        />
      </FormField>
    </SpaceBetween>
  );
}
