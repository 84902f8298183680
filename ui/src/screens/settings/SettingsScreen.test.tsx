import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { LIMITS } from "../../platform/rules";
import { renderApp } from "../../test/render";
import { checkName, checkPollSeconds } from "./checks";

const NOW = Date.now();

async function open(fake = new FakePlatform({ cases: [] })) {
  const rendered = renderApp("/settings", fake);
  await screen.findByRole("heading", { name: "Notifications" });
  return rendered;
}

function input(testId: string): HTMLInputElement {
  const found = screen.getByTestId(testId).querySelector("input");
  if (!found) throw new Error(`no input in ${testId}`);
  return found;
}

describe("a typed setting", () => {
  it.each(["14", "3601", "", "1e2", "30.5", "-60", "abc"])("does not poll every %j s", (text) => {
    expect(checkPollSeconds(text)).toBe("Enter a whole number from 15 to 3,600.");
  });
  it.each(["15", "60", "3600"])("polls every %s s", (text) => {
    expect(checkPollSeconds(text)).toBeNull();
  });
  it("checks names", () => {
    expect(checkName("x".repeat(LIMITS.accountName), [])).toBeNull();
    expect(checkName("x".repeat(LIMITS.accountName + 1), [])).toMatch(/at most 60/);
    expect(checkName("  ", [])).toBe("Enter a name.");
    expect(checkName("Test", ["Test"])).toBe("Another account has this name.");
  });

  it("that the core refuses stays, with its words", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("button", { name: /Advanced/ }));
    const field = input("setting-categoryCode");
    await user.clear(field);
    await user.type(field, "EDI Issues");
    const answer = fake.delay("settings_save");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(fake.callsOf("settings_save")).toHaveLength(1));
    // The page is drawn while the core still looks at it.
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    answer();
    expect(await screen.findByText(/small letters, digits and hyphens/)).toBeVisible();
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(field).toHaveValue("EDI Issues");
    expect(fake.state.settings.categoryCode).toBe("");
  });

  it("is saved when the field is left, and says so", async () => {
    const { fake, user } = await open();
    const field = input("setting-ownEmail");
    await user.clear(field);
    await user.type(field, "kari@norvik.example");
    await user.tab();
    await waitFor(() => expect(fake.state.settings.ownEmail).toBe("kari@norvik.example"));
    await waitFor(() => expect(screen.getByTestId("settings-saved")).toHaveTextContent(/^Saved /));
  });

  it("is saved while it is typed, without a word about a half of it", async () => {
    const { fake, user } = await open();
    const field = input("setting-ownEmail");
    await user.clear(field);
    await user.type(field, "kari");
    await user.type(field, "@norvik.example");
    await waitFor(() => expect(fake.state.settings.ownEmail).toBe("kari@norvik.example"));
    expect(field).toHaveFocus();
    expect(screen.queryByText(/Enter one e-mail address/)).toBeNull();
  });

  it("is saved when the screen is left by a key, and before the program ends", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("button", { name: /Advanced/ }));
    const field = input("setting-categoryCode");
    await user.clear(field);
    await user.type(field, "edi-one");
    act(() => fake.emit({ event: "flush" }));
    await waitFor(() => expect(fake.callsOf("app_flushed")).toHaveLength(1));
    expect(fake.state.settings.categoryCode).toBe("edi-one");
    await user.type(field, "-two");
    act(() => {
      window.location.hash = "#/";
    });
    await waitFor(() => expect(fake.state.settings.categoryCode).toBe("edi-one-two"));
  });

  it("stays as typed and unsaved where it is wrong", async () => {
    const { fake, user } = await open();
    const field = input("setting-ownEmail");
    await user.clear(field);
    await user.type(field, "kari at norvik");
    await user.tab();
    expect(await screen.findByText(/Enter one e-mail address/)).toBeVisible();
    expect(field).toHaveValue("kari at norvik");
    expect(fake.state.settings.ownEmail).toBe("ingrid.solheim@norvik.example");
  });

  it("shows what the core has against it", async () => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("settings_save", { code: "storage", message: "The disk is full.", retryable: true });
    const { user } = await open(fake);
    const field = input("setting-ownEmail");
    await user.type(field, ".org");
    await user.tab();
    expect(await screen.findByText("The disk is full.")).toBeVisible();
    expect(field).toHaveValue("ingrid.solheim@norvik.example.org");
  });
});

