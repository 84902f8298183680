// An account as a small square in its colour with its letters. Its name stands beside it or in its label.
import "./account-tile.css";
import { accountLetters } from "../frame/account-letters";
import type { AccountId } from "../platform/contract";
import { ACCOUNT_COLOURS } from "../platform/rules";
import { useCommand } from "../query/hooks";

interface Props {
  account: AccountId;
  /** The name does not stand beside it. */
  named?: boolean;
}

export function AccountTile({ account, named = false }: Props) {
  const accounts = useCommand("account_list", {});
  const known = accounts.data?.find(({ id }) => id === account);
  if (!known) return null;
  return (
    <span
      className={`eco-tile eco-tile-${known.colour % ACCOUNT_COLOURS.length}`}
      {...(named
        ? { role: "img", "aria-label": known.name, title: known.name }
        : { "aria-hidden": true })}
    >
      {accountLetters(accounts.data ?? []).get(account)}
    </span>
  );
}
