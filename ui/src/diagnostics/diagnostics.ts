// What somebody who helps needs to know, as text: nothing secret, no names, nothing from a case.
import type { QueryClient } from "@tanstack/react-query";
import { sourceName } from "../format/words";
import type {
  Account,
  AppState,
  CredentialSource,
  LogReport,
  OutboxEntry,
  Settings,
  SyncStatus,
} from "../platform/contract";
import { commandKey } from "../query/key";

function iso(at: number | null): string {
  return at === null ? "never" : new Date(at).toISOString();
}

/** A profile's name stays out: it may name a person or a company. */
function credentials(source: CredentialSource): string {
  switch (source.kind) {
    case "demo":
    case "profile":
      return source.kind;
    // The portal's address names the company.
    case "portal":
      return source.sessionOnly ? "company sign-in (this session only)" : "company sign-in";
    case "access-key":
      return source.sessionOnly ? `${sourceName(source)} (this session only)` : sourceName(source);
  }
}

function accountLines(accounts: readonly Account[], sync: readonly SyncStatus[]): string[] {
  return accounts.flatMap((account, index) => {
    const status = sync.find((one) => one.account === account.id);
    const { connection } = account;
    return [
      `Account ${index + 1}: ${credentials(account.source)}, ${account.partition}`,
      `  connection: ${connection.state}${connection.state === "failed" ? ` (${connection.problem.code})` : ""}`,
      `  last sync: ${iso(status?.syncedAt ?? null)}${status?.problem ? ` (${status.problem.code})` : ""}`,
    ];
  });
}

export function diagnostics(
  client: QueryClient,
  app: AppState,
  report: LogReport,
  now: number,
): string {
  const settings = client.getQueryData<Settings>(commandKey("settings_get", {}));
  const accounts = client.getQueryData<Account[]>(commandKey("account_list", {})) ?? [];
  const sync = client.getQueryData<SyncStatus[]>(commandKey("sync_status", {})) ?? [];
  const outbox = client.getQueryData<OutboxEntry[]>(commandKey("outbox_list", {})) ?? [];
  const lines = [
    `ECO Desk ${app.version}, ${app.mode}, ${app.platform}`,
    `Web view: ${navigator.userAgent}`,
    `Taken: ${iso(now)}`,
    `Address of AWS Support replaced: ${app.endpointOverride ? "yes" : "no"}`,
    ...accountLines(accounts, sync),
    `Outbox: ${outbox.length === 0 ? "empty" : outbox.map(({ kind, state, tries }) => `${kind} ${state.state}, tries ${tries}`).join("; ")}`,
  ];
  if (settings) {
    // The user's own address stays out.
    const { ownEmail: _, ...rest } = settings;
    lines.push(`Settings: ${JSON.stringify(rest)}`);
  }
  lines.push(`Rescued at this start: ${app.rescue === null ? "no" : app.rescue.reason}`);
  if (report.crash !== null) lines.push("", "Reported by the last run:", report.crash.trimEnd());
  if (report.log !== "") lines.push("", "The end of the log:", report.log.trimEnd());
  return `${lines.join("\n")}\n`;
}
