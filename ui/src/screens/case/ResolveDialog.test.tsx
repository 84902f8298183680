import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../../platform/fake";
import { type Rendered, renderApp } from "../../test/render";
import { everyState } from "./fixtures";

/** The first test also loads the screen's modules. */
const SLOW = { timeout: 60_000 };

async function open(
  key: string,
  prepare: (fake: FakePlatform) => void = () => undefined,
): Promise<Rendered> {
  const fake = new FakePlatform();
  fake.state.cases = everyState(Date.now());
  prepare(fake);
  const rendered = renderApp(`/case/${key}`, fake);
  await screen.findByTestId("case-screen", {}, SLOW);
  return rendered;
}

async function openResolve(prepare?: (fake: FakePlatform) => void): Promise<Rendered> {
  const rendered = await open("case-call", prepare);
  await rendered.user.click(screen.getByTestId("case-resolve"));
  await screen.findByRole("dialog", { name: "Resolve case" });
  return rendered;
}

describe("resolving a case", () => {
  it("needs no rating", async () => {
    const { fake, user } = await openResolve();
    await user.click(screen.getByTestId("resolve-confirm"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.callsOf("case_resolve")).toEqual([{ case: "case-call", rating: null }]);
    expect(await screen.findByText(/is being resolved/)).toBeVisible();
    expect(await screen.findByTestId("case-resolving")).toBeVisible();
    expect(screen.getByTestId("case-resolve")).toHaveAttribute("aria-disabled", "true");
  });

  it("sends stars and comment to ECO unless the tick is taken away", async () => {
    const { fake, user } = await openResolve();
    const dialog = screen.getByRole("dialog");
    await user.click(within(dialog).getByRole("radio", { name: "4 stars, good" }));
    await user.type(within(dialog).getByRole("textbox"), "Quick.");
    expect(within(dialog).getByText("6 of 1,000 characters")).toBeVisible();
    expect(within(dialog).getByRole("checkbox", { name: /Send rating to ECO/ })).toBeChecked();
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() =>
      expect(fake.callsOf("case_resolve")).toEqual([
        { case: "case-call", rating: { stars: 4, comment: "Quick.", sendToEco: true } },
      ]),
    );
  });

  it("works by keyboard alone, and a space in the comment takes no star back", async () => {
    const { fake, user } = await openResolve();
    const dialog = screen.getByRole("dialog");
    const star = within(dialog).getByRole("radio", { name: "4 stars, good" });
    act(() => star.focus());
    await user.keyboard(" ");
    expect(star).toBeChecked();
    await user.tab();
    expect(within(dialog).getByRole("textbox")).toHaveFocus();
    await user.keyboard(" Very quick");
    expect(star).toBeChecked();
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() =>
      expect(fake.callsOf("case_resolve")).toEqual([
        { case: "case-call", rating: { stars: 4, comment: "Very quick", sendToEco: true } },
      ]),
    );
  });

  it("keeps the focus in the stars when they are taken back", async () => {
    const { user } = await openResolve();
    const dialog = screen.getByRole("dialog");
    const star = within(dialog).getByRole("radio", { name: "4 stars, good" });
    await user.click(star);
    await user.click(within(dialog).getByRole("button", { name: "Clear" }));
    expect(within(dialog).getByRole("radio", { name: "1 star, poor" })).toHaveFocus();
    await user.click(star);
    await user.keyboard("{Delete}");
    expect(star).not.toBeChecked();
    expect(star).toHaveFocus();
  });

  it("keeps the focus at the stars where resolving fails", async () => {
    const { user } = await openResolve((fake) =>
      fake.fail("case_resolve", { code: "storage", message: "The disk is full.", retryable: true }),
    );
    const star = within(screen.getByRole("dialog")).getByRole("radio", { name: "4 stars, good" });
    await user.click(star);
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    expect(star).toHaveFocus();
  });

  it("keeps the rating on this computer where the user wants that", async () => {
    const { fake, user } = await openResolve();
    const dialog = screen.getByRole("dialog");
    await user.click(within(dialog).getByRole("radio", { name: "2 stars, fair" }));
    await user.click(within(dialog).getByRole("checkbox", { name: /Send rating to ECO/ }));
    await user.click(screen.getByTestId("resolve-confirm"));
    await waitFor(() =>
      expect(fake.callsOf("case_resolve")).toEqual([
        { case: "case-call", rating: { stars: 2, comment: "", sendToEco: false } },
      ]),
    );
  });

  it("asks for stars where there is only a comment, and resolves nothing", async () => {
    const { fake, user } = await openResolve();
    await user.type(within(screen.getByRole("dialog")).getByRole("textbox"), "Quick.");
    await user.click(screen.getByTestId("resolve-confirm"));
    expect(await screen.findByText(/A comment goes with stars/)).toBeVisible();
    expect(fake.callsOf("case_resolve")).toEqual([]);
  });

  it("says why it failed and keeps what was entered", async () => {
    const { user } = await openResolve((fake) =>
      fake.fail("case_resolve", { code: "storage", message: "The disk is full.", retryable: true }),
    );
    await user.click(
      within(screen.getByRole("dialog")).getByRole("radio", { name: "5 stars, excellent" }),
    );
    await user.click(screen.getByTestId("resolve-confirm"));
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    expect(screen.getByRole("radio", { name: "5 stars, excellent" })).toBeChecked();
  });

  it("is not offered for what ECO does not have yet", async () => {
    await open("case-unsent");
    expect(screen.getByTestId("case-resolve")).toHaveAttribute("aria-disabled", "true");
  });

  it("is opened by the address that asks for it, once", async () => {
    await open("case-call/resolve");
    expect(await screen.findByRole("dialog", { name: "Resolve case" })).toBeVisible();
    expect(window.location.hash).toBe("#/case/case-call");
  });
});

describe("rating a resolved case", () => {
  it("needs stars, keeps them on this computer and shows them", async () => {
    const { fake, user } = await open("case-resolved");
    await user.click(screen.getByTestId("case-rate"));
    const dialog = await screen.findByRole("dialog", { name: "Rate ECO's correspondence" });
    expect(within(dialog).queryByRole("checkbox")).toBeNull();
    await user.click(screen.getByTestId("rate-confirm"));
    expect(await screen.findByText("Choose one to five stars.")).toBeVisible();
    await user.click(within(dialog).getByRole("radio", { name: "3 stars, ok" }));
    await user.click(screen.getByTestId("rate-confirm"));
    expect(await screen.findByTestId("case-rating")).toHaveTextContent("Kept on this computer");
    expect(fake.callsOf("case_rate")).toEqual([
      { case: "case-resolved", rating: { stars: 3, comment: "", sendToEco: false } },
    ]);
    expect(screen.queryByTestId("case-rate")).toBeNull();
  });
});
