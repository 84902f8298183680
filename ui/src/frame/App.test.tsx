import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { listState } from "../screens/incidents/list-state";
import { renderApp } from "../test/render";
import { flash, submittedFlash } from "./flash";

const NOW = Date.now();

function busy(overrides: ConstructorParameters<typeof FakePlatform>[0] = {}): FakePlatform {
  return new FakePlatform({
    cases: fixtures.cases(NOW).slice(0, 9),
    drafts: fixtures.drafts(NOW),
    outbox: fixtures.outbox(NOW),
    ...overrides,
  });
}

describe("the navigation", () => {
  it("counts unread incidents, and drafts with what is in the outbox", async () => {
    renderApp("/", busy());
    const navigation = await screen.findByTestId("navigation");
    const unread = within(navigation).getByRole("button", { name: /^Unread/ });
    await waitFor(() => expect(unread).toHaveTextContent("2"));
    const outbox = within(navigation).getByRole("link", { name: /^Drafts & outbox/ });
    await waitFor(() => expect(outbox).toHaveTextContent("6not sent yet"));
  });

  it("follows what the core says has changed", async () => {
    const { fake } = renderApp("/", busy());
    const navigation = await screen.findByTestId("navigation");
    const outbox = within(navigation).getByRole("link", { name: /^Drafts & outbox/ });
    await waitFor(() => expect(outbox).toHaveTextContent("6not sent yet"));
    fake.state.outbox = [];
    act(() => fake.changed({ what: "outbox" }));
    await waitFor(() => expect(outbox).not.toHaveTextContent("6"));
  });

  it("leads to a view, and back to all incidents", async () => {
    const { user } = renderApp("/settings", busy());
    const navigation = await screen.findByTestId("navigation");
    const late = within(navigation).getByRole("button", { name: /^Response late/ });
    await user.click(late);
    expect(window.location.hash).toBe("#/");
    expect(listState().view).toBe("response-late");
    expect(late).toHaveAttribute("aria-current", "page");
    await user.click(within(navigation).getByRole("link", { name: /^All/ }));
    expect(listState().view).toBe("all");
    expect(late).not.toHaveAttribute("aria-current");
  });

  it("narrows the list to an account, and leads to the sign-in where it needs one", async () => {
    const accounts = fixtures.accounts(NOW);
    const problem = {
      code: "credentials-expired" as const,
      message: "The sign-in ended.",
      retryable: true,
    };
    const test = accounts[2];
    if (test) test.connection = { state: "failed", at: NOW, problem };
    const { user } = renderApp("/", busy({ accounts }));
    const navigation = await screen.findByTestId("navigation");
    await user.click(await within(navigation).findByRole("button", { name: /Barents JV/ }));
    await waitFor(() => expect(listState().filter.tokens).toHaveLength(1));
    expect(listState().filter.tokens[0]?.value).toBe(fixtures.BARENTS);
    await user.click(within(navigation).getByRole("button", { name: /Test.*sign-in has expired/ }));
    expect(window.location.hash).toBe(`#/sign-in/${fixtures.TEST}`);
  });

  it("shows icons beside a report and where the window is narrow, with the names for screen readers", async () => {
    const width = window.innerWidth;
    const resize = (to: number) =>
      act(() => {
        Object.defineProperty(window, "innerWidth", { configurable: true, value: to });
        window.dispatchEvent(new Event("resize"));
      });
    resize(1440);
    renderApp("/settings", busy());
    const frame = await screen.findByTestId("app");
    expect(frame).not.toHaveClass("eco-icons");
    resize(1000);
    expect(frame).toHaveClass("eco-icons");
    expect(screen.getByRole("button", { name: /^Response late/ })).toBeVisible();
    resize(1440);
    act(() => {
      window.location.hash = "#/report/draft-report";
    });
    await waitFor(() => expect(frame).toHaveClass("eco-icons"));
    resize(width);
  });

  it("asks for the palette", async () => {
    const { user } = renderApp("/settings", busy());
    let asked = 0;
    const hear = () => {
      asked += 1;
    };
    document.addEventListener("eco-palette", hear);
    await user.click(await screen.findByTestId("palette-field"));
    document.removeEventListener("eco-palette", hear);
    expect(asked).toBe(1);
  });

  it("marks the outbox where an incident of High priority is not with ECO", async () => {
    renderApp("/settings", busy({ outbox: [fixtures.unsentHighReport(NOW)] }));
    const navigation = await screen.findByTestId("navigation");
    const outbox = within(navigation).getByRole("link", { name: /^Drafts & outbox/ });
    await waitFor(() => expect(outbox).toHaveTextContent("one of High priority"));
  });
});

