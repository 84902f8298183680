// The question before a link is opened whose host is not plainly the one that is read, or that the window itself was
// told to show.
import Alert from "@cloudscape-design/components/alert";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Dialog } from "../parts/Dialog";
import type { AskedLink } from "../platform/contract";
import { forgetLink, openAskedLink } from "./links";

export function LinkDialog({ link }: { link: AskedLink }) {
  return (
    <Dialog
      title="Open this link?"
      onClose={forgetLink}
      close="Do not open"
      closeTestId="link-cancel"
      testId="link-dialog"
      act={{
        text: "Open",
        icon: "external",
        run: () => void openAskedLink(link),
        testId: "link-confirm",
      }}
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
    </Dialog>
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
