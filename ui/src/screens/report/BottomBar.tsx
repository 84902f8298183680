// The bar below the form, always in sight: what leaves the computer when, and the way on.
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import Toggle from "@cloudscape-design/components/toggle";
import { useRemoveFile } from "../../draft/useFiles";
import { count } from "../../format/size";
import type { DraftFile } from "../../platform/contract";
import { type Step, stepName } from "./steps";
import { useReport } from "./useReport";

interface BottomBarProps {
  step: Step;
  /** Files that are still being copied. */
  coming: number;
  sending: boolean;
  onCancel(): void;
  onDiscard(): void;
  onPrevious(): void;
  onNext(): void;
  onSolved(): void;
  onSubmit(): void;
}

export function BottomBar(props: BottomBarProps) {
  const { step, sending } = props;
  return (
    <div className="eco-report-bar" data-testid="report-bar">
      <div className="eco-report-bar-note">
        <Note step={step} coming={props.coming} />
      </div>
      <div className="eco-report-bar-actions">
        <Button
          variant="icon"
          iconName="remove"
          ariaLabel="Discard this report"
          onClick={props.onDiscard}
          data-testid="report-discard"
        />
        <Button variant="link" onClick={props.onCancel} data-testid="report-cancel">
          Cancel
        </Button>
        {step > 1 && (
          <Button onClick={props.onPrevious} data-testid="report-previous">
            Previous
          </Button>
        )}
        {step === 3 && (
          <Button onClick={props.onSolved} data-testid="report-solved">
            That solved it
          </Button>
        )}
        {step === 4 ? (
          <Button
            variant="primary"
            loading={sending}
            loadingText="Submitting"
            onClick={props.onSubmit}
            data-testid="report-submit"
          >
            Submit
          </Button>
        ) : (
          <Button
            variant="primary"
            iconName="angle-right"
            iconAlign="right"
            onClick={props.onNext}
            data-testid="report-next"
          >
            Next: {nextName(step)}
          </Button>
        )}
      </div>
    </div>
  );
}

function nextName(step: 1 | 2 | 3): string {
  switch (step) {
    case 1:
      return stepName(2);
    case 2:
      return "Solve now or contact us";
    case 3:
      return stepName(4);
  }
}

function Note({ step, coming }: { step: Step; coming: number }) {
  const { content, files, update } = useReport();
  const refused = files.filter(({ state }) => state.state === "refused");
  if (step === 2 && refused.length > 0) return <CannotBeSent refused={refused} />;
  if (coming > 0) {
    return (
      <span className="eco-report-note">
        <Icon name="status-info" /> {count(coming, "file")} still being copied. You can go on.
      </span>
    );
  }
  switch (step) {
    case 1:
    case 2:
      return <span>Nothing leaves this computer before you submit.</span>;
    case 3:
      return (
        <span className="eco-report-note">
          <Icon name="lock-private" /> Found on this computer. Nothing was sent.
        </span>
      );
    case 4:
      return (
        <Toggle
          checked={content.asTest}
          onChange={({ detail }) => update({ asTest: detail.checked })}
          description="ECO's engineers will not act on it."
          data-testid="report-as-test"
        >
          Send as a test
        </Toggle>
      );
  }
}

/** What keeps Next from going on, with one deed for all of it: the table may lie below the fold. */
function CannotBeSent({ refused }: { refused: readonly DraftFile[] }) {
  const { id } = useReport();
  const { removing, failureOf, remove } = useRemoveFile(id);
  const [first] = refused;
  const failure = refused
    .map((file) => failureOf(file.id))
    .find((problem) => problem !== undefined);

  async function removeAll() {
    for (const file of refused) await remove(file);
  }

  return (
    <span className="eco-report-note" role="status" data-testid="report-refused">
      <Icon name="status-negative" variant="error" />{" "}
      <span>
        {failure !== undefined
          ? `Not removed: ${failure.message}`
          : refused.length === 1
            ? `${first?.name} cannot be sent.`
            : `${count(refused.length, "file")} cannot be sent.`}
      </span>{" "}
      <Button
        variant="inline-link"
        loading={removing.size > 0}
        loadingText="Removing"
        onClick={() => void removeAll()}
        data-testid="report-remove-refused"
      >
        {refused.length === 1 ? "Remove it" : `Remove the ${refused.length} files`}
      </Button>
    </span>
  );
}
