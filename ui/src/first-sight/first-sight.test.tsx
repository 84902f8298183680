import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { install } from "../platform/platform";
import { askFirst } from "../query/first";
import { renderApp } from "../test/render";
import { endFirstSight, showFirstSight } from "./first-sight";

const NOW = Date.now();

function nine(): FakePlatform {
  return new FakePlatform({ cases: fixtures.cases(NOW).slice(0, 9) });
}

async function show(fake: FakePlatform): Promise<boolean> {
  install(fake);
  return showFirstSight(askFirst());
}

function sight(): HTMLElement | null {
  return document.getElementById("first-sight");
}

/** What is read in the rows of an element. */
function read(of: Element | null): string[] {
  const rows = [...(of?.querySelectorAll(".eco-item, .eco-items-head") ?? [])];
  return rows.map((row) => {
    const copy = row.cloneNode(true) as HTMLElement;
    for (const silent of copy.querySelectorAll(".eco-hidden")) silent.remove();
    return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
  });
}

afterEach(endFirstSight);

describe("the first sight", () => {
  it("says of each incident what the list says that takes over", async () => {
    expect(await show(nine())).toBe(true);
    const first = read(sight());
    expect(first.filter((text) => text.includes("17948"))).not.toEqual([]);
    expect(first.length).toBeGreaterThan(9);
    endFirstSight();
    renderApp("/", nine());
    await screen.findByText("Manifest ingestion stuck in RUNNING");
    expect(read(document.querySelector("[role=listbox]"))).toEqual(first);
  });

  it("leads where the window leads", async () => {
    await show(nine());
    const links = [...(sight()?.querySelectorAll("a") ?? [])].map((a) => a.getAttribute("href"));
    expect(links).toContain("#/report");
  });

  it("goes when the page itself is drawn", async () => {
    await show(nine());
    renderApp("/", nine());
    await waitFor(() => expect(sight()).toBeNull());
  });

  it("hands on the row that was chosen and the keys that were pressed", async () => {
    await show(nine());
    const subject = within(sight() as HTMLElement).getByText("Manifest ingestion stuck in RUNNING");
    await userEvent.pointer({ keys: "[MouseLeft]", target: subject });
    expect(subject.closest(".eco-item")).toHaveClass("eco-sight-chosen");
    await userEvent.keyboard("{Enter}");
    renderApp("/", nine());
    const [first] = fixtures.cases(NOW);
    await waitFor(() => expect(window.location.hash).toBe(`#/case/${first?.row.key}`));
  });

  it("tells an empty list from one that has not been read yet", async () => {
    const accounts = fixtures.accounts(NOW).slice(0, 1);
    const syncedAt = (at: number | null) =>
      accounts.map(({ id }) => ({
        account: id,
        running: at === null,
        syncedAt: at,
        gap: null,
        problem: null,
      }));
    await show(new FakePlatform({ cases: [], accounts, sync: syncedAt(NOW) }));
    expect(sight()).toHaveTextContent("No incidents. All quiet.");
    endFirstSight();
    await show(new FakePlatform({ cases: [], accounts, sync: syncedAt(null) }));
    expect(sight()).toHaveTextContent("Reading your incidents");
    endFirstSight();
  });

  it("is not shown where the window opens with something else", async () => {
    expect(await show(new FakePlatform({ cases: [], accounts: [] }))).toBe(false);
    const broken = nine();
    broken.fail("case_list", { code: "storage", message: "The disk is full.", retryable: true });
    expect(await show(broken)).toBe(false);
    window.location.hash = "#/outbox";
    expect(await show(nine())).toBe(false);
    expect(sight()).toBeNull();
  });

  it("is in the colours that were chosen", async () => {
    const fake = nine();
    fake.state.settings.appearance = "dark";
    await show(fake);
    expect(document.body).toHaveClass("awsui-dark-mode");
    endFirstSight();
    const light = nine();
    light.state.settings.appearance = "light";
    await show(light);
    expect(document.body).not.toHaveClass("awsui-dark-mode");
    endFirstSight();
  });
});
