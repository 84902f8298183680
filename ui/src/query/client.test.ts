import { describe, expect, it } from "vitest";
import type { Change } from "../platform/contract";
import { drop, makeQueryClient } from "./client";
import { commandKey } from "./key";

/** The answers that are out of date after these changes. */
function staleAfter(changes: readonly Change[]): string[] {
  const client = makeQueryClient();
  const cached = [
    commandKey("case_get", { case: "a" }),
    commandKey("case_get", { case: "b" }),
    commandKey("case_counts", {}),
    commandKey("settings_get", {}),
    commandKey("sign_in_roles", { signIn: "s", accountNumber: "1" }),
  ];
  for (const key of cached) client.setQueryData(key, {});
  drop(client, changes);
  return cached
    .filter((key) => client.getQueryState(key)?.isInvalidated)
    .map(([name, args]) => `${name} ${(args as { case?: string }).case ?? ""}`.trim());
}

describe("a change", () => {
  it("of one case puts its own answers out of date, and the counts", () => {
    expect(staleAfter([{ what: "case", key: "b" }])).toEqual(["case_get b", "case_counts"]);
  });

  it("puts out of date what its declaration says, and nothing else", () => {
    expect(staleAfter([{ what: "outbox" }])).toEqual([]);
    expect(staleAfter([{ what: "outbox" }, { what: "cases" }])).toEqual([
      "case_get a",
      "case_get b",
      "case_counts",
    ]);
  });

  it("that is not known puts everything out of date", () => {
    expect(staleAfter([])).toHaveLength(5);
  });
});
