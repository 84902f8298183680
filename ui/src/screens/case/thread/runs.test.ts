import { describe, expect, it } from "vitest";
import type { Message } from "../../../platform/contract";
import { ECO, KARI, ME, message } from "../fixtures";
import { timeline } from "../timeline";
import { hiddenWords } from "./GapLine";
import { ratedMessage, runsOf } from "./runs";

const MONDAY = new Date(2026, 10, 16, 9, 0).getTime();
const DAY = 86_400_000;

function runs(messages: Message[], divider: string | null = null) {
  const known = { opening: [], hidden: 0, recent: messages, incomplete: false, gap: null };
  return runsOf(timeline(known, divider)).map((item) =>
    item.kind === "run" ? item.messages.map(({ id }) => id).join("") : item.kind,
  );
}

describe("runs of messages", () => {
  it("hold what one author wrote without another between", () => {
    const messages = [ME, ECO, ECO, KARI, { who: "colleague" as const, name: "Jo" }].map(
      (author, index) => message("abcde"[index] ?? "", MONDAY + index, author, ""),
    );
    expect(runs(messages)).toEqual(["day", "a", "bc", "d", "e"]);
  });
  it("end with the day and at the mark of the new", () => {
    const messages = [0, 0, 1, 1].map((day, index) =>
      message("abcd"[index] ?? "", MONDAY + day * DAY, ECO, ""),
    );
    expect(runs(messages, "d")).toEqual(["day", "ab", "day", "c", "new", "d"]);
  });
  it("are not so long that they cannot be drawn one by one", () => {
    const messages = Array.from({ length: 100 }, (_, index) =>
      message(`${index}`, MONDAY + index, ECO, ""),
    );
    expect(runs(messages)).toHaveLength(4);
  });
});

it("the message that is rated is ECO's last", () => {
  const messages = [message("a", 1, ECO, ""), message("b", 2, ECO, ""), message("c", 3, ME, "")];
  expect(ratedMessage(messages)).toBe("b");
  expect(ratedMessage([message("c", 3, ME, "")])).toBeNull();
});

describe("what is left out", () => {
  const gap = { kind: "gap" as const, key: "gap", hidden: 4 };
  const at = (hours: number, minutes: number) => new Date(2026, 10, 17, hours, minutes).getTime();
  it.each([
    [at(4, 17), at(4, 25), "4 more, 04:17 to 04:25"],
    [at(4, 17) - DAY, at(4, 25), "4 more, 16 Nov 04:17 to 04:25"],
    [at(4, 17) - 2 * DAY, at(4, 25) - DAY, "4 more, 15 Nov 04:17 to 16 Nov 04:25"],
  ])("is told with its times", (from, until, words) => {
    expect(hiddenWords({ ...gap, from, until }, at(6, 0))).toBe(words);
  });
  it("is told without them where they are not known", () => {
    expect(hiddenWords({ ...gap, from: null, until: null }, at(6, 0))).toBe("4 more");
  });
});