describe("the line over everything", () => {
  it("says that the demo is one", async () => {
    renderApp("/settings", busy({ app: { ...fixtures.appState(), mode: "demo" } }));
    expect(await screen.findByTestId("demo-banner")).toHaveTextContent(
      "DEMO ECO is pretended, nothing leaves this computer.",
    );
  });

  it("says that AWS Support's address was replaced", async () => {
    const app = { ...fixtures.appState(), endpointOverride: "http://127.0.0.1:4999" };
    renderApp("/", busy({ app }));
    expect(await screen.findByTestId("endpoint-banner")).toHaveTextContent("http://127.0.0.1:4999");
  });

  it("is not there in ordinary use", async () => {
    renderApp("/", busy());
    await screen.findByText("Manifest ingestion stuck in RUNNING");
    expect(screen.queryByRole("note")).toBeNull();
  });
});

describe("the alarm", () => {
  it("stands while a High incident is not with ECO, and leads to the outbox", async () => {
    const outbox = [fixtures.unsentHighReport(NOW)];
    const { user, fake } = renderApp("/settings", busy({ outbox }));
    const alarm = await screen.findByTestId("alarm");
    expect(alarm).toHaveTextContent("NOT YET WITH ECO: Manifest ingestion stuck in RUNNING");
    expect(alarm).toHaveTextContent("AWS Support was not reached.");
    await user.click(screen.getByTestId("alarm-more"));
    await user.click(await screen.findByRole("button", { name: "Open outbox" }));
    expect(window.location.hash).toBe("#/outbox");
    fake.state.outbox = [];
    act(() => fake.changed({ what: "outbox" }));
    await waitFor(() => expect(screen.queryByTestId("alarm")).toBeNull());
  });

  it("leaves the case's own screen to the case, and takes back that the report is on its way", async () => {
    const entry = { ...fixtures.unsentHighReport(NOW), case: "case-2" };
    const sending = { state: "sending" as const, step: "message" as const };
    // The rule is the core's: within its first moment a report is none that does not get through.
    const fresh = { ...entry, state: sending, notYetWithEco: false };
    const { fake } = renderApp("/case/case-2", busy({ outbox: [fresh] }));
    await screen.findByTestId("case-screen", {}, { timeout: 60_000 });
    act(() => flash.success("On its way to ECO.", { id: submittedFlash("case-2") }));
    expect(await screen.findByText("On its way to ECO.")).toBeVisible();
    fake.state.outbox = [entry];
    act(() => fake.changed({ what: "outbox" }));
    await waitFor(() => expect(screen.queryByText("On its way to ECO.")).toBeNull());
    expect(screen.queryByTestId("alarm")).toBeNull();
    act(() => {
      window.location.hash = "#/outbox";
    });
    expect(await screen.findByTestId("alarm")).toHaveTextContent("NOT YET WITH ECO");
  });

  it("sounds for a report that has been on its way for too long", async () => {
    const high = fixtures.unsentHighReport(NOW);
    const outbox = [{ ...high, state: { state: "sending" as const, step: "files" as const } }];
    renderApp("/", busy({ outbox }));
    expect(await screen.findByTestId("alarm")).toHaveTextContent("It is still being sent.");
  });

  it("is silent for a report that is just being sent, and for other priorities", async () => {
    const high = fixtures.unsentHighReport(NOW);
    const outbox = [
      {
        ...high,
        state: { state: "sending" as const, step: "message" as const },
        notYetWithEco: false,
      },
      { ...high, id: "medium", priority: "medium" as const },
    ];
    renderApp("/", busy({ outbox }));
    await screen.findByText("4");
    expect(screen.queryByTestId("alarm")).toBeNull();
  });
});

describe("an account that does not work", () => {
  it("is named with what to do, and can be checked again", async () => {
    const accounts = fixtures.accounts(NOW);
    const problem = {
      code: "credentials-expired" as const,
      message: "Run aws sso login.",
      retryable: true,
    };
    const test = accounts[2];
    if (test) test.connection = { state: "failed", at: NOW, problem };
    const { user } = renderApp("/", busy({ accounts }));
    const banner = await screen.findByTestId("account-problem");
    expect(banner).toHaveTextContent("Test: The sign-in has expired");
    expect(banner).toHaveTextContent("Run aws sso login.");
    await user.click(screen.getByTestId("alarm-more"));
    await user.click(await screen.findByRole("button", { name: "Check again" }));
    await waitFor(() => expect(screen.queryByTestId("account-problem")).toBeNull());
  });
});

