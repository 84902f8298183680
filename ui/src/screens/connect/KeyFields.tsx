// The two halves of an access key: typed or pasted, or read from the console's file by the shell.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Icon from "@cloudscape-design/components/icon";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { HeldKey } from "../../platform/contract";
import type { KeyFile } from "./useKeyFile";
import "../../parts/drop-zone.css";

interface PairProps {
  keyId: string;
  secret: string;
  errorOf: (field: "accessKeyId" | "secretAccessKey") => string | null;
  readOnly: boolean;
  onKeyId: (keyId: string) => void;
  onSecret: (secret: string) => void;
  onEnter: () => void;
}

/** The fields, where no file was read. */
export function PairFields({ keyId, secret, errorOf, onEnter, ...props }: PairProps) {
  const common = {
    autoComplete: false,
    spellcheck: false,
    disableBrowserAutocorrect: true,
    readOnly: props.readOnly,
    onKeyDown: ({ detail }: { detail: { key: string } }) => {
      if (detail.key === "Enter") onEnter();
    },
  } as const;
  return (
    <ColumnLayout columns={2}>
      <FormField
        label="Access key ID"
        description="You can paste both parts at once."
        errorText={errorOf("accessKeyId")}
      >
        <Input
          {...common}
          value={keyId}
          placeholder="AKIA…"
          onChange={({ detail }) => props.onKeyId(detail.value)}
          data-testid="connect-key-id"
        />
      </FormField>
      <FormField
        label="Secret access key"
        description="AWS shows it only once, when the key is made."
        errorText={errorOf("secretAccessKey")}
      >
        <Input
          {...common}
          value={secret}
          type="password"
          onChange={({ detail }) => props.onSecret(detail.value)}
          data-testid="connect-secret"
        />
      </FormField>
    </ColumnLayout>
  );
}

/** Where the file is dropped or chosen, and why the last one gave no key. */
export function KeyFileZone({ file, disabled }: { file: KeyFile; disabled: boolean }) {
  return (
    <SpaceBetween size="xs">
      <div
        className={`eco-drop-zone${file.over ? " eco-drop-zone-over" : ""}`}
        data-testid="key-file-zone"
      >
        <span className="eco-drop-zone-text">
          <Icon name="file" /> Do you have the console's accessKeys.csv? Drop it here
        </span>
        <Button
          variant="inline-link"
          loading={file.choosing}
          loadingText="Choosing the file"
          disabled={disabled}
          onClick={file.choose}
          data-testid="key-file-choose"
        >
          Choose the file
        </Button>
      </div>
      {file.problem ? (
        <div role="alert" data-testid="key-file-problem">
          <Alert type="error" header="No access key was taken from the file">
            {file.problem.message}
          </Alert>
        </div>
      ) : null}
    </SpaceBetween>
  );
}

/** The key of a file, whose secret stays with the shell. */
export function FileKey({
  held,
  disabled,
  onForget,
}: {
  held: HeldKey;
  disabled: boolean;
  onForget: () => void;
}) {
  return (
    <div className="eco-connect-held" data-testid="held-key">
      <Icon name="file" size="medium" variant="subtle" />
      <div className="eco-break">
        <div>
          Access key <span className="eco-mono">{held.accessKeyId}</span>
        </div>
        <div className="eco-small eco-muted">
          Its secret was read from {held.fileName} and is not shown.
        </div>
      </div>
      <Button disabled={disabled} onClick={onForget} data-testid="held-key-forget">
        Enter another key
      </Button>
    </div>
  );
}
