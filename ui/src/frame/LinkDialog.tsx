// The question before a link is opened whose host is not plainly the one that is read, or that the window itself was
// told to show.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AskedLink } from "../platform/contract";
import { forgetLink, openAskedLink } from "./links";

export function LinkDialog({ link }: { link: AskedLink }) {
  return (
    <Modal
      visible
      header="Open this link?"
      closeAriaLabel="Close"
      onDismiss={forgetLink}
      data-testid="link-dialog"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={forgetLink} data-testid="link-cancel">
              Do not open
            </Button>
            <Button
              variant="primary"
              iconName="external"
              iconAlign="right"
              onClick={() => void openAskedLink(link)}
              data-testid="link-confirm"
            >
              Open
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {link.host === null ? (
          <div>It opens in your browser or mail program, outside of ECO Desk.</div>
        ) : (
          <Alert type="warning" header="Look at where it leads">
            The address is not written plainly, or its letters come from other scripts and may only
            look like those of a name that you know.
          </Alert>
        )}
        <KeyValuePairs
          columns={1}
          items={[
            ...(link.host === null
              ? []
              : [
                  { label: "Host", value: <Exactly text={link.host.ascii} testId="link-host" /> },
                  ...(link.host.unicode === link.host.ascii
                    ? []
                    : [
                        {
                          label: "Shown by some programs as",
                          value: <Exactly text={link.host.unicode} testId="link-host-shown" />,
                        },
                      ]),
                ]),
            { label: "Address", value: <Exactly text={link.address} testId="link-address" /> },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
}

/** An address from its beginning to its end, in the order of its characters. */
function Exactly({ text, testId }: { text: string; testId: string }) {
  return (
    <bdi dir="ltr" className="eco-mono eco-break" data-testid={testId}>
      {text}
    </bdi>
  );
}
