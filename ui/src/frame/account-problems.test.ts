import { describe, expect, it } from "vitest";
import type { Account, CredentialSource, Problem } from "../platform/contract";
import * as fixtures from "../platform/fixtures";
import { troubles } from "./account-problems";

const NOW = Date.now();

function failing(
  id: string,
  code: Problem["code"],
  portal: string | null,
  message = "Why.",
): Account {
  const [account] = fixtures.accounts(NOW);
  if (!account) throw new Error("no account");
  const source: CredentialSource =
    portal === null
      ? { kind: "profile", name: id }
      : {
          kind: "portal",
          startUrl: portal,
          region: "eu-west-1",
          accountNumber: "412055670931",
          role: "EdiSupport",
          sessionOnly: false,
        };
  const problem = { code, message, retryable: true };
  return { ...account, id, name: id, source, connection: { state: "failed", problem, at: NOW } };
}

describe("accounts that cannot be used", () => {
  const grouped = (...accounts: Account[]) =>
    troubles(accounts).map(({ accounts: held }) => held.map(({ id }) => id));

  it("are told of together where one sign-in mends them", () => {
    expect(
      grouped(
        failing("a", "credentials-expired", "https://one.example/start"),
        failing("b", "credentials-expired", "https://two.example/start"),
        failing("c", "credentials-expired", "https://one.example/start"),
      ),
    ).toEqual([["a", "c"], ["b"]]);
  });

  it("are told of each where the portals are of two Regions: each has a sign-in of its own", () => {
    const portal = "https://one.example/start";
    const other = failing("b", "credentials-expired", portal);
    if (other.source.kind !== "portal") throw new Error("no portal");
    const elsewhere: Account = { ...other, source: { ...other.source, region: "us-east-1" } };
    expect(grouped(failing("a", "credentials-expired", portal), elsewhere)).toEqual([["a"], ["b"]]);
  });

  it("are told of each where a sign-in mends nothing, such as a role that is not assigned", () => {
    const portal = "https://one.example/start";
    expect(
      grouped(
        failing("a", "credentials", portal, "You are not assigned the role A."),
        failing("b", "credentials", portal, "You are not assigned the role B."),
      ),
    ).toEqual([["a"], ["b"]]);
  });

  it("are told of each where each has keys of its own", () => {
    expect(grouped(failing("a", "credentials", null), failing("b", "credentials", null))).toEqual([
      ["a"],
      ["b"],
    ]);
  });

  it("are told of together where the same proxy is in the way", () => {
    expect(
      grouped(
        failing("a", "proxy", null, "It asks for a password."),
        failing("b", "proxy", "https://one.example/start", "It asks for a password."),
        failing("c", "proxy", null, "It refuses."),
      ),
    ).toEqual([["a", "b"], ["c"]]);
  });

  it("are left out where they work", () => {
    expect(troubles(fixtures.accounts(NOW).slice(0, 1))).toEqual([]);
  });
});
