// Renaming and recolouring an account, and removing it from this computer.
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { flash } from "../../frame/flash";
import { Dialog } from "../../parts/Dialog";
import { Dot } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { words } from "../../parts/Said";
import type { Account, CredentialSource, Problem } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { ACCOUNT_COLOURS } from "../../platform/rules";
import { useAct, useCommand } from "../../query/hooks";
import { checkName } from "./checks";

interface Props {
  account: Account;
  onClose: () => void;
}

const COLOURS = ACCOUNT_COLOURS.map((label, colour) => ({
  value: String(colour),
  label,
  iconSvg: <Dot colour={colour} />,
}));

export function RenameAccount({ account, onClose }: Props) {
  const accounts = useCommand("account_list", {});
  const rename = useAct("account_rename");
  const [name, setName] = useState(account.name);
  const [colour, setColour] = useState(account.colour % ACCOUNT_COLOURS.length);
  const [wrong, setWrong] = useState<string | null>(null);
  const problem = rename.error;
  const atName = problem?.field === "name";

  const save = () => {
    const taken = (accounts.data ?? [])
      .filter(({ id }) => id !== account.id)
      .map((other) => other.name);
    const error = checkName(name, taken);
    setWrong(error);
    if (error) return;
    rename.mutate({ account: account.id, name: name.trim(), colour }, { onSuccess: onClose });
  };

  return (
    <Dialog
      title={words`Rename ${account.name}`}
      onClose={onClose}
      act={{ text: "Save", busy: rename.isPending, run: save }}
    >
      <SpaceBetween size="m">
        {problem && !atName ? <ProblemAlert problem={problem} kept="The old name stays." /> : null}
        <FormField label="Name" errorText={wrong ?? (atName ? problem.message : null)}>
          <Input
            value={name}
            autoFocus
            onChange={({ detail }) => {
              setName(detail.value);
              setWrong(null);
            }}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") save();
            }}
            data-testid="account-name"
          />
        </FormField>
        <FormField label="Colour">
          <Select
            expandToViewport
            options={COLOURS}
            selectedOption={COLOURS[colour] ?? null}
            triggerVariant="option"
            onChange={({ detail }) => setColour(Number(detail.selectedOption.value))}
          />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}

function whatStays(source: CredentialSource): string {
  switch (source.kind) {
    case "demo":
      return ".";
    case "profile":
      return ", and the profile in your AWS files stays, so that you can connect it again.";
    case "portal":
      return source.sessionOnly
        ? ". ECO Desk forgets the sign-in."
        : ". The sign-in is taken out of this system's keychain, unless another account here needs it.";
    case "access-key":
      return source.sessionOnly
        ? ". ECO Desk forgets the secret of its access key."
        : ". The secret of its access key is taken out of this system's keychain.";
  }
}

/** Stays until the answer is there: the account leaves the list before that, so the list must not hold this dialog. */
export function RemoveAccount({ account, onClose }: Props) {
  const accounts = useCommand("account_list", {});
  const outbox = useCommand("outbox_list", {});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  const waiting = (outbox.data ?? []).filter((entry) => entry.account === account.id).length;
  const isGone = accounts.data?.every(({ id }) => id !== account.id) ?? false;
  const isHalfDone = problem !== null && isGone;

  const remove = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await call("account_remove", { account: account.id });
      flash.success(words`${account.name} is removed from this computer.`);
      if (shown.current) onClose();
    } catch (thrown) {
      // What may be left of it is told also to whom has gone on to another screen.
      if (shown.current) setProblem(asProblem(thrown));
      else flash.problem(thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={words`Remove ${account.name}`}
      onClose={onClose}
      held={busy}
      {...(isHalfDone
        ? { close: "Close", closeTestId: "account-remove-close" }
        : {
            close: "Keep",
            act: {
              text: "Remove",
              busy,
              busyText: "Removing",
              run: () => void remove(),
              testId: "account-remove-confirm",
            },
          })}
    >
      {isHalfDone ? (
        <ProblemAlert
          problem={problem}
          title={words`${account.name} is removed, but something of it may be left`}
        />
      ) : (
        <Question account={account} waiting={waiting} problem={problem} />
      )}
    </Dialog>
  );
}

/** What goes and what stays, before it is done. */
function Question({
  account,
  waiting,
  problem,
}: {
  account: Account;
  waiting: number;
  problem: Problem | null;
}) {
  return (
    <SpaceBetween size="m">
      {problem ? (
        <ProblemAlert
          problem={problem}
          {...(problem.code === "conflict" ? { kept: "The account is still connected." } : {})}
        />
      ) : null}
      {waiting > 0 ? (
        <div role="alert">
          <strong>
            {waiting === 1 ? "One entry" : `${waiting} entries`} of the outbox{" "}
            {waiting === 1 ? "belongs" : "belong"} to it and would not be sent.
          </strong>
        </div>
      ) : null}
      <div>
        Its incidents leave the list of this computer, with what you sent and the replies that you
        began; no news of them come any more. At AWS nothing changes{whatStays(account.source)}
      </div>
      <div>Reports that you began stay as drafts, for you to choose another account.</div>
    </SpaceBetween>
  );
}
