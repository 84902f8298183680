// One Escape closes one layer, letters rest where they shall, and sequences.
import Modal from "@cloudscape-design/components/modal";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { restLetters, useKeys } from "../frame/keys";
import { usePopover } from "../frame/usePopover";
import { Dialog } from "../parts/Dialog";
import { Overlay } from "./Overlay";

function DialogKeys({ send }: { send: () => void }) {
  useKeys([{ key: "Ctrl+Enter", run: send }]);
  return null;
}

interface Ran {
  leave: () => void;
  send: () => void;
  sendInDialog: () => void;
  letter: () => void;
}

function spies() {
  return { leave: vi.fn(), send: vi.fn(), sendInDialog: vi.fn(), letter: vi.fn() };
}

/** A screen with what can lie over it, each opened by a button. */
function Screen({ ran }: { ran: Ran }) {
  const [open, setOpen] = useState("");
  const popover = usePopover();
  useKeys([
    { key: "Escape", run: ran.leave, inFields: true },
    { key: "Ctrl+Enter", run: ran.send },
    { key: "x", run: ran.letter },
  ]);
  const close = () => setOpen("");
  return (
    <>
      <div ref={popover.root}>
        <button ref={popover.button} type="button" onClick={popover.toggle}>
          Popover
        </button>
        {popover.open ? (
          <div data-testid="popover">
            <button type="button" onClick={() => setOpen("dialog")}>
              From the popover
            </button>
          </div>
        ) : null}
      </div>
      {["dialog", "modal", "overlay"].map((name) => (
        <button key={name} type="button" onClick={() => setOpen(name)}>
          Open {name}
        </button>
      ))}
      {open === "dialog" ? (
        <Dialog title="Sure?" onClose={close}>
          <DialogKeys send={ran.sendInDialog} />
          <input aria-label="inside" />
        </Dialog>
      ) : null}
      {open === "modal" ? (
        <Modal visible header="Bare" onDismiss={close}>
          Text
        </Modal>
      ) : null}
      {open === "overlay" ? (
        <Overlay label="Over" onClose={close} className="" testId="overlay">
          <button type="button">Inside</button>
        </Overlay>
      ) : null}
      <input aria-label="field" />
    </>
  );
}

/** The component library looks at the old number of the key. */
function pressEscape(): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape", keyCode: 27 });
}

describe("one Escape", () => {
  it.each(["dialog", "modal", "overlay"])(
    "closes a %s and does not leave the screen below, the next one does",
    async (name) => {
      const ran = spies();
      const user = userEvent.setup();
      render(<Screen ran={ran} />);
      await user.click(screen.getByRole("button", { name: `Open ${name}` }));
      await screen.findByRole("dialog");
      pressEscape();
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
      expect(ran.leave).not.toHaveBeenCalled();
      expect(screen.getByRole("button", { name: `Open ${name}` })).toHaveFocus();
      await user.keyboard("{Escape}");
      expect(ran.leave).toHaveBeenCalledOnce();
    },
  );

  it("closes the dialog over a popover first, then the popover, then the screen", async () => {
    const ran = spies();
    const user = userEvent.setup();
    render(<Screen ran={ran} />);
    await user.click(screen.getByRole("button", { name: "Popover" }));
    await user.click(screen.getByRole("button", { name: "From the popover" }));
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByTestId("popover")).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("popover")).toBeNull());
    expect(ran.leave).not.toHaveBeenCalled();
    await user.keyboard("{Escape}");
    expect(ran.leave).toHaveBeenCalledOnce();
  });
});