describe("an account whose key is not kept", () => {
  function accountsWith(sessionOnly: boolean) {
    const accounts = fixtures.accounts(NOW);
    const first = accounts[0];
    if (!first) throw new Error("no account");
    first.source = { kind: "access-key", accessKeyId: "AKIAIOSFODNN7EXAMPLE", sessionOnly };
    return { accounts, first };
  }

  it("is named on every screen as long as it is so", async () => {
    const { accounts } = accountsWith(true);
    renderApp("/settings", busy({ accounts }));
    const banner = await screen.findByTestId("session-key");
    expect(banner).toHaveTextContent("Production: the access key is not kept on this computer");
    expect(within(banner).queryByRole("button")).toBeNull();
  });

  it("leads to where the key is entered again when it does not work", async () => {
    const { accounts, first } = accountsWith(true);
    const problem = { code: "credentials" as const, message: "Enter it again.", retryable: false };
    first.connection = { state: "failed", at: NOW, problem };
    const { user } = renderApp("/settings", busy({ accounts }));
    const banner = await screen.findByTestId("session-key");
    await user.click(within(banner).getByRole("button", { name: "Enter the key" }));
    expect(window.location.hash).toBe(`#/sign-in/${first.id}`);
  });

  it("has no banner where the keychain keeps the key", async () => {
    const { accounts } = accountsWith(false);
    renderApp("/", busy({ accounts }));
    await screen.findByText("Manifest ingestion stuck in RUNNING");
    expect(screen.queryByTestId("session-key")).toBeNull();
  });
});

describe("the status strip", () => {
  it("says how fresh the list is", async () => {
    renderApp("/", busy());
    expect(await screen.findByTestId("sync-status")).toHaveTextContent(
      /^Synced \d+ s ago, next in \d+ s$/,
    );
  });

  it("says why it is not fresh", async () => {
    const sync = [
      {
        account: fixtures.TEST,
        running: false,
        syncedAt: Date.now() - 430_000,
        gap: null,
        problem: fixtures.NETWORK,
      },
    ];
    const accounts = fixtures.accounts(NOW).slice(2);
    const { user } = renderApp("/", busy({ accounts, sync }));
    const status = await screen.findByTestId("sync-status");
    expect(status).toHaveTextContent("Synced 7 min ago. AWS was not reached");
    await user.click(status);
    const list = screen.getByTestId("sync-list");
    expect(list).toHaveTextContent("Last synced 7 min ago, not since.");
    expect(list).toHaveTextContent("tries again by itself");
    expect(within(list).getByRole("button", { name: "Check again" })).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("sync-list")).toBeNull();
    expect(status).toHaveFocus();
  });

  it("says that something had to be left out", async () => {
    const gap = {
      code: "service" as const,
      message: "AWS gave 1 incident in an odd form.",
      retryable: false,
    };
    const sync = [
      {
        account: fixtures.TEST,
        running: false,
        syncedAt: Date.now() - 430_000,
        gap,
        problem: null,
      },
    ];
    const accounts = fixtures.accounts(NOW).slice(2);
    const { user } = renderApp("/", busy({ accounts, sync }));
    const status = await screen.findByTestId("sync-status");
    expect(status).toHaveTextContent("Synced 7 min ago, but not everything");
    await user.click(status);
    expect(screen.getByTestId("sync-list")).toHaveTextContent(gap.message);
  });

  it("shows the keys that work on the screen, and no others", async () => {
    renderApp("/settings", busy());
    const strip = await screen.findByTestId("status-strip");
    await waitFor(() => expect(strip).toHaveTextContent("Report"));
    expect(strip).not.toHaveTextContent("Move");
  });
});

describe("the window's title", () => {
  it("begins with how many incidents are unread, and ends with which world this is", async () => {
    const app = { ...fixtures.appState(), mode: "demo" as const };
    const { fake } = renderApp("/settings", busy({ app }));
    await waitFor(() => expect(document.title).toBe("(2) Settings – ECO Desk (DEMO)"));
    fake.state.cases = [];
    act(() => fake.changed({ what: "cases" }));
    await waitFor(() => expect(document.title).toBe("Settings – ECO Desk (DEMO)"));
  });
});

