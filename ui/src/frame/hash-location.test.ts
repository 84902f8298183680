import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { navigate } from "./hash-location";

describe("going to a place in the window", () => {
  beforeEach(() => window.history.replaceState(null, "", "#/"));
  afterEach(() => vi.restoreAllMocks());

  it("adds nothing to the history where it is there already", () => {
    const push = vi.spyOn(window.history, "pushState");
    navigate("/report");
    for (let press = 0; press < 200; press += 1) navigate("/report");
    expect(window.location.hash).toBe("#/report");
    expect(push).toHaveBeenCalledTimes(1);
  });

  it("still goes where the browser takes no more changes of the history", () => {
    vi.spyOn(window.history, "pushState").mockImplementation(() => {
      throw new DOMException(
        "Attempt to use history.pushState() more than 100 times",
        "SecurityError",
      );
    });
    navigate("/outbox");
    expect(window.location.hash).toBe("#/outbox");
  });

  it("does not hide another fault", () => {
    vi.spyOn(window.history, "pushState").mockImplementation(() => {
      throw new TypeError("another fault");
    });
    expect(() => navigate("/outbox")).toThrow("another fault");
  });
});
