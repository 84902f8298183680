// How fresh the list is, at the strip's left; by account, and what to do, behind it.
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import { useId } from "react";
import { useLocation } from "wouter";
import { relativeSeconds } from "../format/time";
import { useNow } from "../format/useNow";
import { problemTitle } from "../format/words";
import { AccountTile } from "../parts/AccountTile";
import { useAct, useCommand } from "../query/hooks";
import { checkAgain, needsSignIn } from "./account-problems";
import { flash } from "./flash";
import { isOfNetwork, NetworkButton } from "./network-dialog";
import { paths } from "./paths";
import { type AccountTruth, nextWords, type Summary, summary, truths } from "./sync-truth";
import { usePopover } from "./usePopover";

const ICONS = {
  success: { name: "check", variant: "success" },
  warning: { name: "status-warning", variant: "warning" },
  pending: { name: "status-pending", variant: "subtle" },
} as const;

export function SyncPart() {
  const accounts = useCommand("account_list", {}).data;
  const statuses = useCommand("sync_status", {}).data;
  const settings = useCommand("settings_get", {}).data;
  const now = useNow("seconds");
  const { open, toggle, close, root, button } = usePopover();
  const id = useId();

  if (!accounts || !statuses) return null;
  if (accounts.length === 0) return <span>No account connected yet</span>;
  const all = truths(accounts, statuses, settings?.pollSeconds);
  const said = summary(all, now, relativeSeconds);
  if (!said) return null;
  // The soonest of them.
  const [soonest] = all
    .filter(({ nextAt }) => nextAt !== null)
    .sort((a, b) => (a.nextAt ?? 0) - (b.nextAt ?? 0));
  const next =
    said.sign === "success" && soonest ? nextWords({ ...soonest, running: false }, now) : "";
  const { name, variant } = ICONS[said.sign];
  const told = all.find(({ problem }) => problem)?.problem?.message;
  return (
    <div ref={root} className="eco-sync">
      <button
        ref={button}
        type="button"
        className={`eco-strip-button eco-sign-${said.sign}`}
        aria-expanded={open}
        aria-controls={id}
        title={told ?? "How fresh each account is"}
        onClick={toggle}
        data-testid="sync-status"
      >
        <Icon name={name} variant={variant} size="small" />
        <span
          className="eco-cut"
          {...(said.text.includes("not everything") ? { "data-testid": "sync-gap" } : {})}
        >
          {said.text}
          {next === "" ? "" : `, ${next}`}
        </span>
      </button>
      {/* Read out when it changes, and not each time that the seconds do. */}
      <span role="status" className="eco-hidden">
        {heard(said, all)}
      </span>
      {open ? (
        <section
          id={id}
          className="eco-sync-list"
          aria-label="How fresh each account is"
          data-testid="sync-list"
        >
          {all.map((truth) => (
            <Truth key={truth.account.id} truth={truth} now={now} onGo={close} />
          ))}
          <SyncNow />
        </section>
      ) : null}
    </div>
  );
}

function heard({ sign }: Summary, all: readonly AccountTruth[]): string {
  const problem = all.find(({ state }) => state === "stale")?.problem;
  if (problem) return problemTitle(problem.code);
  if (sign === "pending") return "First sync";
  return sign === "success" ? "Synced" : "Not everything was synced";
}

function SyncNow() {
  const sync = useAct("sync_now");
  return (
    <div className="eco-sync-entry">
      <Button
        iconName="refresh"
        loading={sync.isPending}
        loadingText="Asking AWS Support for news"
        onClick={() => sync.mutate({}, { onError: (problem) => flash.problem(problem) })}
      >
        Ask AWS Support now
      </Button>
    </div>
  );
}

interface TruthProps {
  truth: AccountTruth;
  now: number;
  onGo: () => void;
}

/** "Synced 20 s ago, next in 40 s." */
function words(truth: AccountTruth, now: number): string {
  const { syncedAt, state, running } = truth;
  const when = syncedAt === null ? null : relativeSeconds(syncedAt, now);
  if (state === "stale") {
    return when === null ? "Nothing was read yet." : `Last synced ${when}, not since.`;
  }
  if (when === null) return running ? "Its first sync is running." : "Waits for its first sync.";
  const next = nextWords(truth, now);
  const rest = state === "partly" ? ", but not everything" : "";
  return `Synced ${when}${rest}${next === "" ? "" : `, ${next}`}.`;
}

function Truth({ truth, now, onGo }: TruthProps) {
  const [, navigate] = useLocation();
  const { account, problem, state } = truth;
  const go = (path: string) => () => {
    onGo();
    navigate(path);
  };
  return (
    <div className="eco-sync-entry">
      <AccountTile account={account.id} />
      <div className="eco-sync-words">
        <strong>
          <bdi>{account.name}</bdi>
        </strong>
        <div>{words(truth, now)}</div>
        {problem ? (
          <div>
            {state === "stale" ? `${problemTitle(problem.code)}. ` : ""}
            {problem.message}
          </div>
        ) : null}
        {problem && state === "stale" ? (
          <span className="eco-alarm-actions">
            {needsSignIn(problem) ? (
              <Button onClick={go(paths.signIn(account.id))}>Sign in again</Button>
            ) : null}
            {isOfNetwork(problem.code) ? <NetworkButton /> : null}
            <Button onClick={() => checkAgain([account])}>Check again</Button>
            <Button onClick={go(paths.check(account.id))}>Details</Button>
          </span>
        ) : null}
      </div>
    </div>
  );
}
