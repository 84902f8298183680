import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { CaseQuery } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";
import { BLOCK, caseQuery, type ListState, NO_FILTER } from "./list-query";
import { changeList, changeOrder } from "./list-state";

const NOW = Date.now();
/** Cloudscape reads the number of the key. */
const ENTER = 13;
const WELLBORE = "Wellbore DDMS: 503 on all reads";

/** The nine cases with a story; all of them are more than a block. */
function few(): FakePlatform {
  return new FakePlatform({ cases: fixtures.cases(NOW).slice(0, 9) });
}

async function open(fake = few()) {
  const rendered = renderApp("/", fake);
  await screen.findByText("Manifest ingestion stuck in RUNNING");
  await screen.findByTestId("incident-filter");
  return rendered;
}

function row(subject: string): HTMLElement {
  return screen.getByRole("option", { name: new RegExp(subject) });
}

/** What the list was last asked for, beside the counts of the navigation. */
function asked(fake: FakePlatform): CaseQuery | undefined {
  return fake
    .callsOf("case_list")
    .map(({ query }) => query)
    .filter(({ limit }) => limit === BLOCK)
    .at(-1);
}

function keyOf(subject: string): string {
  return row(subject).id.replace("incident-", "");
}

/** Types into the filter and presses Enter. */
function search(text: string): void {
  const filter = createWrapper().findPropertyFilter();
  act(() => filter?.setInputValue(text));
  act(() => filter?.findNativeInput().keydown({ keyCode: ENTER }));
}

function subjects(): string[] {
  const rows = screen.queryAllByTestId("incident-row");
  return rows.map((found) => found.querySelector(".eco-item-subject")?.textContent ?? "");
}

/** The rows that are in the window: of 64, those that fit. */
const scroller = () => document.querySelector<HTMLElement>(".eco-list-rows") as HTMLElement;

describe("the list", () => {
  it("shows what matters of each incident in two lines", async () => {
    await open();
    const wellbore = row(WELLBORE);
    for (const text of ["179488531700142", "Met in 9 min", "Waits for you, 2 h", "2 h ago"]) {
      expect(wellbore).toHaveTextContent(text);
    }
    expect(row("Search index lags Storage by 40 minutes")).toHaveTextContent("Late by 22 min");
    expect(row("Manifest ingestion stuck in RUNNING")).toHaveTextContent("11 min left");
  });

  it("marks unread ones and those that ECO reported", async () => {
    await open();
    expect(row("Nightly backup of opendes failed")).toHaveAccessibleName(/^Unread,/);
    expect(within(row("Nightly backup of opendes failed")).getByText("ECO")).toBeVisible();
    expect(row("Manifest ingestion stuck in RUNNING")).toHaveAccessibleName(/^Manifest/);
    expect(within(row("Manifest ingestion stuck in RUNNING")).queryByText("ECO")).toBeNull();
  });

  it("reads out subject, priority, who waits, the clock, the account and the number", async () => {
    await open();
    expect(row("Manifest ingestion stuck in RUNNING")).toHaveAccessibleName(
      /^Manifest ingestion stuck in RUNNING, ?High priority, ?.*Production, ?Waits for ECO, .*11 min left, ?\d+$/,
    );
  });

  it("groups them by who has to act, what waits for the user first", async () => {
    await open();
    const groups = screen.getAllByTestId("list-group").map(({ textContent }) => textContent);
    expect(groups[0]).toBe("Waits for you 1");
    expect(groups[1]).toMatch(/^Waits for ECO \d/);
    expect(subjects()[0]).toBe(WELLBORE);
  });

  it("says of an incident that ECO does not have that it is not there yet", async () => {
    const cases = fixtures.cases(NOW);
    const first = cases[0];
    const held = { presence: "not-yet-sent", notYetWithEco: true, displayId: null };
    if (first) Object.assign(first.row, held);
    await open(new FakePlatform({ cases }));
    const unsent = row("Manifest ingestion stuck in RUNNING");
    expect(unsent).toHaveTextContent("Not yet with ECO");
    expect(unsent).toHaveTextContent("no number yet");
  });

  it("says of an incident that is being sent that it is on its way", async () => {
    const cases = fixtures.cases(NOW);
    const first = cases[0];
    if (first) Object.assign(first.row, { presence: "not-yet-sent", displayId: null });
    await open(new FakePlatform({ cases }));
    const sending = row("Manifest ingestion stuck in RUNNING");
    expect(sending).toHaveTextContent("On its way to ECO");
    expect(sending).not.toHaveTextContent("Not yet with ECO");
  });

  it("draws the rows that are in view, and asks for others as they come into view", async () => {
    const { fake } = await open(new FakePlatform());
    expect(subjects().length).toBeLessThan(64);
    expect(fake.callsOf("case_list").every(({ query }) => query.offset === 0)).toBe(true);
    scroller().scrollTop = 60 * 52;
    fireEvent.scroll(scroller());
    await waitFor(() => expect(asked(fake)?.offset).toBe(BLOCK));
    await waitFor(() =>
      expect(
        screen.getAllByTestId("incident-row").some((found) => found.ariaPosInSet === "64"),
      ).toBe(true),
    );
  });

  it("is sorted by the core", async () => {
    const { fake } = await open();
    act(() => changeOrder({ sort: "subject", descending: false, grouped: false }));
    await waitFor(() => expect(asked(fake)).toMatchObject({ sort: "subject", descending: false }));
    await waitFor(() => expect(subjects()[0]).toContain("403 from Entitlements"));
    expect(screen.queryAllByTestId("list-group")).toEqual([]);
    expect(screen.getByText("by subject")).toBeVisible();
  });

  it("renews itself when the core says that cases have changed", async () => {
    const { fake } = await open();
    act(() => fake.ecoReplies("case-4", "The job ran. May we close this?"));
    await waitFor(() =>
      expect(row("Legal tag expiry job did not run on 16 Nov")).toHaveTextContent("Waits for you"),
    );
  });

  it("says what failed and reads again on request", async () => {
    const fake = new FakePlatform();
    fake.fail("case_list", {
      code: "storage",
      message: "The disk does not answer.",
      retryable: true,
    });
    const { user } = renderApp("/", fake);
    expect(await screen.findByTestId("problem")).toHaveTextContent("The disk does not answer.");
    fake.heal("case_list");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText(WELLBORE)).toBeVisible();
  });
});

