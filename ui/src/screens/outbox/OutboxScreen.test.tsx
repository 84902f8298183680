import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";

async function open() {
  const now = Date.now();
  const fake = new FakePlatform({ drafts: fixtures.drafts(now), outbox: fixtures.outbox(now) });
  const rendered = renderApp("/outbox", fake);
  await screen.findAllByTestId("outbox-row");
  return rendered;
}

function rowOf(text: string): HTMLElement {
  const row = screen.getByText(text).closest("tr");
  if (row === null) throw new Error(`no row says ${text}`);
  return row;
}

describe("the outbox", () => {
  it("gives each entry one main action, fitting its state", async () => {
    await open();
    const main = (text: string) =>
      within(rowOf(text))
        .queryAllByTestId("outbox-retry")
        .map((button) => button.textContent);
    expect(main("Seismic DMS: SEG-Y upload stops at 62 %")).toEqual([]);
    expect(main("Re: Nightly backup of opendes failed")).toEqual(["Check now"]);
    expect(main("Re: Search index lags Storage by 40 minutes")).toEqual(["Try now"]);
    const signIn = within(rowOf("Resolve: 403 from Entitlements for new members"));
    expect(signIn.getByTestId("outbox-sign-in")).toHaveTextContent("Sign in again");
  });

  it("counts down to the next try", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: Date.now() });
    await open();
    const row = rowOf("Re: Search index lags Storage by 40 minutes");
    expect(row).toHaveTextContent("next try in 40 s");
    act(() => {
      vi.advanceTimersByTime(10_000);
    });
    expect(row).toHaveTextContent("next try in 30 s");
  });

  it("tries at once on demand", async () => {
    const { fake, user } = await open();
    const row = rowOf("Re: Search index lags Storage by 40 minutes");
    await user.click(within(row).getByTestId("outbox-retry"));
    await waitFor(() =>
      expect(fake.callsOf("outbox_retry")).toEqual([{ entry: "outbox-waiting" }]),
    );
  });

  it("says that an entry is kept when the try cannot be asked for", async () => {
    const { fake, user } = await open();
    fake.fail("outbox_retry", { code: "storage", message: "The disk is full.", retryable: true });
    await user.click(
      within(rowOf("Re: Nightly backup of opendes failed")).getByTestId("outbox-retry"),
    );
    expect(await screen.findByText(/The disk is full. It is kept in the outbox./)).toBeVisible();
  });

  it("turns a reply into its draft again and goes to its case", async () => {
    const { fake, user } = await open();
    const row = rowOf("Re: Search index lags Storage by 40 minutes");
    await user.click(within(row).getByTestId("outbox-more"));
    await user.click(await screen.findByRole("menuitem", { name: "Edit" }));
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveFocus());
    expect(window.location.hash).toBe("#/case/case-3");
    expect(fake.callsOf("outbox_edit")).toEqual([{ entry: "outbox-waiting" }]);
  });

  it("lets the user decide about what AWS does not list, and asks before it is discarded", async () => {
    const { fake, user } = await open();
    const row = rowOf("Re: Nightly backup of opendes failed");
    await user.click(within(row).getByTestId("outbox-more"));
    const edit = await screen.findByRole("menuitem", { name: /Edit/ });
    expect(edit).toHaveAttribute("aria-disabled", "true");
    await user.click(screen.getByRole("menuitem", { name: "Discard" }));
    expect(await screen.findByRole("dialog")).toHaveTextContent("may have reached ECO");
    await user.keyboard("{Escape}");
    await user.click(within(row).getByTestId("outbox-more"));
    await user.click(await screen.findByRole("menuitem", { name: "Send again (may be double)" }));
    await waitFor(() =>
      expect(fake.callsOf("outbox_send_again")).toEqual([{ entry: "outbox-checking" }]),
    );
  });

  it("offers no edit of a resolution, but to call it off, after asking", async () => {
    const { fake, user } = await open();
    const row = rowOf("Resolve: 403 from Entitlements for new members");
    await user.click(within(row).getByTestId("outbox-more"));
    expect(screen.queryByRole("menuitem", { name: "Edit" })).not.toBeInTheDocument();
    await user.click(await screen.findByRole("menuitem", { name: "Discard" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("The incident stays open");
    expect(fake.callsOf("outbox_discard")).toHaveLength(0);
    await user.click(within(dialog).getByTestId("discard-confirm"));
    await waitFor(() =>
      expect(fake.callsOf("outbox_discard")).toEqual([{ entry: "outbox-stopped" }]),
    );
  });

  it("leads to the settings where the account has to be mended", async () => {
    const { user } = await open();
    const row = rowOf("Resolve: 403 from Entitlements for new members");
    expect(row).toHaveTextContent("Needs sign-in");
    await user.click(within(row).getByTestId("outbox-more"));
    await user.click(await screen.findByRole("menuitem", { name: "Open settings" }));
    await waitFor(() => expect(window.location.hash).toBe("#/settings"));
  });
});

describe("the drafts", () => {
  it("continue where they were begun: a report in its form, a reply in its case", async () => {
    const { user } = await open();
    const report = rowOf("Manifest ingestion stuck in RUNNING since 05:10");
    expect(report).toHaveTextContent("Draft, at step 3 of 3");
    expect(report).toHaveTextContent("New incident, High · 1 file, 1.8 MB");
    await user.click(within(report).getByTestId("draft-continue"));
    await waitFor(() => expect(window.location.hash).toBe("#/report/draft-report"));
    window.location.hash = "#/outbox";
    await screen.findAllByTestId("draft-row");
    await user.click(
      within(rowOf("Re: Wellbore DDMS: 503 on all reads")).getByTestId("draft-continue"),
    );
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveFocus());
    expect(window.location.hash).toBe("#/case/case-2");
  });

  it("are discarded only after asking", async () => {
    const { fake, user } = await open();
    const row = rowOf("Manifest ingestion stuck in RUNNING since 05:10");
    await user.click(within(row).getByTestId("draft-more"));
    await user.click(await screen.findByRole("menuitem", { name: "Discard" }));
    await user.click(await screen.findByTestId("discard-confirm"));
    await waitFor(() => expect(fake.state.drafts.map(({ id }) => id)).toEqual(["draft-reply"]));
    expect(
      screen.queryByText("Manifest ingestion stuck in RUNNING since 05:10"),
    ).not.toBeInTheDocument();
  });
});

it("says what to expect where nothing is waiting and nothing begun", async () => {
  renderApp("/outbox", new FakePlatform());
  expect(await screen.findByText("Nothing is waiting")).toBeVisible();
  expect(screen.getByText("No drafts")).toBeVisible();
});
