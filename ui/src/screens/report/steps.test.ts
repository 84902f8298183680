import { describe, expect, it } from "vitest";
import type { Field, Problem } from "../../platform/contract";
import { fieldOf, firstProblem, problemsAt, stepFrom, stepOf } from "./steps";

const at = (field?: Field): Problem => ({
  code: "invalid-input",
  message: field ?? "whole",
  retryable: false,
  ...(field === undefined ? {} : { field }),
});

describe("a problem of the report", () => {
  it.each<[Field, number]>([
    ["kind", 1],
    ["account", 1],
    ["category", 1],
    ["priority", 1],
    ["subject", 2],
    ["body", 2],
    ["files", 2],
    ["phone.number", 4],
    ["phone.region", 4],
    ["cc", 4],
  ])("at %s is mended on step %i", (field, step) => expect(stepOf(at(field))).toBe(step));

  it("at no field of the form is shown beside Submit", () => {
    expect(stepOf(at())).toBe(4);
    expect(fieldOf(at("keyFile"))).toBeNull();
  });

  it("comes first when its field comes first", () => {
    const problems = [at("cc"), at(), at("body"), at("priority"), at("subject")];
    expect(firstProblem(problems)?.field).toBe("priority");
    expect(problemsAt(problems, 2).map(({ field }) => field)).toEqual(["subject", "body"]);
    expect(firstProblem([])).toBeNull();
  });
});

describe("the step kept in a draft", () => {
  it.each([
    [1, 1],
    [3, 3],
    [4, 4],
    [0, 1],
    [9, 1],
  ])("%i opens the form at %i", (kept, step) => expect(stepFrom(kept)).toBe(step));
});
