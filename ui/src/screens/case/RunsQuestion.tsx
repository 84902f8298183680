// The warning before a file is saved that the system runs when it is opened.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { FileName } from "../../parts/FileName";

export interface RunsQuestionProps {
  name: string;
  onSave: () => void;
  onCancel: () => void;
}

export function RunsQuestion({ name, onSave, onCancel }: RunsQuestionProps) {
  return (
    <Modal
      visible
      header="Save a program?"
      closeAriaLabel="Close"
      onDismiss={onCancel}
      data-testid="file-runs"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onCancel} data-testid="file-runs-cancel">
              Cancel
            </Button>
            <Button onClick={onSave} data-testid="file-runs-save">
              Save all the same
            </Button>
          </SpaceBetween>
        </Box>
      }
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
    </Modal>
  );
}
