// Accounts that cannot be used. One entry for each thing to do: accounts behind the same sign-in, or the same proxy,
// are told of together.
import { words } from "../parts/Said";
import type { Account, Problem } from "../platform/contract";
import { call } from "../platform/platform";
import { flash } from "./flash";
import { isOfNetwork } from "./network-dialog";

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

export function namesOf(accounts: readonly Account[]): string {
  const names = accounts.map(({ name }) => name);
  if (names.length > NAMED) {
    return `${names.slice(0, NAMED - 1).join(", ")} and ${names.length - NAMED + 1} more`;
  }
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

export function checkAgain(accounts: readonly Account[]): void {
  for (const { id, name } of accounts) {
    call("account_check", { account: id }).then(
      ({ connection }) => {
        if (connection.state === "connected") flash.success(words`${name} is connected again.`);
      },
      (thrown: unknown) => flash.problem(thrown),
    );
  }
}
