// Leads from a trouble on the way to AWS to where it is mended.
import Button from "@cloudscape-design/components/button";
import { networkDialog } from "./network-dialog";

export function NetworkButton() {
  return (
    <Button onClick={networkDialog.open} data-testid="network-settings">
      Network settings
    </Button>
  );
}
