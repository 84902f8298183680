import { afterEach, describe, expect, it, vi } from "vitest";
import { asProblem } from "./platform";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("what a call fails with", () => {
  it("is a problem as the core tells it", () => {
    const problem = { code: "network", message: "AWS was not reached.", retryable: true };
    expect(asProblem(problem)).toBe(problem);
  });

  it("is final where Tauri refuses the call, and keeps its text for the log", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const raw = "invalid args `case` for command `case_get`: missing field";
    const problem = asProblem(raw);
    expect(problem.retryable).toBe(false);
    expect(problem.message).not.toContain("case_get");
    expect(log).toHaveBeenCalledWith(raw);
  });

  it("can be tried again where the window itself stumbled", () => {
    expect(asProblem(new Error("no platform"))).toMatchObject({
      code: "internal",
      retryable: true,
    });
  });
});