describe("the filter", () => {
  const state = (part: Partial<ListState>): ListState => ({
    view: "all",
    filter: NO_FILTER,
    orders: {},
    selected: null,
    ...part,
  });

  it("becomes a question to the core", () => {
    const filter = {
      operation: "and" as const,
      tokens: [
        { propertyKey: "account", operator: "=" as const, value: ["a", "b"] },
        { propertyKey: "priority", operator: "=" as const, value: ["high"] },
        { propertyKey: "status", operator: "=" as const, value: ["opened", "reopened"] },
        { propertyKey: "reporter", operator: "=" as const, value: ["eco"] },
        { propertyKey: "files", operator: "=" as const, value: "with files" },
        { propertyKey: "updated", operator: "=" as const, value: "past 14 days" },
        { operator: ":" as const, value: "bulk store" },
        { operator: ":" as const, value: "index" },
      ],
    };
    const now = 1_800_000_000_000;
    expect(caseQuery(state({ view: "open", filter }), now, 2)).toEqual({
      view: "open",
      text: "bulk store index",
      accounts: ["a", "b"],
      priorities: ["high"],
      statuses: ["opened", "reopened"],
      reporters: ["eco"],
      withAttachment: true,
      updatedAfter: now - 14 * 86_400_000,
      sort: "priority",
      descending: true,
      grouped: true,
      offset: 2 * BLOCK,
      limit: BLOCK,
    });
  });

  it("asks the same within one minute, so that the answer stays in use", () => {
    const filter = {
      operation: "and" as const,
      tokens: [{ propertyKey: "updated", operator: "=" as const, value: "past 7 days" }],
    };
    const now = 1_800_000_000_000;
    expect(caseQuery(state({ filter }), now + 59_000)).toEqual(caseQuery(state({ filter }), now));
  });

  it("finds what was said in a case by free text, and can be cleared", async () => {
    const { fake, user } = await open();
    search("node replacement");
    await waitFor(() => expect(subjects()).toHaveLength(1));
    expect(subjects()[0]).toContain("Wellbore DDMS");
    expect(asked(fake)?.text).toBe("node replacement");
    expect(screen.getByText("1 of 9")).toBeVisible();
    expect(screen.getByTestId("incidents")).toHaveAttribute("data-query", "node replacement");
    await user.click(screen.getByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(subjects()).toHaveLength(9));
  });

  it("says when nothing matches and offers the way back", async () => {
    const { user } = await open();
    search("zebra");
    expect(await screen.findByText("No incident matches")).toBeVisible();
    const buttons = screen.getAllByRole("button", { name: "Clear filters" });
    await user.click(buttons.at(-1) as HTMLElement);
    expect(await screen.findByText(WELLBORE)).toBeVisible();
  });

  it("says of an empty view that this is good news, and leads back to all", async () => {
    const { user } = await open();
    act(() => changeList({ view: "response-late" }));
    expect(await screen.findByText("Search index lags Storage by 40 minutes")).toBeVisible();
    cleanup();
    const calm = fixtures.cases(NOW).filter(({ row: one }) => one.response.state !== "running");
    renderApp("/", new FakePlatform({ cases: calm }));
    expect(await screen.findByText("Nothing is late.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show all incidents" }));
    expect(await screen.findByText(WELLBORE)).toBeVisible();
  });
});

