// How long the messages at the top of the window stay.
import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { plain } from "../parts/Said";
import { Flashes } from "./Flashes";
import { flash, SUCCESS_STAYS, useFlashMessages } from "./flash";

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
});
