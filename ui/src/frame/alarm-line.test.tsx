import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { renderApp } from "../test/render";

const NOW = Date.now();

function troubled(): FakePlatform {
  const accounts = fixtures.accounts(NOW);
  const [, barents, test] = accounts;
  const failed = (code: "plan-missing" | "credentials-expired", message: string) => ({
    state: "failed" as const,
    at: NOW,
    problem: { code, message, retryable: false },
  });
  if (barents) barents.connection = failed("credentials-expired", "The sign-in ended at 06:02.");
  if (test) test.connection = failed("plan-missing", "This account has no plan.");
  return new FakePlatform({
    accounts,
    cases: fixtures.cases(NOW).slice(0, 6),
    outbox: [{ ...fixtures.unsentHighReport(NOW), case: "case-1" }],
  });
}

describe("the alarm line", () => {
  it("is not there where nothing is wrong", async () => {
    renderApp("/settings", new FakePlatform({ cases: [] }));
    await screen.findByTestId("navigation");
    expect(screen.queryByTestId("alarm-line")).toBeNull();
  });

  it("gives each entry its cause, what is kept and its actions", async () => {
    const { user } = renderApp("/outbox", troubled());
    const line = await screen.findByTestId("alarm-line");
    await waitFor(() => expect(screen.getByTestId("alarm-more")).toHaveTextContent("3 things"));
    expect(line).toHaveTextContent("NOT YET WITH ECO");
    expect(line).not.toHaveTextContent("This account has no plan.");
    await user.click(screen.getByTestId("alarm-more"));
    const list = screen.getByRole("region", { name: "What needs attention" });
    const alarm = within(list).getByTestId("alarm");
    expect(alarm).toHaveTextContent("AWS Support was not reached.");
    expect(alarm).toHaveTextContent("It is kept on this computer.");
    expect(within(list).getAllByTestId("account-problem")).toHaveLength(2);
    expect(list).toHaveTextContent("This account has no plan.");
    expect(within(list).getByTestId("sign-in-again")).toBeVisible();
  });

  it("asks about what AWS does not list, of any priority", async () => {
    const asked = fixtures.outbox(NOW).flatMap((entry) => {
      if (entry.state.state !== "checking") return [];
      return [{ ...entry, state: { ...entry.state, overdue: true } }];
    });
    const fake = new FakePlatform({ outbox: asked });
    const { user } = renderApp("/settings", fake);
    const alarm = await screen.findByTestId("alarm");
    expect(alarm).toHaveTextContent("Does ECO have it? Re: Nightly backup of opendes failed");
    await user.click(screen.getByTestId("alarm-send-again"));
    await waitFor(() =>
      expect(fake.callsOf("outbox_send_again")).toEqual([{ entry: "outbox-checking" }]),
    );
  });

  it("closes what it opened with Escape alone, and gives the focus back", async () => {
    const { user } = renderApp("/case/case-2", troubled());
    const more = await screen.findByTestId("alarm-more");
    await user.click(more);
    expect(more).toHaveAttribute("aria-expanded", "true");
    await user.keyboard("{Escape}");
    expect(more).toHaveAttribute("aria-expanded", "false");
    expect(more).toHaveFocus();
    expect(window.location.hash).toBe("#/case/case-2");
  });

  it("tries the report again, and offers the way without this program", async () => {
    const { user, fake } = renderApp("/outbox", troubled());
    const entry = fixtures.unsentHighReport(NOW);
    await user.click(await screen.findByRole("button", { name: "Copy text, open Support Center" }));
    await waitFor(() =>
      expect(fake.callsOf("clipboard_copy")).toEqual([
        { text: expect.stringContaining(entry.subject) },
      ]),
    );
    await user.click(screen.getByTestId("alarm-more"));
    await user.click(await screen.findByRole("button", { name: "Try now" }));
    await waitFor(() => expect(fake.callsOf("outbox_retry")).toEqual([{ entry: entry.id }]));
  });
});
