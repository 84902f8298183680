// The addresses inside the window, after the `#`.
import type { AccountId, CaseKey, DraftId } from "../platform/contract";

/** The case that is on screen at an address, if one is. */
export function caseAt(location: string): CaseKey | null {
  const key = /^\/case\/([^/]+)/.exec(location)?.[1];
  return key === undefined ? null : decodeURIComponent(key);
}

/** What a case is opened for. */
export type CaseAct = "reply" | "resolve";

/** What the case at an address is opened for, if for anything. */
export function actAt(location: string): CaseAct | null {
  const act = /^\/case\/[^/]+\/([^/]+)/.exec(location)?.[1];
  return act === "reply" || act === "resolve" ? act : null;
}

export const paths = {
  incidents: "/",
  report: "/report",
  outbox: "/outbox",
  settings: "/settings",
  connect: "/connect",
  /** Where an account is signed in to again. */
  signIn: (account: AccountId) => `/sign-in/${encodeURIComponent(account)}`,
  /** What one may do with an account. */
  check: (account: AccountId) => `/check/${encodeURIComponent(account)}`,
  case: (key: CaseKey) => `/case/${encodeURIComponent(key)}`,
  /** The case with the composer focused. */
  reply: (key: CaseKey) => `/case/${encodeURIComponent(key)}/reply`,
  /** The case with the dialog to resolve it open. */
  resolve: (key: CaseKey) => `/case/${encodeURIComponent(key)}/resolve`,
  draft: (id: DraftId) => `/report/${encodeURIComponent(id)}`,
} as const;