describe("a dialog", () => {
  it("keeps the screen's keys from being meant, and has its own", async () => {
    const ran = spies();
    const user = userEvent.setup();
    render(<Screen ran={ran} />);
    await user.click(screen.getByRole("button", { name: "Open dialog" }));
    await user.click(await screen.findByLabelText("inside"));
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(ran.sendInDialog).toHaveBeenCalledOnce();
    expect(ran.send).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByRole("dialog"), { key: "x" });
    expect(ran.letter).not.toHaveBeenCalled();
    await user.keyboard("{Escape}");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(ran.send).toHaveBeenCalledOnce();
  });

  it("of our own keeps Tab inside", async () => {
    const user = userEvent.setup();
    render(<Screen ran={spies()} />);
    await user.click(screen.getByRole("button", { name: "Open overlay" }));
    const inside = await screen.findByRole("button", { name: "Inside" });
    await user.tab();
    expect(inside).toHaveFocus();
    await user.tab();
    expect(inside).toHaveFocus();
  });
});

describe("single letters", () => {
  afterEach(() => vi.useRealTimers());

  it("rest while one types", async () => {
    const ran = spies();
    const user = userEvent.setup();
    render(<Screen ran={ran} />);
    await user.type(screen.getByLabelText("field"), "x");
    expect(ran.letter).not.toHaveBeenCalled();
    expect(screen.getByLabelText("field")).toHaveValue("x");
  });

  it("rest while a field opens, until it has the focus or does not come", () => {
    vi.useFakeTimers();
    const ran = spies();
    render(<Screen ran={ran} />);
    restLetters();
    fireEvent.keyDown(document.body, { key: "x" });
    expect(ran.letter).not.toHaveBeenCalled();
    act(() => screen.getByLabelText("field").focus());
    act(() => screen.getByLabelText("field").blur());
    fireEvent.keyDown(document.body, { key: "x" });
    expect(ran.letter).toHaveBeenCalledOnce();
    restLetters();
    vi.advanceTimersByTime(1001);
    fireEvent.keyDown(document.body, { key: "x" });
    expect(ran.letter).toHaveBeenCalledTimes(2);
  });
});

function Sequences({ ran }: { ran: Record<"one" | "j" | "undo" | "copy", () => void> }) {
  useKeys([
    { key: "g 1", run: ran.one },
    { key: "j", run: ran.j },
    { key: "Ctrl+z", run: ran.undo },
    { key: "Ctrl+c", run: ran.copy },
  ]);
  return (
    <>
      <p>words to mark</p>
      <input aria-label="field" />
    </>
  );
}

function sequences() {
  const ran = { one: vi.fn(), j: vi.fn(), undo: vi.fn(), copy: vi.fn() };
  render(<Sequences ran={ran} />);
  return ran;
}

describe("keys one after the other", () => {
  it("count for a second and a half", () => {
    vi.useFakeTimers();
    const ran = sequences();
    fireEvent.keyDown(document.body, { key: "1" });
    expect(ran.one).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: "g" });
    vi.advanceTimersByTime(1400);
    fireEvent.keyDown(document.body, { key: "1" });
    expect(ran.one).toHaveBeenCalledOnce();
    fireEvent.keyDown(document.body, { key: "g" });
    vi.advanceTimersByTime(1600);
    fireEvent.keyDown(document.body, { key: "1" });
    expect(ran.one).toHaveBeenCalledOnce();
  });

  it("end with another key, which does what it does", () => {
    const ran = sequences();
    fireEvent.keyDown(document.body, { key: "g" });
    fireEvent.keyDown(document.body, { key: "j" });
    fireEvent.keyDown(document.body, { key: "1" });
    expect(ran.j).toHaveBeenCalledOnce();
    expect(ran.one).not.toHaveBeenCalled();
  });
});

describe("what edits a text", () => {
  it("is the focused text's first", () => {
    const ran = sequences();
    fireEvent.keyDown(screen.getByLabelText("field"), { key: "z", ctrlKey: true });
    expect(ran.undo).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    expect(ran.undo).toHaveBeenCalledOnce();
  });

  it("copies what is marked before anything else", () => {
    const ran = sequences();
    const copy = () => fireEvent.keyDown(document.body, { key: "c", ctrlKey: true });
    window.getSelection()?.selectAllChildren(screen.getByText("words to mark"));
    copy();
    expect(ran.copy).not.toHaveBeenCalled();
    window.getSelection()?.removeAllRanges();
    copy();
    expect(ran.copy).toHaveBeenCalledOnce();
  });
});
