// The accounts: whether each works, its name and colour, and leaving it.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useLocation } from "wouter";
import { accountNumberName, isSessionOnly, problemTitle, sourceName } from "../../format/words";
import { paths } from "../../frame/paths";
import { CommandDialog } from "../../parts/CommandDialog";
import { Dot, Time } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account, Connection } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { RemoveAccount, RenameAccount } from "./AccountDialogs";

function Works({ connection }: { connection: Connection }) {
  switch (connection.state) {
    case "unchecked":
      return <StatusIndicator type="pending">Not checked yet</StatusIndicator>;
    case "connected":
      return (
        <StatusIndicator type="success">
          Connected, checked <Time at={connection.at} />
        </StatusIndicator>
      );
    case "failed":
      return (
        <StatusIndicator type="error">
          {problemTitle(connection.problem.code)}, tried <Time at={connection.at} />
        </StatusIndicator>
      );
  }
}

/** Where it comes from: "Profile norvik-prod · 1111 2222 3333". */
function origin({ source, accountNumber }: Account): string {
  const from = isSessionOnly(source)
    ? `${sourceName(source)}, until ECO Desk ends`
    : sourceName(source);
  return accountNumber ? `${from} · ${accountNumberName(accountNumber)}` : from;
}

interface RowProps {
  account: Account;
  onRename: () => void;
  /** Null where it cannot be removed. */
  onRemove: (() => void) | null;
}

function Row({ account, onRename, onRemove }: RowProps) {
  const [, navigate] = useLocation();
  const [looks, setLooks] = useState(false);
  const { connection } = account;
  const asksForCommand =
    connection.state === "failed" && connection.problem.code === "approval-needed";
  return (
    <div className="eco-account-row" data-testid={`account-${account.id}`}>
      <div className="eco-account-what">
        <h3 className="eco-account-name">
          <Dot colour={account.colour} /> {account.name}
        </h3>
        <div className="eco-small eco-muted">{origin(account)}</div>
        <div aria-live="polite">
          <Works connection={account.connection} />
          {account.connection.state === "failed" ? (
            <div className="eco-small">{account.connection.problem.message}</div>
          ) : null}
        </div>
      </div>
      <SpaceBetween direction="horizontal" size="xs">
        {asksForCommand ? (
          <Button
            ariaLabel={`Look at the command of ${account.name}`}
            onClick={() => setLooks(true)}
          >
            Look at the command
          </Button>
        ) : null}
        {looks ? (
          <CommandDialog
            account={account}
            onDone={() => setLooks(false)}
            onClose={() => setLooks(false)}
          />
        ) : null}
        {connection.state === "failed" && !asksForCommand && account.source.kind !== "demo" ? (
          <Button
            ariaLabel={`Sign in to ${account.name} again`}
            onClick={() => navigate(paths.signIn(account.id))}
          >
            Sign in again
          </Button>
        ) : null}
        <Button
          ariaLabel={`Check connection of ${account.name}`}
          onClick={() => navigate(paths.check(account.id))}
        >
          Check connection
        </Button>
        <Button ariaLabel={`Rename ${account.name}`} onClick={onRename}>
          Rename
        </Button>
        {onRemove ? (
          <Button ariaLabel={`Remove ${account.name}`} onClick={onRemove}>
            Remove
          </Button>
        ) : null}
      </SpaceBetween>
    </div>
  );
}

export function Accounts() {
  const [, navigate] = useLocation();
  const accounts = useCommand("account_list", {});
  const state = useCommand("app_state", {});
  const real = state.data?.mode === "real";
  const [renamed, setRenamed] = useState<Account | null>(null);
  const [removed, setRemoved] = useState<Account | null>(null);
  return (
    <Container
      header={
        <Header
          variant="h2"
          {...(accounts.data ? { counter: `(${accounts.data.length})` } : {})}
          description="The AWS accounts whose incidents you see and report here."
          actions={
            real ? (
              <Button iconName="add-plus" onClick={() => navigate(paths.connect)}>
                Connect another account
              </Button>
            ) : null
          }
        >
          Accounts
        </Header>
      }
    >
      {accounts.error ? (
        <ProblemAlert problem={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : null}
      {accounts.data?.length === 0 ? (
        <Box color="text-body-secondary">No account is connected yet.</Box>
      ) : null}
      {(accounts.data ?? []).map((account) => (
        <Row
          key={account.id}
          account={account}
          onRename={() => setRenamed(account)}
          onRemove={real ? () => setRemoved(account) : null}
        />
      ))}
      {renamed ? <RenameAccount account={renamed} onClose={() => setRenamed(null)} /> : null}
      {removed ? <RemoveAccount account={removed} onClose={() => setRemoved(null)} /> : null}
    </Container>
  );
}
