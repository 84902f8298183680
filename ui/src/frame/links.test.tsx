import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AskedLink } from "../platform/contract";
import { renderApp } from "../test/render";
import { openLink } from "./links";

const LOOKALIKE: AskedLink = {
  address: "https://xn--mazon-3ve.com/x",
  host: { ascii: "xn--mazon-3ve.com", unicode: "\u0430mazon.com" },
};

describe("a link that leads out of the window", () => {
  it("is opened by the shell as it is written", async () => {
    const { fake } = renderApp();
    await openLink("https://aws.amazon.com/x");
    expect(fake.callsOf("link_open")).toEqual([
      { address: "https://aws.amazon.com/x", confirmed: false },
    ]);
    expect(screen.queryByTestId("link-dialog")).toBeNull();
  });

  it("is asked about where its host only looks like another, in both forms", async () => {
    const { fake } = renderApp();
    fake.answer("link_open", LOOKALIKE);
    await openLink("https://\u0430mazon.com/x");
    expect(await screen.findByTestId("link-host")).toHaveTextContent("xn--mazon-3ve.com");
    expect(screen.getByTestId("link-host-shown")).toHaveTextContent("\u0430mazon.com");
    expect(screen.getByTestId("link-address")).toHaveTextContent("https://xn--mazon-3ve.com/x");
    fake.answer("link_open", null);
    await userEvent.click(screen.getByTestId("link-confirm"));
    await waitFor(() => expect(screen.queryByTestId("link-dialog")).toBeNull());
    expect(fake.callsOf("link_open").at(-1)).toEqual({
      address: "https://xn--mazon-3ve.com/x",
      confirmed: true,
    });
  });

  it("stays unopened where the user does not want it", async () => {
    const { fake } = renderApp();
    fake.answer("link_open", LOOKALIKE);
    await openLink("https://\u0430mazon.com/x");
    await userEvent.click(await screen.findByTestId("link-cancel"));
    await waitFor(() => expect(screen.queryByTestId("link-dialog")).toBeNull());
    expect(fake.callsOf("link_open")).toHaveLength(1);
  });

  it("is asked about where the window itself was told to show it", async () => {
    const { fake } = renderApp();
    await screen.findByTestId("app");
    fake.emit({ event: "link-refused", link: { address: "https://example.com/", host: null } });
    expect(await screen.findByTestId("link-address")).toHaveTextContent("https://example.com/");
  });

  it("that is refused says why", async () => {
    const { fake } = renderApp();
    fake.fail("link_open", {
      code: "invalid-input",
      message: "ECO Desk does not open this address: it names a user before the host.",
      retryable: false,
    });
    await openLink("https://aws.amazon.com@evil.example/");
    expect(await screen.findByText(/it names a user before the host/)).toBeVisible();
  });
});
