import { afterEach, describe, expect, it, vi } from "vitest";
import { FakePlatform } from "./fake";
import * as fixtures from "./fixtures";
import { asProblem, call, install } from "./platform";

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

describe("text that goes to the core", () => {
  it("is well-formed Unicode, wherever in the arguments it stands", async () => {
    const fake = new FakePlatform({ drafts: fixtures.drafts(Date.now()) });
    install(fake);
    const half = "The log says \ud83d and stops.";
    await call("draft_save", {
      draft: "draft-reply",
      content: { kind: "reply", content: { body: half, cc: ["\udc00@norvik.example"] } },
    });
    expect(fake.callsOf("draft_save")).toEqual([
      {
        draft: "draft-reply",
        content: {
          kind: "reply",
          content: { body: "The log says \ufffd and stops.", cc: ["\ufffd@norvik.example"] },
        },
      },
    ]);
  });

  it("keeps whole pairs, line ends and everything else as it is", async () => {
    const fake = new FakePlatform();
    install(fake);
    const text = "🛢️ 日本語\r\n\u0000\u202e e\u0301";
    await call("clipboard_copy", { text });
    expect(fake.callsOf("clipboard_copy")).toEqual([{ text }]);
  });
});
