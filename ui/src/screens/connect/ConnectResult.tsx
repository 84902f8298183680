// What the check of a just connected account found, in words.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isSessionOnly, notKeptReason, problemTitle } from "../../format/words";
import type { Account } from "../../platform/contract";
import { Findings, useConnectionCheck } from "../check/Findings";

interface Props {
  account: Account;
  /** The name of the file that its key was read from, if it was. */
  fromFile: string | null;
  onDone: () => void;
  onAnother: () => void;
}

function Finding({ account }: { account: Account }) {
  const { connection, name, source } = account;
  switch (connection.state) {
    case "connected":
      return (
        <Alert type={isSessionOnly(source) ? "warning" : "success"} header={`${name} is connected`}>
          AWS Support answers. Your incidents of the past 24 months are being read and show up in
          the list.
          {isSessionOnly(source) ? (
            <div>
              <strong>
                The {source.kind === "portal" ? "sign-in" : "key"} is kept only until ECO Desk ends:
              </strong>{" "}
              {notKeptReason(source)}, and ECO Desk writes no secret into a file.{" "}
              {source.kind === "portal" ? "Sign in" : "Enter the key"} again after the next start.
            </div>
          ) : null}
        </Alert>
      );
    case "failed":
      return (
        <Alert type="error" header={`${name}: ${problemTitle(connection.problem.code)}`}>
          {connection.problem.message} The account is kept; check again when that is done.
          {connection.problem.requestId ? (
            <div className="eco-small">
              AWS request id <span className="eco-mono">{connection.problem.requestId}</span>
            </div>
          ) : null}
        </Alert>
      );
    case "unchecked":
      return (
        <Alert type="info" header={`${name} is kept`}>
          The connection has not been checked yet.
        </Alert>
      );
  }
}

export function ConnectResult({ account, fromFile, onDone, onAnother }: Props) {
  const check = useConnectionCheck(account.id);
  const works = account.connection.state === "connected";
  // What AWS refuses it refuses again; the way on is the policy above.
  const denied =
    account.connection.state === "failed" && account.connection.problem.code === "access-denied";
  const done = (
    <Button variant={works ? "primary" : "normal"} onClick={onDone} data-testid="connect-done">
      Show the incidents
    </Button>
  );
  return (
    <SpaceBetween size="m">
      <div role="status" data-testid="connect-result">
        <Finding account={account} />
      </div>
      {fromFile === null || isSessionOnly(account.source) ? null : (
        <Alert type="info" data-testid="delete-key-file">
          The secret still stands in {fromFile} as well, where anybody who can open the file can
          read it. ECO Desk needs the file no longer: delete it, or put it where only you have
          access.
        </Alert>
      )}
      <Findings check={check} folded />
      <div className="eco-connect-actions">
        <Button onClick={onAnother}>Connect another one</Button>
        <Button
          variant={works || denied ? "normal" : "primary"}
          loading={check.isFetching}
          loadingText="Checking the connection"
          onClick={() => void check.refetch()}
        >
          Check again
        </Button>
        {done}
      </div>
    </SpaceBetween>
  );
}
