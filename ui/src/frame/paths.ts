// The addresses inside the window, after the `#`.
import type { CaseKey, DraftId } from "../platform/contract";

/** What a case is opened for. */
export type CaseAct = "reply" | "resolve";

export const paths = {
  incidents: "/",
  report: "/report",
  outbox: "/outbox",
  settings: "/settings",
  connect: "/connect",
  case: (key: CaseKey) => `/case/${encodeURIComponent(key)}`,
  /** The case with the composer focused. */
  reply: (key: CaseKey) => `/case/${encodeURIComponent(key)}/reply`,
  /** The case with the dialog to resolve it open. */
  resolve: (key: CaseKey) => `/case/${encodeURIComponent(key)}/resolve`,
  draft: (id: DraftId) => `/report/${encodeURIComponent(id)}`,
} as const;
