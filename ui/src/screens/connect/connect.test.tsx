import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";

function fresh(overrides: ConstructorParameters<typeof FakePlatform>[0] = {}): FakePlatform {
  return new FakePlatform({ cases: [], accounts: [], ...overrides });
}

async function open(fake = fresh()) {
  const rendered = renderApp("/connect", fake);
  await screen.findByRole("radio", { name: /norvik-prod/ });
  return rendered;
}

function name(): HTMLInputElement {
  const found = screen.getByTestId("connect-name").querySelector("input");
  if (!found) throw new Error("no name");
  return found;
}

describe("the profiles of this computer", () => {
  it("are listed, those that cannot be used with the reason", async () => {
    await open();
    expect(screen.getByText("3 usable")).toBeVisible();
    expect(screen.getByRole("radio", { name: /old-ci/ })).toBeDisabled();
    expect(screen.getByText(/Cannot be used: It reads a token file/)).toBeVisible();
  });

  it("become an account with a name, and the check's result is told", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("radio", { name: /norvik-prod/ }));
    await user.type(name(), "Production");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("Production is connected")).toBeVisible();
    expect(fake.callsOf("account_connect_profile")).toEqual([
      { profile: "norvik-prod", name: "Production" },
    ]);
    await user.click(screen.getByTestId("connect-done"));
    expect(window.location.hash).toBe("#/");
  });

  it("ask for what is missing at its field, and send nothing", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("Choose a profile.")).toBeVisible();
    expect(screen.getByText("Enter a name.")).toBeVisible();
    expect(fake.callsOf("account_connect_profile")).toHaveLength(0);
  });

  it("say in words what is wrong with an account, which is kept", async () => {
    const fake = fresh();
    const [account] = fixtures.accounts(Date.now());
    if (!account) throw new Error("no account");
    fake.answer("account_connect_profile", {
      ...account,
      connection: {
        state: "failed",
        at: Date.now(),
        problem: { code: "plan-missing", message: "Ask whoever pays for AWS.", retryable: false },
      },
    });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /norvik-prod/ }));
    await user.type(name(), "Production");
    await user.click(screen.getByTestId("connect-submit"));
    const result = await screen.findByTestId("connect-result");
    expect(result).toHaveTextContent("Production: The account has no support plan");
    expect(result).toHaveTextContent("Ask whoever pays for AWS. The account is kept");
  });

  it("keep what was entered when connecting fails", async () => {
    const fake = fresh();
    fake.fail("account_connect_profile", {
      code: "conflict",
      message: "This profile is connected already.",
      field: "profile",
      retryable: false,
    });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /barents/ }));
    await user.type(name(), "Barents JV");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("This profile is connected already.")).toBeVisible();
    expect(name()).toHaveValue("Barents JV");
    expect(screen.getByRole("radio", { name: /barents/ })).toBeChecked();
  });

  it("are looked for again on request", async () => {
    const fake = fresh({ profiles: [] });
    const { user } = renderApp("/connect", fake);
    expect(await screen.findByText(/No profile was found/)).toBeVisible();
    fake.state.profiles = fixtures.profiles();
    await user.click(screen.getByRole("button", { name: "Look again" }));
    expect(await screen.findByRole("radio", { name: /norvik-prod/ })).toBeVisible();
  });
});

describe("looking around", () => {
  it("starts the program with sample data", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByTestId("look-around"));
    await waitFor(() => expect(fake.callsOf("demo_restart")).toHaveLength(1));
  });

  it("is not offered where accounts are connected", async () => {
    await open(new FakePlatform({ cases: [] }));
    expect(screen.getByRole("heading", { name: "Connect another account" })).toBeVisible();
    expect(screen.queryByTestId("look-around")).toBeNull();
  });
});
