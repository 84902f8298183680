// The network settings as a dialog: see frame/network-dialog.ts.
import "./settings.css";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import { networkDialog } from "../../frame/network-dialog";
import { NetworkForms } from "./Network";

export function NetworkDialog() {
  return (
    <Modal
      visible
      size="large"
      header="Network"
      onDismiss={networkDialog.close}
      closeAriaLabel="Close"
      footer={
        <div className="eco-dialog-actions">
          <Button onClick={networkDialog.close} data-testid="network-close">
            Close
          </Button>
        </div>
      }
      data-testid="network-dialog"
    >
      <NetworkForms />
    </Modal>
  );
}
