import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";
import { listState } from "./list-state";

const NOW = Date.now();

async function open(subject: string) {
  const fake = new FakePlatform({ cases: fixtures.cases(NOW).slice(0, 9) });
  const rendered = renderApp("/", fake);
  const row = await screen.findByRole("option", { name: new RegExp(subject) });
  fireEvent.contextMenu(row, { clientX: 20, clientY: 20 });
  const items = screen.getAllByRole("menuitem").map(({ textContent }) => textContent);
  return { ...rendered, row, items };
}

describe("the context menu of a row", () => {
  it("holds what can be done with it, and does it", async () => {
    const { user, row, items, fake } = await open("Wellbore DDMS: 503");
    expect(row).toHaveAttribute("aria-selected", "true");
    expect(items).toEqual([
      "OpenEnter",
      "ReplyR",
      "Resolve caseE",
      expect.stringMatching(/^Mark as (?:un)?readU$/),
      "Copy number",
      "Copy number and subject",
    ]);
    await user.click(screen.getByRole("menuitem", { name: "Copy number" }));
    const known = fake.state.cases.find(({ row: { key } }) => key === listState().selected);
    expect(known?.row.subject).toMatch(/^Wellbore DDMS/);
    await waitFor(() =>
      expect(fake.callsOf("clipboard_copy")).toEqual([{ text: known?.row.displayId }]),
    );
    fireEvent.contextMenu(row, { clientX: 20, clientY: 20 });
    await user.click(screen.getByRole("menuitem", { name: /^Open/ }));
    await waitFor(() => expect(window.location.hash).toBe(`#/case/${listState().selected}`));
  });
});
