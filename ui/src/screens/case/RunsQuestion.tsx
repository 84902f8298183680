// The warning before a file is saved that the system runs when it is opened.
import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Dialog } from "../../parts/Dialog";
import { FileName } from "../../parts/FileName";

export interface RunsQuestionProps {
  name: string;
  onSave: () => void;
  onCancel: () => void;
}

export function RunsQuestion({ name, onSave, onCancel }: RunsQuestionProps) {
  return (
    <Dialog
      title="Save a program?"
      onClose={onCancel}
      closeTestId="file-runs-cancel"
      testId="file-runs"
      act={{ text: "Save all the same", quiet: true, run: onSave, testId: "file-runs-save" }}
    >
      <SpaceBetween size="s">
        <div>
          <FileName name={name} />
        </div>
        <Alert type="warning">
          This is a program, a script, a shortcut or a document with macros: opening it runs what is
          in it, with all your rights on this computer. Save it only if you expected it from whoever
          sent it.
        </Alert>
      </SpaceBetween>
    </Dialog>
  );
}
