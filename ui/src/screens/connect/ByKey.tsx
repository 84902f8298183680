// Signing in again with an access key: the same one, or a new one that takes its place.
import SpaceBetween from "@cloudscape-design/components/space-between";
import { shortKeyId } from "../../format/words";
import { DropOverlay } from "../../parts/DropZone";
import type { Account } from "../../platform/contract";
import { KeyForm } from "./KeyForm";
import { useKeyFile } from "./useKeyFile";

interface Props {
  account: Account;
  accessKeyId: string;
  onTried: (account: Account) => void;
}

export function ByKey({ account, accessKeyId, onTried }: Props) {
  const file = useKeyFile(() => undefined);
  return (
    <SpaceBetween size="m">
      <DropOverlay visible={file.over} text="Drop the file with the access key" />
      <div className="eco-break" data-testid="enter-key">
        Enter the access key <span className="eco-mono">{shortKeyId(accessKeyId)}</span> again, or
        the new one that takes its place. The incidents and what waits in the outbox stay as they
        are.
      </div>
      <KeyForm
        accounts={[]}
        replaces={account}
        name={account.name}
        onName={() => undefined}
        onConnected={onTried}
        file={file}
      />
    </SpaceBetween>
  );
}
