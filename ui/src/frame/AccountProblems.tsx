// Accounts that cannot be used. One banner for each thing to do: accounts behind the same sign-in, or the same proxy,
// are told of together.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useLocation } from "wouter";
import { problemTitle } from "../format/words";
import { CommandDialog } from "../parts/CommandDialog";
import { words } from "../parts/Said";
import type { Account, Problem } from "../platform/contract";
import { call } from "../platform/platform";
import { useCommand } from "../query/hooks";
import { flash } from "./flash";
import { isOfNetwork, NetworkButton } from "./network-dialog";
import { paths } from "./paths";
import { whatWaits } from "./what-waits";

/** What stands in the way of these accounts, and is mended for all of them at once. */
export interface Trouble {
  problem: Problem;
  accounts: [Account, ...Account[]];
}

/** Names that a header takes. */
const NAMED = 3;

/** Whether signing in again is what mends it. */
export function needsSignIn({ code }: Problem): boolean {
  return (
    code === "credentials-expired" ||
    code === "code-needed" ||
    code === "credentials" ||
    code === "credentials-missing"
  );
}

/** The same for accounts that are mended together. */
function remedy({ id, source }: Account, problem: Problem): string {
  if (problem.code === "credentials-expired" && source.kind === "portal") {
    return `sign-in ${source.region} ${source.startUrl}`;
  }
  return isOfNetwork(problem.code) ? `${problem.code} ${problem.message}` : `account ${id}`;
}

export function troubles(accounts: readonly Account[]): Trouble[] {
  const found = new Map<string, Trouble>();
  for (const account of accounts) {
    if (account.connection.state !== "failed") continue;
    const { problem } = account.connection;
    const key = `${problem.code} ${remedy(account, problem)}`;
    const known = found.get(key);
    if (known) known.accounts.push(account);
    else found.set(key, { problem, accounts: [account] });
  }
  return [...found.values()];
}

function namesOf(accounts: readonly Account[]): string {
  const names = accounts.map(({ name }) => name);
  if (names.length > NAMED) {
    return `${names.slice(0, NAMED - 1).join(", ")} and ${names.length - NAMED + 1} more`;
  }
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

function check(accounts: readonly Account[]): void {
  for (const { id, name } of accounts) {
    call("account_check", { account: id }).then(
      ({ connection }) => {
        if (connection.state === "connected") flash.success(words`${name} is connected again.`);
      },
      (thrown: unknown) => flash.problem(thrown),
    );
  }
}

export function AccountProblems() {
  const accounts = useCommand("account_list", {});
  const outbox = useCommand("outbox_list", {});
  const [location, navigate] = useLocation();
  const [asked, setAsked] = useState<Account | null>(null);
  if (location === paths.settings || location === paths.connect) return null;
  const banners = troubles(accounts.data ?? [])
    .filter((trouble) => trouble.accounts.every(({ id }) => location !== paths.signIn(id)))
    .map(({ problem, accounts: held }) => {
      const [first, ...others] = held;
      return (
        <div key={first.id} role="alert" data-testid="account-problem">
          <Alert
            type="warning"
            header={`${namesOf(held)}: ${problemTitle(problem.code)}`}
            action={
              <span className="eco-actions">
                {needsSignIn(problem) ? (
                  <Button
                    onClick={() => navigate(paths.signIn(first.id))}
                    data-testid="sign-in-again"
                  >
                    Sign in again
                  </Button>
                ) : null}
                {problem.code === "approval-needed" ? (
                  <Button onClick={() => setAsked(first)} data-testid="command-look">
                    Look at the command
                  </Button>
                ) : null}
                {isOfNetwork(problem.code) ? <NetworkButton /> : null}
                <Button onClick={() => check(held)}>Check again</Button>
                {others.length === 0 ? (
                  <Button onClick={() => navigate(paths.check(first.id))}>Details</Button>
                ) : null}
              </span>
            }
          >
            {problem.message}
            {whatWaits(held, outbox.data ?? [])}
          </Alert>
        </div>
      );
    });
  return (
    <>
      {banners}
      {asked ? (
        <CommandDialog
          account={asked}
          onDone={({ name, connection }) => {
            setAsked(null);
            if (connection.state === "connected") flash.success(words`${name} is connected again.`);
          }}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  );
}
