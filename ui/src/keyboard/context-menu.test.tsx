import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useKeys } from "../frame/keys";
import { FakePlatform } from "../platform/fake";
import { install } from "../platform/platform";
import { ContextMenu, placed } from "./ContextMenu";
import { useContextMenu, useOwnMenusOnly } from "./context-menu";
import { closeMenu } from "./menu-store";

let fake: FakePlatform;
beforeEach(() => {
  fake = new FakePlatform();
  install(fake);
});
afterEach(() => act(closeMenu));

function Window({ ran, leave }: { ran: (what: string) => void; leave?: () => void }) {
  useOwnMenusOnly();
  useKeys([
    { key: "Escape", run: () => leave?.() },
    { key: "r", run: () => ran("letter") },
  ]);
  const menu = useContextMenu(() => [
    { text: "Open", run: () => ran("open") },
    { text: "Reply", disabled: true, run: () => ran("reply") },
    { text: "Resolve", run: () => ran("resolve") },
  ]);
  return (
    <>
      <div
        role="listbox"
        tabIndex={0}
        aria-activedescendant="row-2"
        data-pane-focus=""
        onContextMenu={menu}
        aria-label="rows"
      >
        <div id="row-2" role="option" tabIndex={-1} aria-selected="true">
          Row
          <a href="https://aws.example/inside">Inside</a>
        </div>
      </div>
      <a href="https://aws.example/status">Status</a>
      <p>words to mark</p>
      <input aria-label="field" />
      <ContextMenu />
    </>
  );
}

function show() {
  const [ran, leave] = [vi.fn(), vi.fn()];
  render(<Window ran={ran} leave={leave} />);
  return { ran, leave, user: userEvent.setup() };
}

/** Whether the web view's own menu comes. */
const asked = (element: Element) => fireEvent.contextMenu(element, { clientX: 10, clientY: 10 });
const items = () => screen.getAllByRole("menuitem").map(({ textContent }) => textContent);

describe("a context menu", () => {
  it("takes the web view's place everywhere but in text fields", () => {
    show();
    expect(asked(screen.getByText("Row"))).toBe(false);
    expect(items()).toEqual(["Open", "Reply", "Resolve"]);
    expect(asked(screen.getByText("Status"))).toBe(false);
    expect(items()).toEqual(["Open link", "Copy address"]);
    // A link in something with a menu has its own.
    asked(screen.getByText("Row"));
    asked(screen.getByText("Inside"));
    expect(items()).toEqual(["Open link", "Copy address"]);
    expect(asked(screen.getByText("words to mark"))).toBe(false);
    expect(screen.queryByRole("menu")).toBeNull();
    expect(asked(screen.getByLabelText("field"))).toBe(true);
  });

  it.each(["{ContextMenu}", "{Shift>}{F10}{/Shift}"])(
    "opens by %s for the chosen row, is moved through by arrows, and gives the focus back",
    async (key) => {
      const { ran, leave, user } = show();
      const rows = screen.getByRole("listbox");
      act(() => rows.focus());
      await user.keyboard(key);
      expect(await screen.findByRole("menuitem", { name: "Open" })).toHaveFocus();
      await user.keyboard("{ArrowDown}");
      expect(screen.getByRole("menuitem", { name: "Resolve" })).toHaveFocus();
      await user.keyboard("{ArrowDown}{ArrowUp}");
      expect(screen.getByRole("menuitem", { name: "Resolve" })).toHaveFocus();
      await user.keyboard("{Enter}");
      expect(ran.mock.calls).toEqual([["resolve"]]);
      expect(rows).toHaveFocus();
      await user.keyboard(key);
      await screen.findByRole("menu");
      // The letters choose in the menu, and do not reach the screen.
      await user.keyboard("r");
      expect(screen.getByRole("menuitem", { name: "Resolve" })).toHaveFocus();
      expect(ran).toHaveBeenCalledOnce();
      await user.keyboard("{Escape}");
      await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
      expect(rows).toHaveFocus();
      expect(leave).not.toHaveBeenCalled();
    },
  );

  it("does not do what cannot be done, and goes by a click elsewhere", async () => {
    const { ran, user } = show();
    asked(screen.getByText("Row"));
    await user.click(screen.getByRole("menuitem", { name: "Reply" }));
    expect(ran).not.toHaveBeenCalled();
    await user.click(screen.getByText("words to mark"));
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("copies the address of a link, and what is marked", async () => {
    const { user } = show();
    asked(screen.getByText("Status"));
    await user.click(screen.getByRole("menuitem", { name: "Copy address" }));
    window.getSelection()?.selectAllChildren(screen.getByText("words to mark"));
    asked(screen.getByText("words to mark"));
    await user.click(screen.getByRole("menuitem", { name: /^Copy/ }));
    expect(fake.callsOf("clipboard_copy").map(({ text }) => text)).toEqual([
      "https://aws.example/status",
      "words to mark",
    ]);
    window.getSelection()?.removeAllRanges();
  });

  it("stays inside the window", () => {
    expect(placed(10, 200, 1000)).toBe(10);
    expect(placed(900, 200, 1000)).toBe(700);
    expect(placed(150, 200, 300)).toBe(4);
    expect(placed(290, 400, 300)).toBe(4);
  });
});
