// A report's preview: what its Escape and the key after it do.
import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import "../screens/case/CaseScreen";
import { COMPLETE, DRAFT, open } from "../screens/report/fixtures";

it("submits by Ctrl+Enter right after the preview was closed, which leaves the form where it is", async () => {
  const { fake, user } = await open({ ...COMPLETE, step: 4 });
  for (const close of ["{Escape}", "close"]) {
    await user.click(await screen.findByTestId("report-preview"));
    await screen.findByTestId("report-preview-content");
    // Beneath an open dialog nothing is submitted.
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(fake.callsOf("draft_submit")).toHaveLength(0);
    if (close === "close") {
      await user.click(screen.getAllByRole("button", { name: "Close" })[0] ?? document.body);
    } else await user.keyboard(close);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByTestId("report")).toHaveAttribute("data-step", "4");
  }
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(window.location.hash).toBe(`#/case/${DRAFT}`));
  expect(fake.callsOf("draft_submit")).toHaveLength(1);
});
