import { describe, expect, it } from "vitest";
import { accountLetters } from "./account-letters";

const letters = (...names: string[]) => [
  ...accountLetters(names.map((name, at) => ({ id: `account-${at}`, name }))).values(),
];

describe("the letters of an account's tile", () => {
  it("are one where it tells the accounts apart", () => {
    expect(letters("Production", "Barents JV", "Test")).toEqual(["P", "B", "T"]);
  });

  it("are two where two accounts have one initial", () => {
    expect(letters("Test", "Training", "Production")).toEqual(["TE", "TR", "P"]);
    expect(letters("Norne Test", "Norne Production")).toEqual(["NT", "NP"]);
  });

  it("differ also where the names begin alike", () => {
    expect(new Set(letters("Test 1", "Test 2", "Test")).size).toBe(3);
    expect(new Set(letters("Prod", "Prod EU", "Product")).size).toBe(3);
  });

  it("exist for names without letters", () => {
    expect(letters("…", "日本")).toEqual(["?", "日"]);
  });
});
