// How long the short messages stay.
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { plain } from "../parts/Said";
import { Flashes } from "./Flashes";
import { flash, NEWS_STAYS, SUCCESS_STAYS, useFlashMessages } from "./flash";

/** The texts beside the messages drawn: what Flashbar takes away stays in the page while it moves out. */
function Messages() {
  const messages = useFlashMessages();
  return (
    <>
      <Flashes messages={messages} />
      <output>{messages.map(({ content }) => plain(content ?? "")).join()}</output>
    </>
  );
}

function shown() {
  return document.querySelector("output")?.textContent;
}

describe("a success", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    flash.clear();
    vi.useRealTimers();
  });

  it("stays its time from when it is drawn, however late that is", () => {
    flash.success("On its way to ECO.");
    vi.advanceTimersByTime(SUCCESS_STAYS * 2);
    render(<Messages />);
    expect(shown()).toBe("On its way to ECO.");
    act(() => vi.advanceTimersByTime(SUCCESS_STAYS - 1));
    expect(shown()).toBe("On its way to ECO.");
    act(() => vi.advanceTimersByTime(1));
    expect(shown()).toBe("");
  });

  it("is not ended by the time of one that it replaced", () => {
    render(<Messages />);
    act(() => flash.success("Saved.", { id: "saved" }));
    act(() => vi.advanceTimersByTime(SUCCESS_STAYS - 1));
    act(() => flash.success("Saved again.", { id: "saved" }));
    act(() => vi.advanceTimersByTime(SUCCESS_STAYS - 1));
    expect(shown()).toBe("Saved again.");
  });

  it("stays while somebody points at it, and its whole time after that", () => {
    render(<Messages />);
    act(() => flash.success("Saved."));
    const toasts = screen.getByTestId("toasts");
    fireEvent.pointerEnter(toasts);
    act(() => vi.advanceTimersByTime(SUCCESS_STAYS * 3));
    expect(shown()).toBe("Saved.");
    fireEvent.pointerLeave(toasts);
    act(() => vi.advanceTimersByTime(SUCCESS_STAYS - 1));
    expect(shown()).toBe("Saved.");
    act(() => vi.advanceTimersByTime(1));
    expect(shown()).toBe("");
  });
});

describe("other messages", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    flash.clear();
    vi.useRealTimers();
  });

  it("go by themselves too where they are news", () => {
    render(<Messages />);
    act(() => {
      flash.show({ type: "info", header: "On its way. Now request the call", content: "Later." });
    });
    act(() => vi.advanceTimersByTime(NEWS_STAYS - 1));
    expect(shown()).toBe("Later.");
    act(() => vi.advanceTimersByTime(1));
    expect(shown()).toBe("");
  });

  it("stay until they are dismissed where they are trouble", () => {
    render(<Messages />);
    act(() => {
      flash.show({ type: "error", content: "The disk is full." });
    });
    act(() => vi.advanceTimersByTime(NEWS_STAYS * 10));
    expect(shown()).toBe("The disk is full.");
  });

  it("go with their action, which is done once", () => {
    render(<Messages />);
    let done = 0;
    act(() => {
      flash.success("Resolved.", { action: { text: "Undo", run: () => (done += 1) } });
    });
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(done).toBe(1);
    expect(shown()).toBe("");
  });
});
