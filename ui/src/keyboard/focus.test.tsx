// The focus is never left on the page.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Dialog } from "../parts/Dialog";
import { keepFocus, roundPanes } from "./focus";

let stop: () => void;
beforeEach(() => {
  stop = keepFocus();
});
afterEach(() => stop());

function Panes() {
  const [shown, setShown] = useState(true);
  const [held, setHeld] = useState(false);
  const [dialog, setDialog] = useState(false);
  return (
    <>
      <nav data-pane="navigation" tabIndex={-1}>
        <button type="button" data-pane-focus="">
          Current view
        </button>
      </nav>
      <main>
        <section data-pane="list" tabIndex={-1} aria-label="list">
          <div data-pane-focus="" tabIndex={-1} data-testid="rows" />
          <button type="button" onClick={() => setDialog(true)}>
            Ask
          </button>
          <input aria-label="filter" />
        </section>
        <section data-pane="case" tabIndex={-1} aria-label="case">
          {shown ? (
            <div>
              <button type="button" onClick={() => setShown(false)}>
                Load more
              </button>
              <button type="button" disabled={held} onClick={() => setHeld(true)}>
                Send
              </button>
            </div>
          ) : null}
        </section>
      </main>
      {dialog ? (
        <Dialog
          title="Sure?"
          onClose={() => setDialog(false)}
          act={{ text: "Resolve", run: () => setDialog(false) }}
        >
          Text
        </Dialog>
      ) : null}
    </>
  );
}

const pane = (name: string) => screen.getByRole("region", { name });

/** As by keyboard: the focus, then the press. */
function press(name: string): void {
  const button = screen.getByRole("button", { name });
  act(() => button.focus());
  fireEvent.keyDown(button, { key: "Enter" });
  fireEvent.click(button);
}

describe("the focus", () => {
  it("goes to the pane when what had it is gone", async () => {
    render(<Panes />);
    press("Load more");
    await waitFor(() => expect(pane("case")).toHaveFocus());
  });

  it("goes to the pane from a field that gives it up by a key, and not from one that is clicked beside", async () => {
    render(<Panes />);
    const filter = screen.getByLabelText("filter");
    act(() => filter.focus());
    fireEvent.keyDown(filter, { key: "Escape" });
    act(() => filter.blur());
    await waitFor(() => expect(screen.getByTestId("rows")).toHaveFocus());
    act(() => filter.focus());
    fireEvent.pointerDown(document.body);
    act(() => filter.blur());
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    expect(document.body).toHaveFocus();
  });

  it("returns from a dialog to where it was, however it was closed", async () => {
    render(<Panes />);
    for (const close of ["Cancel", "Resolve", "Close"]) {
      press("Ask");
      press(close);
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
      await waitFor(() => expect(screen.getByRole("button", { name: "Ask" })).toHaveFocus());
    }
  });
});

describe("F6", () => {
  it("goes round the panes both ways, into what each of them names", () => {
    render(<Panes />);
    const where: unknown[] = [];
    for (const by of [1, 1, 1, 1, -1, -1] as const) {
      act(() => roundPanes(by));
      where.push(document.activeElement);
    }
    const view = screen.getByRole("button", { name: "Current view" });
    const rows = screen.getByTestId("rows");
    expect(where).toEqual([view, rows, pane("case"), view, pane("case"), rows]);
  });
});
