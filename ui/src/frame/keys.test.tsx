import { fireEvent, render } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useKeys } from "./keys";

type Ran = Record<"n" | "j" | "send" | "escape" | "back", () => void>;

function Screen({ ran }: { ran: Ran }) {
  useKeys([
    { key: "n", run: ran.n },
    { key: "j", run: ran.j, repeats: true },
    { key: "Ctrl+Enter", run: ran.send },
    { key: "Escape", run: ran.escape },
    { key: "Alt+ArrowLeft", run: ran.back },
  ]);
  return null;
}

function pressed(): Ran {
  const ran = { n: vi.fn(), j: vi.fn(), send: vi.fn(), escape: vi.fn(), back: vi.fn() };
  render(<Screen ran={ran} />);
  return ran;
}

/** Holds a key down: the first press, then those that the system repeats. */
function hold(init: { key: string; ctrlKey?: boolean; altKey?: boolean }): boolean[] {
  return [false, true, true, true].map((repeat) =>
    fireEvent.keyDown(document.body, { ...init, repeat }),
  );
}

describe("a key that is held down", () => {
  it("does its work once", () => {
    const ran = pressed();
    hold({ key: "n" });
    hold({ key: "Enter", ctrlKey: true });
    hold({ key: "Escape" });
    hold({ key: "ArrowLeft", altKey: true });
    expect(ran.n).toHaveBeenCalledTimes(1);
    expect(ran.send).toHaveBeenCalledTimes(1);
    expect(ran.escape).toHaveBeenCalledTimes(1);
    expect(ran.back).toHaveBeenCalledTimes(1);
  });

  it("moves on where it moves through something", () => {
    const ran = pressed();
    hold({ key: "j" });
    expect(ran.j).toHaveBeenCalledTimes(4);
  });

  it("is not left to the browser either", () => {
    pressed();
    expect(hold({ key: "ArrowLeft", altKey: true })).toEqual([false, false, false, false]);
  });
});