describe("a switch", () => {
  it("is saved at once, beside all other settings", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("checkbox", { name: "Changes of status" }));
    await waitFor(() => expect(fake.state.settings.notifyStatus).toBe(false));
    await user.click(screen.getByRole("checkbox", { name: "Pause all notifications" }));
    await waitFor(() => expect(fake.state.settings.notificationsPaused).toBe(true));
    expect(fake.state.settings).toEqual({
      ...fixtures.settings(),
      notifyStatus: false,
      notificationsPaused: true,
    });
    expect(screen.getByRole("checkbox", { name: "Changes of status" })).toBeDisabled();
  });

  it("goes back where it could not be saved", async () => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("settings_save", { code: "storage", message: "The disk is full.", retryable: true });
    const { user } = await open(fake);
    const tray = screen.getByRole("checkbox", { name: /Stay in the tray/ });
    expect(tray).toBeChecked();
    await user.click(tray);
    expect(await screen.findByText(/The setting is as it was/)).toBeVisible();
    expect(tray).toBeChecked();
  });

  it("changes light and dark while one looks", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("button", { name: "Dark" }));
    await waitFor(() => expect(document.body).toHaveClass("awsui-dark-mode"));
    expect(fake.state.settings.appearance).toBe("dark");
    await user.click(screen.getByRole("button", { name: "Light" }));
    await waitFor(() => expect(document.body).not.toHaveClass("awsui-dark-mode"));
  });
});