describe("by keyboard", () => {
  it("J and K choose, Enter opens", async () => {
    const { user } = await open();
    await user.keyboard("j");
    // Beside the list, the case follows.
    expect(await screen.findByText(/Rebuilding it takes about 9 hours/)).toBeVisible();
    expect(row(WELLBORE)).toHaveAttribute("aria-selected", "true");
    await user.keyboard("jk{Enter}");
    expect(window.location.hash).toBe(`#/case/${keyOf(WELLBORE)}`);
  });

  it("arrows, Home and End move as well, and the listbox says which row is active", async () => {
    const { user } = await open();
    const list = screen.getByRole("listbox", { name: "Incidents" });
    act(() => list.focus());
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(list).toHaveAttribute("aria-activedescendant", row(WELLBORE).id);
    await user.keyboard("{End}");
    expect(screen.getAllByRole("option").at(-1)).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Home}");
    expect(row(WELLBORE)).toHaveAttribute("aria-selected", "true");
  });

  it("/ goes to the filter, R to the reply, E to the resolution", async () => {
    const { user } = await open();
    await user.keyboard("/");
    const input = screen.getByRole("combobox", { name: "Filter incidents" });
    expect(input).toHaveFocus();
    act(() => input.blur());
    await user.keyboard("jr");
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveFocus());
    expect(window.location.hash).toBe(`#/case/${keyOf(WELLBORE)}`);
    await user.keyboard("{Escape}e");
    expect(await screen.findByTestId("resolve-dialog")).toBeVisible();
  });

  it("U marks the incident as read, and as unread again", async () => {
    const { fake, user } = await open();
    const backup = "Nightly backup of opendes failed";
    await user.keyboard("{Control>}");
    await user.click(row(backup));
    await user.keyboard("{/Control}{Escape}");
    const cases = [keyOf(backup)];
    await user.click(row(backup));
    await user.keyboard("u");
    await waitFor(() => expect(fake.callsOf("case_mark").at(-1)?.cases).toEqual(cases));
    const first = fake.callsOf("case_mark").at(-1)?.unread;
    await user.keyboard("u");
    await waitFor(() => expect(fake.callsOf("case_mark").at(-1)?.unread).toBe(!first));
  });
});

describe("several incidents", () => {
  it("are chosen with Ctrl and Shift, and marked together", async () => {
    const { fake, user } = await open();
    await user.click(row(WELLBORE));
    await user.keyboard("{Control>}");
    await user.click(row("Manifest ingestion stuck in RUNNING"));
    await user.keyboard("{/Control}");
    const bar = screen.getByRole("toolbar", { name: "Actions on the chosen incidents" });
    expect(bar).toHaveTextContent("2 incidents chosen");
    await user.click(within(bar).getByRole("button", { name: "Mark as unread" }));
    await waitFor(() =>
      expect(fake.callsOf("case_mark").at(-1)).toEqual({
        cases: [keyOf(WELLBORE), keyOf("Manifest ingestion stuck in RUNNING")],
        unread: true,
      }),
    );
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("toolbar", { name: /chosen/ })).toBeNull();
    await user.keyboard("{Shift>}");
    await user.click(row("Search index lags Storage by 40 minutes"));
    await user.keyboard("{/Shift}");
    expect(await screen.findByText(/incidents chosen/)).toBeVisible();
  });
});

describe("without any incident", () => {
  const one = () => fixtures.accounts(NOW).slice(0, 1);

  it("says what was looked through and what to do", async () => {
    renderApp("/", new FakePlatform({ cases: [], accounts: one() }));
    const empty = await screen.findByTestId("incidents-empty");
    await waitFor(() =>
      expect(empty).toHaveTextContent("We looked through 24 months of Production"),
    );
    expect(within(empty).getByRole("heading", { name: "No incidents. All quiet." })).toBeVisible();
    expect(screen.getByRole("combobox", { name: "Filter incidents" })).toBeDisabled();
  });

  it("does not claim quiet before the first sync has ended", async () => {
    const sync = [
      { account: fixtures.PRODUCTION, running: true, syncedAt: null, problem: null, gap: null },
    ];
    renderApp("/", new FakePlatform({ cases: [], accounts: one(), sync }));
    expect(await screen.findByRole("heading", { name: "Reading your incidents" })).toBeVisible();
    expect(screen.queryByText("No incidents. All quiet.")).toBeNull();
  });

  it("says why nothing could be read", async () => {
    const sync = [
      {
        account: fixtures.PRODUCTION,
        running: false,
        syncedAt: null,
        problem: fixtures.NETWORK,
        gap: null,
      },
    ];
    renderApp("/", new FakePlatform({ cases: [], accounts: one(), sync }));
    expect(await screen.findByText("Your incidents have not been read yet")).toBeVisible();
  });
});

describe("asking for news", () => {
  it("wakes the sync", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("button", { name: "Ask AWS for news now" }));
    expect(fake.callsOf("sync_now")).toHaveLength(1);
  });
});
