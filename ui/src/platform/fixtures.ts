// A believable day of a customer with three accounts, for the fake platform. Times are relative to
// the `now` passed in.
import type {
  Account,
  AppState,
  BackupEntry,
  FoundProfile,
  Problem,
  ReportForm,
  Settings,
} from "./contract";

const HOUR = 3_600_000;

export { cases, type FakeCase } from "./fixtures-cases";
export { drafts, emptyReport, outbox, unsentHighReport } from "./fixtures-drafts";

export const PRODUCTION = "account-production";
export const BARENTS = "account-barents";
export const TEST = "account-test";

export function appState(): AppState {
  return {
    mode: "real",
    version: "0.1.0",
    platform: "linux",
    endpointOverride: null,
    dataDir: "/home/ingrid/.local/share/desk.eco.app",
    notices: [],
    rescue: null,
    hasCrashed: false,
    diskProblem: null,
    isMeasured: false,
  };
}

/** Three backups of this morning, the oldest of them damaged. */
export function backups(now: number): BackupEntry[] {
  return [1, 2, 3].map((hours) => ({
    name: `desk-${hours}.db`,
    at: now - hours * HOUR,
    bytes: 184_320,
    contents: hours === 3 ? null : { accounts: 3, drafts: 2, outbox: hours - 1 },
  }));
}

export function settings(): Settings {
  return {
    appearance: "system",
    closeToTray: true,
    toldAboutTray: true,
    pollSeconds: 60,
    notifyReplies: true,
    notifyStatus: true,
    notifyEcoIncidents: true,
    notificationsPaused: false,
    ownEmail: "ingrid.solheim@norvik.example",
    severityHigh: "critical",
    severityMedium: "high",
    severityLow: "normal",
    categoryCode: "",
  };
}

export function accounts(now: number): Account[] {
  const at = now - 20_000;
  const profile = (id: string, name: string, colour: number, profileName: string): Account => ({
    id,
    name,
    colour,
    source: { kind: "profile", name: profileName },
    partition: "aws",
    accountNumber: `11122233344${colour}`,
    connection: { state: "connected", at },
  });
  return [
    profile(PRODUCTION, "Production", 0, "norvik-prod"),
    profile(BARENTS, "Barents JV", 1, "barents"),
    profile(TEST, "Test", 2, "norvik-test"),
  ];
}

const PORTAL = { startUrl: "https://norvik.awsapps.com/start", region: "eu-west-1" };

export function profiles(): FoundProfile[] {
  return [
    {
      name: "norvik-prod",
      kind: "sso",
      portal: PORTAL,
      mfaSerial: null,
      command: null,
      unusable: null,
    },
    {
      name: "norvik-test",
      kind: "assume-role",
      portal: null,
      mfaSerial: null,
      command: null,
      unusable: null,
    },
    {
      name: "barents",
      kind: "static-keys",
      portal: null,
      mfaSerial: null,
      command: null,
      unusable: null,
    },
    {
      name: "old-ci",
      kind: "web-identity",
      portal: null,
      mfaSerial: null,
      command: null,
      unusable: "It reads a token file of a build machine, which is not on this computer.",
    },
    {
      name: "empty",
      kind: "nothing",
      portal: null,
      mfaSerial: null,
      command: null,
      unusable: "It names a Region but no credentials.",
    },
  ];
}

export const NETWORK: Problem = {
  code: "network",
  message: "AWS Support was not reached. ECO Desk tries again by itself.",
  retryable: true,
};

export function reportForm(account: string, now: number): ReportForm {
  const categories = [
    {
      code: "edi-application-issues-7f3c",
      name: "Energy Data Insights (EDI) - Application Issues",
    },
    { code: "other-operations", name: "Other Operations" },
  ];
  return {
    account,
    services: [
      {
        service: "report-incident",
        name: "AMS Operations - Report Incident",
        categories,
        ediCategory: "edi-application-issues-7f3c",
      },
      {
        service: "service-request",
        name: "AMS Operations - Service Request",
        categories,
        ediCategory: "edi-application-issues-7f3c",
      },
    ],
    priorities: [
      { priority: "high", severityCode: "critical" },
      { priority: "medium", severityCode: "high" },
      { priority: "low", severityCode: "normal" },
    ],
    fetchedAt: now - HOUR,
    problem: null,
  };
}
