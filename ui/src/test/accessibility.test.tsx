// Every screen of the window through axe. Contrast needs a real page and is not judged here.
import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { renderApp } from "./render";

const NOW = Date.now();

function day(): FakePlatform {
  return new FakePlatform({
    cases: fixtures.cases(NOW).slice(0, 6),
    drafts: fixtures.drafts(NOW),
    outbox: [fixtures.unsentHighReport(NOW), ...fixtures.outbox(NOW)],
  });
}

async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run(document.body, {
    rules: {
      "color-contrast": { enabled: false },
      // The page is the whole window; landmarks are the frame's.
      region: { enabled: false },
    },
  });
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

describe("accessibility", () => {
  it.each([
    ["/", "All incidents"],
    ["/settings", "Settings"],
    ["/connect", "Connect another account"],
    [`/check/${fixtures.PRODUCTION}`, "Connection check"],
    ["/outbox", "Drafts & outbox"],
    ["/case/case-2", "Wellbore DDMS: 503 on all reads"],
  ])("of %s", async (path, heading) => {
    renderApp(path, day());
    const found = await screen.findByRole("heading", { level: 1, name: new RegExp(`^${heading}`) });
    expect(found).toBeVisible();
    // The list and the case beside it have one each.
    const place = found.closest<HTMLElement>("[data-pane]") ?? document.body;
    expect(within(place).getAllByRole("heading", { level: 1 })).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });

  it("of what the frame opens over the panes", async () => {
    const { user } = renderApp("/settings", day());
    await user.click(await screen.findByTestId("alarm-more"));
    expect(screen.getByRole("region", { name: "What needs attention" })).toBeVisible();
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("sync-status"));
    expect(screen.getByRole("region", { name: "How fresh each account is" })).toBeVisible();
    expect(screen.queryByRole("region", { name: "What needs attention" })).toBeNull();
    expect(await violations()).toEqual([]);
  });

  it("of a report", async () => {
    renderApp("/report/draft-report", day());
    await screen.findByTestId("report");
    expect(await violations()).toEqual([]);
  });

  it("of the first start", async () => {
    renderApp("/", new FakePlatform({ accounts: [], cases: [] }));
    await screen.findByRole("radio", { name: /norvik-prod/ });
    expect(await violations()).toEqual([]);
  });

  it("of the empty list", async () => {
    renderApp("/", new FakePlatform({ cases: [] }));
    await screen.findByTestId("incidents-empty");
    expect(await violations()).toEqual([]);
  });
});
