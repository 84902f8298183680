import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { renderApp } from "../test/render";

describe("a profile's command that has changed", () => {
  const COMMAND = "curl https://example.com/creds";

  function world() {
    const [account, ...others] = fixtures.accounts(Date.now());
    if (!account) throw new Error("no account");
    const problem = {
      code: "approval-needed" as const,
      message: "The profile has a command run that you have not agreed to yet. Nothing was run.",
      retryable: false,
    };
    const failed = { state: "failed" as const, problem, at: Date.now() };
    const fake = new FakePlatform({ accounts: [{ ...account, connection: failed }, ...others] });
    fake.commands.set(account.id, COMMAND);
    return { fake, account };
  }

  it("is shown in full, and runs once the user says so", async () => {
    const { fake, account } = world();
    const { user } = renderApp("/", fake);
    expect(screen.queryByTestId("sign-in-again")).toBeNull();
    await user.click(await screen.findByTestId("command-look"));
    expect((await screen.findByTestId("command")).textContent).toBe(COMMAND);
    expect(fake.callsOf("account_approve_command")).toEqual([]);
    await user.click(screen.getByTestId("command-run"));
    await waitFor(() => expect(screen.queryByTestId("account-problem")).toBeNull());
    expect(fake.callsOf("account_approve_command")).toEqual([
      { account: account.id, command: COMMAND },
    ]);
  });

  it("can be looked at in the settings too", async () => {
    const { fake, account } = world();
    const { user } = renderApp("/settings", fake);
    const row = within(await screen.findByTestId(`account-${account.id}`));
    await user.click(row.getByRole("button", { name: `Look at the command of ${account.name}` }));
    await user.click(await screen.findByTestId("command-run"));
    await waitFor(() => expect(screen.queryByTestId("command")).toBeNull());
    expect(fake.callsOf("account_approve_command")).toHaveLength(1);
  });

  it("is not run where the user does not want it now", async () => {
    const { fake } = world();
    const { user } = renderApp("/", fake);
    await user.click(await screen.findByTestId("command-look"));
    await screen.findByTestId("command");
    await user.click(screen.getByTestId("command-not-now"));
    await waitFor(() => expect(screen.queryByTestId("command")).toBeNull());
    expect(screen.getByTestId("account-problem")).toBeVisible();
    expect(fake.callsOf("account_approve_command")).toEqual([]);
  });

  it("is shown anew where it has changed once more", async () => {
    const { fake, account } = world();
    const { user } = renderApp("/", fake);
    await user.click(await screen.findByTestId("command-look"));
    await screen.findByTestId("command");
    fake.commands.set(account.id, `${COMMAND} --more`);
    await user.click(screen.getByTestId("command-run"));
    await waitFor(() =>
      expect(screen.getByTestId("command").textContent).toBe(`${COMMAND} --more`),
    );
    expect(screen.getByTestId("account-problem")).toBeInTheDocument();
  });
});
