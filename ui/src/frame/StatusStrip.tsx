// The strip at the bottom: how fresh the list is, what is connected, which keys work here.
import "./frame.css";
import Icon from "@cloudscape-design/components/icon";
import type { ReactNode } from "react";
import { count } from "../format/size";
import { relativeSeconds } from "../format/time";
import { useNow } from "../format/useNow";
import { problemTitle } from "../format/words";
import { Keys } from "../parts/marks";
import type { Account, SyncStatus } from "../platform/contract";
import { useCommand } from "../query/hooks";
import { type KeyBinding, useKeyHints } from "./keys";

const SIGNS = {
  success: { icon: "status-positive", variant: "success" },
  warning: { icon: "status-warning", variant: "warning" },
  pending: { icon: "status-pending", variant: "subtle" },
} as const;

/** A status in the strip's small type. */
function Sign({ type, children }: { type: keyof typeof SIGNS; children: ReactNode }) {
  const { icon, variant } = SIGNS[type];
  return (
    <span className={`eco-sign eco-sign-${type}`}>
      <Icon name={icon} variant={variant} /> {children}
    </span>
  );
}

function Sync({ statuses }: { statuses: readonly SyncStatus[] }) {
  const now = useNow("seconds");
  const troubled = statuses.find(({ problem }) => problem);
  const times = statuses.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [syncedAt]));
  // The one that is furthest behind says how fresh the list as a whole is.
  const oldest = times.length === statuses.length ? Math.min(...times) : null;
  const when = oldest === null ? null : relativeSeconds(oldest, now);
  if (troubled?.problem) {
    const title = problemTitle(troubled.problem.code);
    return (
      <span title={troubled.problem.message}>
        <Sign type="warning">
          {when ? `Synced ${when}. ` : "Not synced yet. "}
          {title}
        </Sign>
      </span>
    );
  }
  if (when === null) {
    return statuses.some(({ running }) => running) ? (
      <Sign type="pending">First sync is running</Sign>
    ) : (
      <Sign type="pending">Not synced yet</Sign>
    );
  }
  const gap = statuses.find((status) => status.gap)?.gap;
  if (gap) {
    return (
      <span title={gap.message} data-testid="sync-gap">
        <Sign type="warning">Synced {when}, but not everything</Sign>
      </span>
    );
  }
  return <Sign type="success">Synced {when}</Sign>;
}

function accountsText(accounts: readonly Account[]): string {
  const connected = accounts.filter(({ connection }) => connection.state === "connected").length;
  if (accounts.length === 0) return "No account connected yet";
  return connected === accounts.length
    ? `${count(connected, "account")} connected`
    : `${connected} of ${count(accounts.length, "account")} connected`;
}

const KEY_NAMES: Record<string, string> = {
  escape: "Esc",
  enter: "Enter",
  arrowleft: "←",
  arrowright: "→",
};

function printed(key: string): string[] {
  return key
    .split("+")
    .map(
      (part) => KEY_NAMES[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part),
    );
}

/** Neighbours with the same label stand together: J K Move. */
function grouped(hints: readonly KeyBinding[]): { label: string; keys: string[] }[] {
  const groups: { label: string; keys: string[] }[] = [];
  for (const { key, label } of hints) {
    const same = groups.find((group) => group.label === label);
    if (same) same.keys.push(...printed(key).filter((part) => !same.keys.includes(part)));
    else groups.push({ label: label ?? "", keys: printed(key) });
  }
  return groups;
}

export function StatusStrip() {
  const accounts = useCommand("account_list", {});
  const sync = useCommand("sync_status", {});
  const state = useCommand("app_state", {});
  const hints = useKeyHints();
  return (
    <footer className="eco-strip" id="status-strip" data-testid="status-strip">
      <div className="eco-strip-part" role="status">
        {sync.data && sync.data.length > 0 ? (
          <span className="eco-strip-item" data-testid="sync-status">
            <Sync statuses={sync.data} />
          </span>
        ) : null}
        {accounts.data ? (
          <span className="eco-strip-item">{accountsText(accounts.data)}</span>
        ) : null}
      </div>
      <div className="eco-strip-part eco-strip-keys">
        {accounts.data?.length === 0 && state.data ? `ECO Desk ${state.data.version}` : null}
        {grouped(hints).map(({ label, keys }) => (
          <span key={label} className="eco-strip-key">
            <Keys of={keys} /> {label}
          </span>
        ))}
      </div>
    </footer>
  );
}
