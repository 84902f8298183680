// Asks whether a command that a profile has come to name may run. Nothing runs before.
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import type { Account, Problem } from "../platform/contract";
import { asProblem, call } from "../platform/platform";
import { CommandText } from "./CommandNotice";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  account: Account;
  /** Called with the account once the command has run. */
  onDone: (account: Account) => void;
  onClose: () => void;
}

export function CommandDialog({ account, onDone, onClose }: Props) {
  const [command, setCommand] = useState<string | null | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);

  useEffect(() => {
    let gone = false;
    call("account_command", { account: account.id }).then(
      (found) => {
        if (!gone) setCommand(found);
      },
      (thrown: unknown) => {
        if (!gone) setProblem(asProblem(thrown));
      },
    );
    return () => {
      gone = true;
    };
  }, [account.id]);

  async function run(shown: string | null) {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setProblem(null);
    try {
      const args = { account: account.id };
      onDone(
        shown === null
          ? await call("account_check", args)
          : await call("account_approve_command", { ...args, command: shown }),
      );
    } catch (thrown) {
      const told = asProblem(thrown);
      setProblem(told);
      // It has changed once more: what is shown has to be what runs. Where it cannot be read, nothing can be run.
      if (told.code === "conflict") {
        setCommand(await call("account_command", { account: account.id }).catch(() => undefined));
      }
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }

  return (
    <Modal
      visible
      header={`Run this command for ${account.name}?`}
      onDismiss={onClose}
      closeAriaLabel="Close"
      footer={
        <div className="eco-dialog-actions">
          <Button variant="link" onClick={onClose} data-testid="command-not-now">
            Not now
          </Button>
          {command === undefined ? null : (
            <Button
              variant="primary"
              loading={busy}
              loadingText="Running"
              onClick={() => void run(command)}
              data-testid="command-run"
            >
              {command === null ? "Check again" : "Run it"}
            </Button>
          )}
        </div>
      }
    >
      <SpaceBetween size="m">
        {problem ? <ProblemAlert problem={problem} /> : null}
        {command === undefined && !problem ? <Skeleton variant="text-body-m" width="60%" /> : null}
        {command ? (
          <div>
            Your AWS files name this command for the credentials of {account.name}. You have not
            agreed to it yet, and it was not run. Run it if you know it; otherwise ask whoever set
            up the profile.
            <CommandText command={command} />
          </div>
        ) : null}
        {command === null ? <div>Your AWS files no longer name a new command.</div> : null}
      </SpaceBetween>
    </Modal>
  );
}
