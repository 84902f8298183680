// A command that a profile names for its credentials: looked at before it runs, and asked about where it is another one
// than before. Nothing runs before that.

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import type { Account, Problem } from "../platform/contract";
import { asProblem, call } from "../platform/platform";
import { Dialog } from "./Dialog";
import { ProblemAlert } from "./ProblemAlert";
import { words } from "./Said";

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
    <Dialog
      title={words`Run this command for ${account.name}?`}
      onClose={onClose}
      close="Not now"
      closeTestId="command-not-now"
      act={
        command === undefined
          ? null
          : {
              text: command === null ? "Check again" : "Run it",
              busy,
              busyText: "Running",
              run: () => void run(command),
              testId: "command-run",
            }
      }
    >
      <SpaceBetween size="m">
        {problem ? <ProblemAlert problem={problem} /> : null}
        {command === undefined && !problem ? <Skeleton variant="text-body-m" width="60%" /> : null}
        {command ? (
          <div>
            Your AWS files name this command for the credentials of <bdi>{account.name}</bdi>. You
            have not agreed to it yet, and it was not run. Run it if you know it; otherwise ask
            whoever set up the profile.
            <CommandText command={command} />
          </div>
        ) : null}
        {command === null ? <div>Your AWS files no longer name a new command.</div> : null}
      </SpaceBetween>
    </Dialog>
  );
}

export function CommandNotice({ command }: { command: string }) {
  return (
    <Alert type="info" header="This profile gets its credentials from a program">
      Connecting runs this command on your computer, now and whenever credentials are needed. Where
      you do not know it, ask whoever set up the profile.
      <CommandText command={command} />
    </Alert>
  );
}

/** The command as it is written, with every space of it. */
export function CommandText({ command }: { command: string }) {
  return (
    <Box margin={{ top: "xs" }}>
      <pre className="eco-command" data-testid="command">
        {command}
      </pre>
    </Box>
  );
}