describe("an account", () => {
  it("can be renamed, but not to a name that another one has", async () => {
    const { fake, user } = await open();
    await user.click(await screen.findByRole("button", { name: "Rename Test" }));
    const field = input("account-name");
    await user.clear(field);
    await user.type(field, "Production");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Another account has this name.")).toBeVisible();
    await user.clear(field);
    await user.type(field, "Sandbox");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(fake.state.accounts[2]?.name).toBe("Sandbox"));
    expect(await screen.findByRole("heading", { name: "Sandbox" })).toBeVisible();
  });

  it("is removed only after a question that says what happens", async () => {
    const outbox = [{ ...fixtures.unsentHighReport(NOW), account: fixtures.TEST }];
    const { fake, user } = await open(new FakePlatform({ cases: [], outbox }));
    await user.click(await screen.findByRole("button", { name: "Remove Test" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent(
      "One entry of the outbox belongs to it and would not be sent.",
    );
    expect(dialog).toHaveTextContent("At AWS nothing changes");
    expect(fake.state.accounts).toHaveLength(3);
    await user.click(screen.getByTestId("account-remove-confirm"));
    await waitFor(() => expect(fake.state.accounts).toHaveLength(2));
    await waitFor(() => expect(screen.queryByRole("heading", { name: "Test" })).toBeNull());
  });

  /** Asks for it; the list changes before the answer comes, as the core tells it. */
  async function remove(fake: FakePlatform) {
    const answer = fake.delay("account_remove");
    const { user } = await open(fake);
    await user.click(await screen.findByRole("button", { name: "Remove Test" }));
    await user.click(await screen.findByTestId("account-remove-confirm"));
    const leave = async () => {
      fake.state.accounts = fake.state.accounts.filter(({ id }) => id !== fixtures.TEST);
      await act(async () => fake.changed({ what: "accounts" }));
      await waitFor(() => expect(screen.queryByRole("heading", { name: "Test" })).toBeNull());
    };
    return { user, leave, answer: () => act(async () => answer()) };
  }

  it("that is removed is told of, though its row goes first", async () => {
    const { leave, answer } = await remove(new FakePlatform({ cases: [] }));
    await leave();
    expect(screen.getByRole("dialog")).toHaveTextContent("Remove Test");
    await answer();
    expect(await screen.findByText(/is removed from this computer\./)).toHaveTextContent(
      "Test is removed from this computer.",
    );
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("that is removed but for its secret says so, and cannot be removed again", async () => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("account_remove", {
      code: "storage",
      message: "Its secret may still be in the keyring. Remove it there.",
      retryable: false,
    });
    const { user, leave, answer } = await remove(fake);
    await leave();
    await answer();
    const problem = await screen.findByTestId("problem");
    expect(problem).toHaveTextContent("Test is removed, but something of it may be left");
    expect(problem).toHaveTextContent("Its secret may still be in the keyring");
    expect(problem).not.toHaveTextContent("still connected");
    expect(screen.queryByTestId("account-remove-confirm")).toBeNull();
    await user.click(screen.getByTestId("account-remove-close"));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it.each([
    ["conflict" as const, "Something in the outbox still has to be sent.", true],
    ["storage" as const, "The disk is full.", false],
  ])("that could not be removed (%s) can be tried again", async (code, message, isConnected) => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("account_remove", { code, message, retryable: false });
    const { user, answer } = await remove(fake);
    await answer();
    const problem = await screen.findByTestId("problem");
    expect(problem).toHaveTextContent(message);
    if (isConnected) expect(problem).toHaveTextContent("The account is still connected.");
    else expect(problem).not.toHaveTextContent("still connected");
    fake.heal("account_remove");
    await user.click(screen.getByTestId("account-remove-confirm"));
    expect(await screen.findByText(/is removed from this computer\./)).toHaveTextContent(
      "Test is removed from this computer.",
    );
  });

  it("that could not be removed says so also where its dialog is gone", async () => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("account_remove", { code: "storage", message: "Left behind.", retryable: false });
    const { answer } = await remove(fake);
    await act(async () => fake.emit({ event: "open-incidents" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await answer();
    expect(await screen.findByText("Left behind.")).toBeVisible();
  });

  it("tells what its check found", async () => {
    const accounts = fixtures.accounts(NOW).slice(0, 1);
    const only = accounts[0];
    const problem = { code: "plan-missing" as const, message: "Ask for a plan.", retryable: false };
    if (only) only.connection = { state: "failed", at: NOW, problem };
    const { user } = await open(new FakePlatform({ cases: [], accounts }));
    const row = await screen.findByTestId(`account-${fixtures.PRODUCTION}`);
    expect(row).toHaveTextContent("no support plan");
    expect(row).toHaveTextContent("Ask for a plan.");
    await user.click(within(row).getByRole("button", { name: /Check connection/ }));
    expect(await screen.findByRole("heading", { name: "Connection check" })).toBeVisible();
    expect(await screen.findByTestId("check-verdict")).toHaveTextContent("Everything");
  });

  it("of the demo can be neither removed nor joined by a real one", async () => {
    const app = { ...fixtures.appState(), mode: "demo" as const };
    await open(new FakePlatform({ cases: [], app }));
    await screen.findByRole("button", { name: "Rename Test" });
    expect(screen.queryByRole("button", { name: "Remove Test" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Connect another account" })).toBeNull();
  });
});

describe("an account of an access key", () => {
  function keyAccount(sessionOnly: boolean) {
    const [account] = fixtures.accounts(NOW);
    if (!account) throw new Error("no account");
    const accessKeyId = "AKIAIOSFODNN7EXAMPLE";
    return { ...account, source: { kind: "access-key" as const, accessKeyId, sessionOnly } };
  }

  it("shows enough of the key's id to know it again", async () => {
    await open(new FakePlatform({ cases: [], accounts: [keyAccount(false)] }));
    const row = await screen.findByTestId(`account-${fixtures.PRODUCTION}`);
    expect(row).toHaveTextContent("Access key AKIA…MPLE · 1112 2233 3440");
    expect(document.body).not.toHaveTextContent("AKIAIOSFODNN7EXAMPLE");
  });

  it("says that its key is kept only until the program ends", async () => {
    await open(new FakePlatform({ cases: [], accounts: [keyAccount(true)] }));
    const row = await screen.findByTestId(`account-${fixtures.PRODUCTION}`);
    expect(row).toHaveTextContent("Access key AKIA…MPLE, until ECO Desk ends");
  });

  it("says before it is removed what becomes of the secret", async () => {
    const { user } = await open(new FakePlatform({ cases: [], accounts: [keyAccount(false)] }));
    await user.click(screen.getByRole("button", { name: "Remove Production" }));
    expect(await screen.findByText(/is taken out of this system's keychain/)).toBeVisible();
  });

  it("is in the diagnostics with its shortened id", async () => {
    const fake = new FakePlatform({ cases: [], accounts: [keyAccount(true)] });
    const { user } = await open(fake);
    await user.click(await screen.findByTestId("copy-diagnostics"));
    const shown = (await screen.findByTestId("diagnostics-text")).textContent;
    await user.click(screen.getByTestId("diagnostics-copy"));
    await waitFor(() => expect(fake.callsOf("clipboard_copy")).toHaveLength(1));
    expect(fake.callsOf("clipboard_copy")[0]?.text).toBe(shown);
    const text = fake.callsOf("clipboard_copy")[0]?.text ?? "";
    expect(text).toContain("Account 1: Access key AKIA…MPLE (this session only), aws");
    expect(text).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });
});

describe("diagnostics", () => {
  it("hold what helps and nothing secret or personal", async () => {
    const { fake, user } = await open(new FakePlatform({ outbox: fixtures.outbox(NOW) }));
    await user.click(await screen.findByTestId("copy-diagnostics"));
    const shown = (await screen.findByTestId("diagnostics-text")).textContent;
    await user.click(screen.getByTestId("diagnostics-copy"));
    await waitFor(() => expect(fake.callsOf("clipboard_copy")).toHaveLength(1));
    expect(fake.callsOf("clipboard_copy")[0]?.text).toBe(shown);
    const text = fake.callsOf("clipboard_copy")[0]?.text ?? "";
    expect(text).toContain("ECO Desk 0.1.0, real, linux");
    expect(text).toContain("connection: connected");
    expect(text).toContain("reply waiting, tries 3");
    for (const secret of ["norvik", "ingrid", "Production", "1112223334", "Seismic", "/home/"]) {
      expect(text).not.toContain(secret);
    }
    expect(await screen.findByText("Diagnostics are on the clipboard.")).toBeVisible();
  });
});
