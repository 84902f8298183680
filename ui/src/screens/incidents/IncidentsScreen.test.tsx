import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { CaseQuery } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";
import { caseQuery, type ListState, NO_FILTER, PAGE_SIZE } from "./list-query";

const NOW = Date.now();
/** Cloudscape reads the number of the key. */
const ENTER = 13;
const WELLBORE = "Wellbore DDMS: 503 on all reads";

/** The nine cases with a story; all of them are more than a page. */
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
  const found = screen.getByText(subject).closest("tr");
  if (!found) throw new Error(`no row ${subject}`);
  return found;
}

/** What the list was last asked for, beside the counts of the navigation. */
function asked(fake: FakePlatform): CaseQuery | undefined {
  return fake
    .callsOf("case_list")
    .map(({ query }) => query)
    .filter(({ limit }) => limit === PAGE_SIZE)
    .at(-1);
}

/** Types into the filter and presses Enter. */
function search(text: string): void {
  const filter = createWrapper().findPropertyFilter();
  act(() => filter?.setInputValue(text));
  act(() => filter?.findNativeInput().keydown({ keyCode: ENTER }));
}

function subjects(): string[] {
  const table = createWrapper().findTable();
  return (table?.findRows() ?? []).map(
    (_, index) => table?.findBodyCell(index + 1, 3)?.getElement().textContent ?? "",
  );
}

describe("the list", () => {
  it("shows what matters of each incident in two lines", async () => {
    await open();
    const wellbore = row(WELLBORE);
    for (const text of [
      "179488531700142",
      "You",
      "Production",
      "High",
      "Met in 9 min",
      "Pending customer action",
      "Waits for you, 2 h",
      "2 h ago",
    ]) {
      expect(wellbore).toHaveTextContent(text);
    }
    expect(row("Search index lags Storage by 40 minutes")).toHaveTextContent("Late by 22 min");
    expect(row("Manifest ingestion stuck in RUNNING")).toHaveTextContent("11 min left");
  });

  it("marks unread ones and those that ECO reported", async () => {
    await open();
    const backup = row("Nightly backup of opendes failed");
    expect(within(backup).getByText("Unread:")).toBeInTheDocument();
    expect(within(backup).getByText("Reported by ECO")).toBeVisible();
    const read = row("Manifest ingestion stuck in RUNNING");
    expect(within(read).queryByText("Unread:")).toBeNull();
    expect(within(read).queryByText("Reported by ECO")).toBeNull();
  });

  it("says of an incident that ECO does not have that it is not there yet", async () => {
    const cases = fixtures.cases(NOW);
    const first = cases[0];
    const held = { presence: "not-yet-sent", notYetWithEco: true, displayId: null };
    if (first) Object.assign(first.row, held);
    await open(new FakePlatform({ cases }));
    const unsent = row("Manifest ingestion stuck in RUNNING");
    expect(unsent).toHaveTextContent("Not yet with ECO");
    expect(unsent).toHaveTextContent("No number yet");
    expect(unsent).not.toHaveTextContent("Unassigned");
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

  it("shows the newest page and asks the core for the next page", async () => {
    const { fake, user } = await open(new FakePlatform());
    expect(createWrapper().findTable()?.findRows()).toHaveLength(PAGE_SIZE);
    await user.click(screen.getByRole("button", { name: "Page 2" }));
    await waitFor(() =>
      expect(createWrapper().findTable()?.findRows()).toHaveLength(64 - PAGE_SIZE),
    );
    expect(asked(fake)).toMatchObject({ offset: PAGE_SIZE, limit: PAGE_SIZE });
  });

  it("is sorted by the core", async () => {
    const { fake, user } = await open();
    await user.click(screen.getAllByText("Subject, account")[0] as HTMLElement);
    await waitFor(() => expect(asked(fake)).toMatchObject({ sort: "subject", descending: false }));
    await waitFor(() => expect(subjects()[0]).toContain("403 from Entitlements"));
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

describe("what is urgent", () => {
  it("is counted in the head, and each count opens its view", async () => {
    const { fake, user } = await open();
    const counts = screen.getByTestId("incident-counts");
    expect(counts).toHaveTextContent(
      "1 needs your reply · 3 open with High priority · 1 response late · 2 unread",
    );
    await user.click(within(counts).getByText("1 needs your reply"));
    await waitFor(() => expect(subjects()).toHaveLength(1));
    expect(asked(fake)?.view).toBe("needs-my-reply");
    expect(screen.getByText("(1/9)")).toBeVisible();
  });
});

describe("the filter", () => {
  const state = (part: Partial<ListState>): ListState => ({
    view: "all",
    filter: NO_FILTER,
    sort: "updated",
    descending: true,
    page: 1,
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
    expect(caseQuery(state({ view: "open", filter, page: 3 }), now)).toEqual({
      view: "open",
      text: "bulk store index",
      accounts: ["a", "b"],
      priorities: ["high"],
      statuses: ["opened", "reopened"],
      reporters: ["eco"],
      withAttachment: true,
      updatedAfter: now - 14 * 86_400_000,
      sort: "updated",
      descending: true,
      offset: 2 * PAGE_SIZE,
      limit: PAGE_SIZE,
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
    expect(screen.getAllByText("1 match")[0]).toBeVisible();
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

  it("narrows to a chosen view", async () => {
    const { fake, user } = await open();
    const select = createWrapper().findSelect('[data-testid="incident-view"]');
    act(() => select?.openDropdown());
    await user.click(
      select
        ?.findDropdown({ expandToViewport: true })
        ?.findOptionByValue("reported-by-eco")
        ?.getElement() as HTMLElement,
    );
    await waitFor(() => expect(asked(fake)?.view).toBe("reported-by-eco"));
    await waitFor(() => expect(screen.queryByText(WELLBORE)).toBeNull());
  });
});

describe("by keyboard", () => {
  it("J and K choose, Enter opens", async () => {
    const { user } = await open();
    await user.keyboard("jjj");
    // Beside the list, the case follows.
    expect(await screen.findByText(/Rebuilding it takes about 9 hours/)).toBeVisible();
    await user.keyboard("k");
    expect(await screen.findByText(/did not finish/)).toBeVisible();
    await user.keyboard("j{Enter}");
    expect(window.location.hash).toBe("#/case/case-2");
  });

  it("/ goes to the filter, R to the reply", async () => {
    const { user } = await open();
    await user.keyboard("/");
    const input = screen.getByRole("combobox", { name: "Filter incidents" });
    expect(input).toHaveFocus();
    act(() => input.blur());
    await user.keyboard("jr");
    expect(window.location.hash).toBe("#/case/case-0/reply");
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
    await user.click(screen.getByRole("button", { name: "Ask AWS Support for news" }));
    expect(fake.callsOf("sync_now")).toHaveLength(1);
  });
});

describe("the columns", () => {
  it("are remembered", async () => {
    const { user, unmount } = await open();
    const preferences = createWrapper().findCollectionPreferences();
    act(() => preferences?.findTriggerButton().click());
    const modal = preferences?.findModal();
    const created = modal?.findContentDisplayPreference()?.findOptionByIndex(6);
    await user.click(created?.findVisibilityToggle().findNativeInput().getElement() as HTMLElement);
    await user.click(modal?.findConfirmButton()?.getElement() as HTMLElement);
    expect(screen.getAllByText("Created").length).toBeGreaterThan(0);
    unmount();
    await open();
    expect(screen.getAllByText("Created").length).toBeGreaterThan(0);
  });
});
