import { describe, expect, it } from "vitest";
import { ECO, ME, message } from "../fixtures";
import { byMessage, hitsOf, litPieces, MOST_HITS } from "./find";

const MESSAGES = [
  message("a", 1, ME, "Storage answers 504. STORAGE is slow."),
  message("b", 2, ECO, "İ storage (a.b)"),
];

describe("finding in the messages", () => {
  it("finds every place, whatever the capital letters", () => {
    expect(hitsOf(MESSAGES, " storage ")).toEqual([
      { message: "a", at: 0, end: 7 },
      { message: "a", at: 21, end: 28 },
      { message: "b", at: 2, end: 9 },
    ]);
    expect(byMessage(hitsOf(MESSAGES, "storage")).get("a")).toHaveLength(2);
  });
  it("takes signs as they are", () => {
    expect(hitsOf(MESSAGES, "(a.b)")).toHaveLength(1);
    expect(hitsOf(MESSAGES, "a.c")).toEqual([]);
    expect(hitsOf(MESSAGES, "  ")).toEqual([]);
  });
  it("ends at a number that nobody steps through", () => {
    expect(hitsOf([message("x", 1, ME, "a".repeat(MOST_HITS * 2))], "a")).toHaveLength(MOST_HITS);
  });
});

describe("marking", () => {
  it("cuts a piece at the edges of the hits, also where one goes over its edge", () => {
    const hits = [
      { message: "a", at: 8, end: 12 },
      { message: "a", at: 13, end: 14 },
      { message: "a", at: 15, end: 30 },
    ];
    expect(litPieces("abcdefgh", 10, hits).map(({ text, hit }) => [text, hit !== null])).toEqual([
      ["ab", true],
      ["c", false],
      ["d", true],
      ["e", false],
      ["fgh", true],
    ]);
  });
});