describe("the shell", () => {
  it("opens the case of a notification that was clicked", async () => {
    const { fake } = renderApp("/", busy());
    await screen.findByTestId("navigation");
    act(() => fake.emit({ event: "open-case", case: "case-2" }));
    expect(window.location.hash).toBe("#/case/case-2");
    await waitFor(() => expect(document.title).toContain("Wellbore DDMS"));
  });

  it("begins a report from the tray", async () => {
    const { fake } = renderApp("/settings", busy());
    await screen.findByTestId("navigation");
    act(() => fake.emit({ event: "open-report" }));
    expect(window.location.hash).toMatch(/^#\/report/);
  });

  it("shows what went wrong outside of the page", async () => {
    const { fake } = renderApp("/settings", busy());
    await screen.findByTestId("navigation");
    const problem = { code: "storage" as const, message: "The disk is full.", retryable: false };
    act(() => fake.emit({ event: "trouble", problem }));
    expect(await screen.findByText("The disk is full.")).toBeVisible();
  });

  it("hears when everything typed is saved, before it ends", async () => {
    const { fake } = renderApp("/settings", busy());
    await screen.findByTestId("navigation");
    act(() => fake.emit({ event: "flush" }));
    await waitFor(() => expect(fake.callsOf("app_flushed")).toEqual([{ everything: true }]));
  });
});

describe("the keyboard", () => {
  it("begins a report with N", async () => {
    const { user } = renderApp("/settings", busy());
    await waitFor(() => expect(screen.getByTestId("status-strip")).toHaveTextContent("Report"));
    await user.keyboard("n");
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/report/));
  });

  it("does not while somebody types", async () => {
    const { user, fake } = renderApp("/", busy());
    await user.click(await screen.findByRole("combobox", { name: "Filter incidents" }));
    await user.keyboard("nnn/jk");
    expect(fake.callsOf("draft_begin")).toHaveLength(0);
    expect(screen.getByRole("combobox", { name: "Filter incidents" })).toHaveValue("nnn/jk");
  });
});

describe("the first start", () => {
  it("asks for an account where there is none", async () => {
    renderApp("/", new FakePlatform({ accounts: [], cases: [] }));
    expect(await screen.findByRole("heading", { name: "Welcome to ECO Desk" })).toBeVisible();
    expect(window.location.hash).toBe("#/connect");
    expect(screen.getByTestId("status-strip")).toHaveTextContent("No account connected yet");
  });

  it("does not in the demo", async () => {
    const app = { ...fixtures.appState(), mode: "demo" as const };
    renderApp("/", new FakePlatform({ app, accounts: [], cases: [] }));
    expect(await screen.findByTestId("incidents-empty")).toBeVisible();
    expect(window.location.hash).toBe("#/");
  });
});

describe("at the start", () => {
  it("says why the data could not be opened, and opens them on request", async () => {
    const fake = busy();
    const message = "The data are of a newer ECO Desk. Install that one.";
    fake.fail("app_state", { code: "storage", message, retryable: false });
    const { user } = renderApp("/", fake);
    expect(await screen.findByText("ECO Desk could not open its data")).toBeVisible();
    expect(screen.getByTestId("problem")).toHaveTextContent(message);
    fake.heal("app_state");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Manifest ingestion stuck in RUNNING")).toBeVisible();
  });

  it("tells for as long as it is so that the disk takes nothing", async () => {
    const message = "ECO Desk cannot write /home/ingrid/desk (read-only file system).";
    const diskProblem = { code: "storage" as const, message, retryable: true };
    const { fake } = renderApp("/settings", busy());
    await screen.findByText("Accounts");
    expect(screen.queryByTestId("disk-problem")).toBeNull();
    fake.state.app = { ...fixtures.appState(), diskProblem };
    act(() => fake.changed({ what: "disk" }));
    expect(await screen.findByTestId("disk-problem")).toHaveTextContent(message);
    fake.state.app = fixtures.appState();
    act(() => fake.changed({ what: "disk" }));
    await waitFor(() => expect(screen.queryByTestId("disk-problem")).toBeNull());
  });

  it("tells what was mended until it is dismissed", async () => {
    const notices = ["The list of incidents was damaged and is read again from AWS."];
    const { user } = renderApp("/settings", busy({ app: { ...fixtures.appState(), notices } }));
    expect(await screen.findByText(/was damaged/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
    await waitFor(() => expect(screen.queryByText(/was damaged/)).toBeNull());
  });
});

describe("the appearance", () => {
  it("follows the setting", async () => {
    const settings = { ...fixtures.settings(), appearance: "dark" as const };
    renderApp("/", busy({ settings }));
    await waitFor(() => expect(document.body).toHaveClass("awsui-dark-mode"));
  });
});
