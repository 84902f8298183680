// What the tests of the report form share: a draft in any state, opened in the whole window.
import { screen } from "@testing-library/react";
import type { Draft, Problem, ReportContent } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";

export const NOW = Date.now();
export const DRAFT = "draft-1";

export const COMPLETE: Partial<ReportContent> = {
  kind: "data-in",
  priority: "high",
  subject: "Manifest ingestion stuck",
  body: "All runs stay in RUNNING since 05:10 CET.",
};

export function draftOf(
  patch: Partial<ReportContent>,
  account: string | null = fixtures.PRODUCTION,
): Draft {
  return {
    id: DRAFT,
    case: null,
    subject: patch.subject ?? "",
    account,
    content: { kind: "report", content: { ...fixtures.emptyReport(account), ...patch } },
    files: [],
    problems: [],
    createdAt: NOW,
    savedAt: NOW,
  };
}

/** Opens a draft's form; the fake finds what is missing with the first save. */
export async function open(
  patch: Partial<ReportContent> = {},
  prepare?: (fake: FakePlatform) => void,
) {
  const accounts = fixtures.accounts(NOW);
  const fake = new FakePlatform({ accounts, drafts: [draftOf(patch, accounts[0]?.id ?? null)] });
  prepare?.(fake);
  const rendered = renderApp(`/report/${DRAFT}`, fake);
  await screen.findByTestId("report");
  return rendered;
}

/** What the core would keep of the report. */
export function kept(fake: FakePlatform): ReportContent {
  const content = fake.state.drafts.find(({ id }) => id === DRAFT)?.content;
  if (content?.kind !== "report") throw new Error("the draft is gone");
  return content.content;
}

export const NETWORK: Problem = {
  code: "network",
  message: "AWS was not reached.",
  retryable: true,
};
