import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Draft, ReportContent } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";

const NOW = Date.now();

function draftOf(id: string, patch: Partial<ReportContent>, savedAt = NOW): Draft {
  return {
    id,
    case: null,
    subject: patch.subject ?? "",
    account: fixtures.PRODUCTION,
    content: {
      kind: "report",
      content: { ...fixtures.emptyReport(fixtures.PRODUCTION), ...patch },
    },
    files: [],
    problems: [],
    createdAt: savedAt,
    savedAt,
  };
}

describe("Report an incident", () => {
  it("begins at once where nothing is unfinished", async () => {
    const { fake } = renderApp("/report");
    await screen.findByTestId("report");
    expect(fake.callsOf("draft_begin")).toHaveLength(1);
  });

  it("goes on silently with a draft that has nothing in it", async () => {
    const { fake } = renderApp("/report", new FakePlatform({ drafts: [draftOf("empty", {})] }));
    await waitFor(() => expect(window.location.hash).toBe("#/report/empty"));
    expect(fake.state.drafts).toHaveLength(1);
  });

  it("offers unfinished reports, the newest first, or a new one", async () => {
    const drafts = [
      draftOf("older", { subject: "Search is down" }, NOW - 60_000),
      draftOf("newer", { kind: "access" }, NOW),
      ...fixtures.drafts(NOW).filter(({ content }) => content.kind === "reply"),
    ];
    const { fake, user } = renderApp("/report", new FakePlatform({ drafts }));
    const buttons = await screen.findAllByRole("button", { name: /^Continue/ });
    expect(buttons.map((button) => button.getAttribute("aria-label"))).toEqual([
      "Continue: Access is denied",
      "Continue: Search is down",
    ]);
    expect(fake.callsOf("draft_begin")).toHaveLength(0);
    await user.click(screen.getByTestId("report-begin-new"));
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/report\/draft-new/));
    expect(fake.state.drafts).toHaveLength(4);
  });

  it("is left with Esc, back to the incidents", async () => {
    const drafts = [draftOf("older", { subject: "Search is down" })];
    const { user } = renderApp("/report", new FakePlatform({ drafts }));
    await screen.findByTestId("report-begin");
    await user.keyboard("{Escape}");
    await screen.findByTestId("incidents");
  });

  it("continues the chosen one", async () => {
    const drafts = [draftOf("older", { subject: "Search is down" })];
    const { user } = renderApp("/report", new FakePlatform({ drafts }));
    await user.click(await screen.findByTestId("report-continue"));
    await screen.findByTestId("report");
    expect(window.location.hash).toBe("#/report/older");
  });

  it("says why none can be begun, and tries again", async () => {
    const fake = new FakePlatform();
    fake.fail("draft_begin", { code: "storage", message: "The disk is full.", retryable: false });
    const { user } = renderApp("/report", fake);
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    fake.heal("draft_begin");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByTestId("report");
  });
});
