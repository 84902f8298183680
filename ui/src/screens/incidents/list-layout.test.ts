import { describe, expect, it } from "vitest";
import { HEAD, offsetIn, ROW, rowsBetween, scrollFor, sections } from "./list-layout";

const GROUPS = [
  { group: "waits-for-you" as const, count: 2 },
  { group: "waits-for-eco" as const, count: 9_000 },
];

describe("the layout of the list", () => {
  it("stacks the groups, each below its head", () => {
    const [yours, ecos] = sections(GROUPS, 9_002);
    expect(yours).toMatchObject({ first: 0, top: 0, height: HEAD + 2 * ROW });
    expect(ecos).toMatchObject({ first: 2, top: HEAD + 2 * ROW, height: HEAD + 9_000 * ROW });
    expect(ecos && offsetIn(ecos, 3)).toBe(HEAD + ROW);
  });

  it("is one run without heads where nothing is grouped", () => {
    const [all] = sections([], 3);
    expect(all).toMatchObject({ group: null, first: 0, count: 3, height: 3 * ROW });
    expect(all && offsetIn(all, 2)).toBe(2 * ROW);
    expect(sections([], 0)).toEqual([]);
  });

  it("knows which rows are in view, far down as well", () => {
    const [yours, ecos] = sections(GROUPS, 9_002);
    if (!yours || !ecos) throw new Error("two sections");
    expect(rowsBetween(yours, 0, 500)).toEqual([0, 2]);
    expect(rowsBetween(ecos, 0, 500)).toEqual([2, 9]);
    const far = ecos.top + HEAD + 5_000 * ROW;
    expect(rowsBetween(ecos, far, far + 2 * ROW)).toEqual([5_002, 5_004]);
    expect(rowsBetween(yours, far, far + 500)).toEqual([2, 2]);
  });

  it("scrolls a row into view, below the head that sticks, and no further than needed", () => {
    const all = sections(GROUPS, 9_002);
    expect(scrollFor(all, 0, 300, 400)).toBe(0);
    expect(scrollFor(all, 1, 0, 400)).toBeNull();
    const tenth = 2 * HEAD + 10 * ROW;
    expect(scrollFor(all, 10, 0, 400)).toBe(tenth + ROW - 400);
  });
});
