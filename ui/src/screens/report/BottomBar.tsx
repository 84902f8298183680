// The bar below the form, always in sight: what leaves the computer when, and the way on.
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import Toggle from "@cloudscape-design/components/toggle";
import { count } from "../../format/size";
import { type Step, stepName } from "./steps";
import { useReport } from "./useReport";

interface BottomBarProps {
  step: Step;
  /** Files that are still being copied. */
  coming: number;
  sending: boolean;
  onCancel(): void;
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
  const { content, update } = useReport();
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
