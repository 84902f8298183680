import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import { renderApp } from "../../test/render";

const KEY = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

function input(testId: string): HTMLInputElement {
  const found = screen.getByTestId(testId).querySelector("input");
  if (!found) throw new Error(`no input in ${testId}`);
  return found;
}

async function open(overrides: ConstructorParameters<typeof FakePlatform>[0] = {}) {
  const fake = new FakePlatform({ cases: [], accounts: [], profiles: [], ...overrides });
  const rendered = renderApp("/connect", fake);
  await screen.findByTestId("connect-ways");
  return rendered;
}

async function openKeys() {
  const rendered = await open();
  const ways = within(screen.getByTestId("connect-ways"));
  await rendered.user.click(ways.getByRole("radio", { name: /Access key/ }));
  return rendered;
}

describe("the console's file with an access key", () => {
  it("is taken wherever on the screen it is dropped, and connects without its secret in the window", async () => {
    const { fake, user } = await open();
    expect(screen.queryByTestId("connect-key-id")).toBeNull();
    act(() => fake.emit({ event: "drag-over", over: true }));
    expect(screen.getByTestId("drop-overlay")).toHaveTextContent("Drop the file");
    act(() => {
      fake.emit({ event: "drag-over", over: false });
      fake.emit({ event: "key-held", key: fake.hold("jane_accessKeys.csv") });
    });
    expect(screen.queryByTestId("drop-overlay")).toBeNull();
    const held = await screen.findByTestId("held-key");
    expect(held).toHaveTextContent(`Access key ${KEY}`);
    expect(held).toHaveTextContent(
      "Its secret was read from jane_accessKeys.csv and is not shown.",
    );
    expect(screen.queryByTestId("connect-secret")).toBeNull();
    await user.type(input("connect-name"), "Production");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByTestId("connect-result")).toHaveTextContent(
      "Production is connected",
    );
    expect(fake.callsOf("account_connect_keys")).toEqual([
      {
        entry: {
          key: { kind: "held", key: expect.stringContaining("held") },
          partition: "aws",
          role: null,
          mfaSerial: null,
          code: null,
          replaces: null,
        },
        name: "Production",
      },
    ]);
    expect(screen.getByTestId("delete-key-file")).toHaveTextContent("jane_accessKeys.csv");
    await user.click(screen.getByRole("button", { name: "Connect another one" }));
    expect(await screen.findByTestId("connect-ways")).toBeVisible();
    expect(screen.queryByTestId("held-key")).toBeNull();
  });

  it("is chosen by a dialog, and given up for another key", async () => {
    const { fake, user } = await openKeys();
    await user.click(screen.getByTestId("key-file-choose"));
    expect(await screen.findByTestId("held-key")).toHaveTextContent("accessKeys.csv");
    await user.click(screen.getByTestId("held-key-forget"));
    expect(screen.queryByTestId("held-key")).toBeNull();
    expect(input("connect-key-id")).toHaveValue("");
    expect(fake.callsOf("account_key_forget")).toHaveLength(1);
  });

  it("says why it gave no key, until one is there", async () => {
    const { fake, user } = await open();
    const problem: Problem = {
      code: "invalid-input",
      field: "keyFile",
      message: "server.log holds no access key.",
      retryable: false,
    };
    act(() => fake.emit({ event: "key-refused", problem }));
    expect(await screen.findByTestId("key-file-problem")).toHaveTextContent(
      "server.log holds no access key.",
    );
    fake.fail("account_key_choose", { ...problem, message: "notes.txt holds no access key." });
    await user.click(screen.getByTestId("key-file-choose"));
    expect(await screen.findByText("notes.txt holds no access key.")).toBeVisible();
    fake.heal("account_key_choose");
    await user.click(screen.getByTestId("key-file-choose"));
    await screen.findByTestId("held-key");
    expect(screen.queryByTestId("key-file-problem")).toBeNull();
  });

  it("is dropped onto this screen only, and forgotten when it is left", async () => {
    const { fake, user } = await openKeys();
    await user.click(screen.getByTestId("key-file-choose"));
    await screen.findByTestId("held-key");
    act(() => {
      window.location.hash = "#/settings";
    });
    await waitFor(() => expect(screen.queryByTestId("connect")).toBeNull());
    expect(fake.held).toBeNull();
    const mounts = fake.callsOf("drop_mount");
    expect(mounts.map(({ target }) => target.to)).toEqual(["access-key"]);
    expect(fake.callsOf("drop_unmount")).toEqual([{ mount: mounts[0]?.mount }]);
  });
});

describe("an access key with a multi-factor device", () => {
  it("asks for the code before it connects", async () => {
    const { fake, user } = await openKeys();
    for (const [field, text] of [
      ["connect-key-id", KEY],
      ["connect-secret", SECRET],
      ["connect-name", "Production"],
    ] as const) {
      await user.click(input(field));
      await user.paste(text);
    }
    await user.click(screen.getByRole("button", { name: /an MFA code or a role/ }));
    expect(screen.queryByTestId("role-external-id")).toBeNull();
    await user.type(input("role-mfa"), "arn:aws:iam::123456789012:mfa/jane");
    await user.click(screen.getByTestId("connect-submit"));
    const dialog = await screen.findByRole("dialog");
    expect(fake.callsOf("account_connect_keys")).toHaveLength(0);
    await user.type(within(dialog).getByRole("textbox"), "123456{Enter}");
    await screen.findByTestId("connect-result");
    expect(fake.callsOf("account_connect_keys")[0]).toMatchObject({
      entry: {
        code: "123456",
        role: null,
        mfaSerial: "arn:aws:iam::123456789012:mfa/jane",
      },
    });
  });
});

describe("a temporary key that is pasted", () => {
  it("is named as such, and its secret is not kept", async () => {
    const { user } = await openKeys();
    await user.click(input("connect-key-id"));
    await user.paste(`AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`);
    expect(screen.getByText(/This key is a temporary one/)).toBeVisible();
    expect(input("connect-secret")).toHaveValue("");
  });
});
