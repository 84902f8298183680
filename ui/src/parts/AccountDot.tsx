// An account as a coloured dot with its name.
import "./parts.css";
import type { AccountId } from "../platform/contract";
import { useCommand } from "../query/hooks";

/** How many colours there are; an account's `colour` is taken modulo this. */
export const ACCOUNT_COLOURS = 8;
export const ACCOUNT_COLOUR_NAMES = [
  "Purple",
  "Orange",
  "Teal",
  "Light blue",
  "Pink",
  "Dark blue",
  "Wine",
  "Dark green",
] as const;

/** The dot alone; for where the name stands beside it anyway. */
export function Dot({ colour }: { colour: number }) {
  return <span aria-hidden="true" className={`eco-dot eco-dot-${colour % ACCOUNT_COLOURS}`} />;
}

export function AccountDot({ account }: { account: AccountId }) {
  const accounts = useCommand("account_list", {});
  const known = accounts.data?.find(({ id }) => id === account);
  return (
    <span className="eco-account">
      {known ? <Dot colour={known.colour} /> : null}
      <span className="eco-cut">
        {known?.name ?? (accounts.isPending ? "" : "Removed account")}
      </span>
    </span>
  );
}
