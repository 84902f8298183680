// The keys that work on every screen.
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { flash } from "../frame/flash";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { listState } from "../screens/incidents/list-state";
import { renderApp } from "../test/render";

async function open(fake = new FakePlatform({ cases: fixtures.cases(Date.now()).slice(0, 9) })) {
  const rendered = renderApp("/settings", fake);
  await screen.findByRole("button", { name: /^Unread/ });
  return rendered;
}

it("asks AWS for news by F5 and Ctrl+R, and never loads the page anew", async () => {
  const { fake } = await open();
  expect(fireEvent.keyDown(document.body, { key: "F5" })).toBe(false);
  expect(fireEvent.keyDown(document.body, { key: "r", ctrlKey: true })).toBe(false);
  await waitFor(() => expect(fake.callsOf("sync_now")).toHaveLength(2));
  for (const init of [
    { key: "F5", ctrlKey: true },
    { key: "R", ctrlKey: true, shiftKey: true },
    { key: "p", ctrlKey: true },
    { key: "ArrowLeft", altKey: true },
  ]) {
    expect(fireEvent.keyDown(document.body, init), init.key).toBe(false);
  }
  expect(fake.callsOf("sync_now")).toHaveLength(2);
  // What a text needs is left to it.
  expect(fireEvent.keyDown(document.body, { key: "a", ctrlKey: true })).toBe(true);
});

it("draws the page larger and smaller, and says how large", async () => {
  const { fake } = await open();
  fireEvent.keyDown(document.body, { key: "+", ctrlKey: true, shiftKey: true });
  expect(await screen.findByText("Drawn at 110 %.")).toBeVisible();
  fireEvent.keyDown(document.body, { key: "-", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "=", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "0", ctrlKey: true });
  await waitFor(() =>
    expect(fake.callsOf("app_zoom").map(({ step }) => step)).toEqual([
      "larger",
      "smaller",
      "larger",
      "usual",
    ]),
  );
});

it("goes to a view by its number, in the order of the navigation", async () => {
  const { user } = await open();
  await user.keyboard("g4");
  await waitFor(() => expect(window.location.hash).toBe("#/"));
  expect(listState().view).toBe("response-late");
});

it("takes back the last deed that can be taken back", async () => {
  const { user } = await open();
  let undone = 0;
  act(() => {
    flash.success("Resolved.", { action: { text: "Undo", run: () => (undone += 1) } });
  });
  await screen.findByRole("button", { name: "Undo" });
  await user.keyboard("{Control>}z{/Control}");
  expect(undone).toBe(1);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
});

it("does what is chosen in the menu bar of macOS", async () => {
  const { fake } = await open();
  act(() => fake.emit({ event: "menu-chosen", entry: "keys" }));
  expect(await screen.findByTestId("key-sheet")).toBeVisible();
  act(() => fake.emit({ event: "menu-chosen", entry: "palette" }));
  expect(await screen.findByTestId("palette")).toBeVisible();
  act(() => fake.emit({ event: "menu-chosen", entry: "sync" }));
  await waitFor(() => expect(fake.callsOf("sync_now")).toHaveLength(1));
});

it("offers only what works where no account is connected yet", async () => {
  renderApp("/", new FakePlatform({ accounts: [], cases: [] }));
  await waitFor(() => expect(window.location.hash).toBe("#/connect"));
  fireEvent.keyDown(document.body, { key: "?" });
  const sheet = await screen.findByTestId("key-sheet");
  expect(sheet).toHaveTextContent("SettingsCtrl,");
  expect(sheet).not.toHaveTextContent("Report an incident");
  expect(sheet).not.toHaveTextContent("Sync now");
});
