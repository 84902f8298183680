import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ConnectionCheck, ObstacleKind, Operation } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { connectionCheck, OPERATIONS, policy } from "../../platform/fixtures-check";
import { PURPOSES } from "../../platform/rules";
import { renderApp } from "../../test/render";
import { clockWords } from "./words";

const NOW = Date.now();

function production() {
  const [account] = fixtures.accounts(NOW);
  if (!account) throw new Error("no account");
  return account;
}

async function open(denied: Operation[] = [], change: Partial<ConnectionCheck> = {}) {
  const fake = new FakePlatform({ cases: [], denied });
  if (Object.keys(change).length > 0) {
    fake.answer("connection_check", { ...connectionCheck(production(), NOW, denied), ...change });
  }
  const rendered = renderApp(`/check/${fixtures.PRODUCTION}`, fake);
  const verdict = await screen.findByTestId("check-verdict");
  return { ...rendered, verdict };
}

describe("the connection check", () => {
  it("has a purpose for every operation", () => {
    expect(PURPOSES.flatMap(({ operations }) => operations).sort()).toEqual([...OPERATIONS].sort());
  });

  it("tells who one is and that everything is allowed", async () => {
    const { verdict } = await open();
    expect(verdict).toHaveTextContent("Everything that ECO Desk needs is allowed");
    expect(screen.getByText("ingrid.solheim")).toBeVisible();
    expect(screen.getByText("as EdiSupport")).toBeVisible();
    expect(screen.getByText("Its most urgent severity: Critical")).toBeVisible();
    expect(screen.getByText("(11 of 11 allowed)")).toBeVisible();
    expect(screen.queryByTestId("copy-policy")).toBeNull();
  });

  it("names what is denied, and copies exactly the policy that is missing", async () => {
    const denied: Operation[] = ["ResolveCase", "AddAttachmentsToSet"];
    const { fake, user, verdict } = await open(denied);
    expect(verdict).toHaveTextContent("You can report incidents. 2 things need your administrator");
    expect(verdict).toHaveTextContent("Not allowed yet: Send files and Resolve a case.");
    expect(screen.getByTestId("check-ResolveCase")).toHaveTextContent("Denied");
    expect(screen.getByTestId("check-CreateCase")).toHaveTextContent("Allowed");
    expect(screen.getByText("Cases have to be resolved in Support Center.")).toBeVisible();
    await user.click(screen.getByTestId("copy-policy"));
    expect(await screen.findByText(/Copied. Send it to whoever manages/)).toBeVisible();
    expect(fake.callsOf("clipboard_copy")).toEqual([{ text: policy(denied) }]);
    expect(screen.getByTestId("policy").textContent).toBe(policy(denied));
  });

  it("does not promise reports where they are denied", async () => {
    const { verdict } = await open(["CreateCase"]);
    expect(verdict).toHaveTextContent("1 thing needs your administrator");
    expect(verdict).not.toHaveTextContent("You can report");
  });

  it("takes what is not needed lightly", async () => {
    const { verdict } = await open(["DescribeSupportedLanguages"]);
    expect(verdict).toHaveTextContent("Everything that ECO Desk needs is allowed");
    expect(screen.getByTestId("check-DescribeSupportedLanguages")).toHaveTextContent("Not needed");
    expect(screen.getByTestId("copy-policy")).toBeVisible();
  });

  it.each<[ObstacleKind, RegExp]>([
    ["plan", /no support plan/],
    ["clock", /clock is wrong/],
    ["partition", /another part of AWS/],
    ["other-account", /another AWS account/],
    ["credentials", /does not accept/],
    ["sign-in-ended", /has expired/],
    ["unreachable", /was not reached/],
    ["tls", /certificate is in the way/],
    ["proxy", /proxy is in the way/],
    ["not-aws", /Something else answers/],
    ["service", /problem of its own/],
  ])("names %s as what is in the way", async (kind, title) => {
    const problem = { code: "network" as const, message: "Do this.", retryable: false };
    const operations = OPERATIONS.map((operation) => ({
      operation,
      permission: { state: "unknown" as const, problem },
    }));
    const { verdict } = await open([], { obstacle: { kind, problem }, operations, severities: [] });
    expect(within(verdict).getByText(title)).toBeVisible();
    expect(verdict).toHaveTextContent("Do this.");
    expect(screen.getByTestId("check-CreateCase")).toHaveTextContent("Not known");
    expect(screen.queryByText("Denied")).toBeNull();
  });

  it("is made again on demand", async () => {
    const { fake, user, verdict } = await open(["CreateCase"]);
    fake.state.denied = [];
    await user.click(screen.getByTestId("check-again"));
    await waitFor(() => expect(verdict).toHaveTextContent("Everything"));
  });

  it("lets EDI's category be chosen where AWS does not list its name", async () => {
    const categories = [
      { code: "general", name: "General" },
      { code: "edi-2", name: "EDI" },
    ];
    const { fake, user } = await open([], { edi: { state: "not-found", categories } });
    await user.click(await screen.findByRole("button", { name: /Choose a category/ }));
    await user.click(await screen.findByRole("option", { name: /EDI/ }));
    await waitFor(() => expect(fake.state.settings.categoryCode).toBe("edi-2"));
    expect(fake.callsOf("connection_check").length).toBeGreaterThan(1);
  });

  it("says where ECO does not operate the account", async () => {
    await open([], { edi: { state: "no-service" } });
    expect(screen.getByText("ECO does not seem to operate this account")).toBeVisible();
  });

  it("says where the check itself failed", async () => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("connection_check", {
      code: "storage",
      message: "The disk is full.",
      retryable: true,
    });
    renderApp(`/check/${fixtures.PRODUCTION}`, fake);
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
  });
});

describe("the clock", () => {
  it.each([
    [null, "Not known", "pending"],
    [0, "Right", "success"],
    [-1, "Right", "success"],
    [7, "7 s fast, fine", "success"],
    [-90, "90 s slow: set it right", "warning"],
    [240, "4 minutes fast: set it right", "warning"],
    [-400, "7 minutes slow: set it right", "error"],
  ])("%s seconds off is %s", (ahead, text, type) => {
    expect(clockWords(ahead)).toEqual({ text, type });
  });
});
