import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { NETWORK } from "../../platform/fixtures";
import { install } from "../../platform/platform";
import { makeQueryClient } from "../../query/client";
import { renderApp } from "../../test/render";
import { KeyForm } from "./KeyForm";
import type { KeyFile } from "./useKeyFile";

function fresh(overrides: ConstructorParameters<typeof FakePlatform>[0] = {}): FakePlatform {
  return new FakePlatform({ cases: [], accounts: [], ...overrides });
}

async function open(fake = fresh()) {
  const rendered = renderApp("/connect", fake);
  await screen.findByRole("radio", { name: /norvik-prod/ });
  return rendered;
}

const NO_FILE: KeyFile = {
  held: null,
  problem: null,
  over: false,
  choosing: false,
  choose: () => undefined,
  forget: () => undefined,
  spent: () => undefined,
};

function name(): HTMLInputElement {
  const found = screen.getByTestId("connect-name").querySelector("input");
  if (!found) throw new Error("no name");
  return found;
}

describe("the profiles of this computer", () => {
  it("name the account, and stand with those that cannot be used at the end", async () => {
    const { user } = renderApp("/connect", new FakePlatform({ accounts: [] }));
    const radios = await within(await screen.findByTestId("connect-profiles")).findAllByRole(
      "radio",
    );
    const usable = radios.map((radio) => !(radio as HTMLInputElement).disabled);
    expect(usable).toEqual([...usable].sort((a, b) => Number(b) - Number(a)));
    await user.click(screen.getByRole("radio", { name: /norvik-prod/ }));
    expect(name()).toHaveValue("Norvik prod");
  });

  it("are listed, those that cannot be used with the reason", async () => {
    await open();
    expect(screen.getByText("3 usable")).toBeVisible();
    expect(screen.getByRole("radio", { name: /old-ci/ })).toBeDisabled();
    expect(screen.getByText(/Cannot be used: It reads a token file/)).toBeVisible();
  });

  it("become an account with a name, and the check's result is told", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("radio", { name: /norvik-prod/ }));
    await user.clear(name());
    await user.type(name(), "Production");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("Production is connected")).toBeVisible();
    expect(fake.callsOf("account_connect_profile")).toEqual([
      { profile: "norvik-prod", name: "Production", code: null, command: null },
    ]);
    await user.click(screen.getByTestId("connect-done"));
    expect(window.location.hash).toBe("#/");
  });

  it("show the command that they have run before it runs, and connect with that one", async () => {
    const command = "norvik-creds  --role EdiSupport";
    const helper = { kind: "credential-process", portal: null, mfaSerial: null } as const;
    const { fake, user } = await open(
      fresh({
        profiles: [...fixtures.profiles(), { ...helper, name: "helper", command, unusable: null }],
      }),
    );
    expect(screen.queryByTestId("command")).toBeNull();
    await user.click(screen.getByRole("radio", { name: /helper/ }));
    expect(screen.getByTestId("command").textContent).toBe(command);
    await user.clear(name());
    await user.type(name(), "Helper");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("Helper is connected")).toBeVisible();
    expect(fake.callsOf("account_connect_profile")).toEqual([
      { profile: "helper", name: "Helper", code: null, command },
    ]);
  });

  it("lead to the network settings where a proxy is in the way, and lose nothing", async () => {
    const fake = fresh();
    fake.fail("account_connect_profile", {
      code: "proxy",
      message: "The proxy asks for a user name and password.",
      retryable: true,
    });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /norvik-prod/ }));
    await user.clear(name());
    await user.type(name(), "Production");
    await user.click(screen.getByTestId("connect-submit"));
    await user.click(await screen.findByTestId("network-settings"));
    expect(await screen.findByTestId("proxy-mode")).toBeVisible();
    await user.click(screen.getByTestId("network-close"));
    await waitFor(() => expect(screen.queryByTestId("proxy-mode")).toBeNull());
    expect(name()).toHaveValue("Production");
  });

  it("ask for what is missing at its field, and send nothing", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("Choose a profile.")).toBeVisible();
    expect(screen.getByText("Enter a name.")).toBeVisible();
    expect(fake.callsOf("account_connect_profile")).toHaveLength(0);
  });

  it("say in words what is wrong with an account, which is kept", async () => {
    const fake = fresh();
    const [account] = fixtures.accounts(Date.now());
    if (!account) throw new Error("no account");
    fake.answer("account_connect_profile", {
      ...account,
      connection: {
        state: "failed",
        at: Date.now(),
        problem: { code: "plan-missing", message: "Ask whoever pays for AWS.", retryable: false },
      },
    });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /norvik-prod/ }));
    await user.clear(name());
    await user.type(name(), "Production");
    await user.click(screen.getByTestId("connect-submit"));
    const result = await screen.findByTestId("connect-result");
    expect(result).toHaveTextContent("Production: The account has no support plan");
    expect(result).toHaveTextContent("Ask whoever pays for AWS. The account is kept");
  });

  it("keep what was entered when connecting fails", async () => {
    const fake = fresh();
    fake.fail("account_connect_profile", {
      code: "conflict",
      message: "This profile is connected already.",
      field: "profile",
      retryable: false,
    });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /barents/ }));
    await user.clear(name());
    await user.type(name(), "Barents JV");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("This profile is connected already.")).toBeVisible();
    expect(screen.queryByTestId("connect-problem")).toBeNull();
    expect(name()).toHaveValue("Barents JV");
    expect(screen.getByRole("radio", { name: /barents/ })).toBeChecked();
  });

  it("say in an alert what belongs to no field", async () => {
    const fake = fresh();
    fake.fail("account_connect_profile", NETWORK);
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /barents/ }));
    await user.clear(name());
    await user.type(name(), "Barents JV");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByTestId("connect-problem")).toHaveTextContent(
      "AWS Support was not reached.",
    );
  });

  it("are looked for again on request", async () => {
    const fake = fresh({ profiles: [] });
    const { user } = renderApp("/connect", fake);
    await user.click(await screen.findByRole("radio", { name: /A profile on this computer/ }));
    expect(await screen.findByText(/No profile was found/)).toBeVisible();
    fake.state.profiles = fixtures.profiles();
    await user.click(screen.getByRole("button", { name: "Look again" }));
    expect(await screen.findByRole("radio", { name: /norvik-prod/ })).toBeVisible();
  });
});

describe("a profile with a multi-factor device", () => {
  const serial = "arn:aws:iam::111222333444:mfa/ingrid";
  const profiles = [
    {
      name: "mfa",
      kind: "assume-role" as const,
      portal: null,
      mfaSerial: serial,
      command: null,
      unusable: null,
    },
  ];

  it("asks for the code in a dialog, again after a wrong one, and keeps it nowhere", async () => {
    const { fake, user } = renderApp("/connect", fresh({ profiles }));
    await screen.findByRole("radio", { name: /mfa/ });
    await user.clear(name());
    await user.type(name(), "Production");
    await user.click(screen.getByTestId("connect-submit"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("from the device mfa/ingrid");
    const code = () => within(dialog).getByRole("textbox");
    await user.type(code(), "12");
    await user.click(screen.getByTestId("code-submit"));
    expect(dialog).toHaveTextContent("Enter the six digits");
    await user.clear(code());
    await user.type(code(), "999 999");
    await user.click(screen.getByTestId("code-submit"));
    expect(await within(dialog).findByText(/does not accept this code/)).toBeVisible();
    expect(code()).toHaveValue("");
    await user.type(code(), "123456{Enter}");
    expect(await screen.findByText("Production is connected")).toBeVisible();
    expect(fake.callsOf("account_connect_profile").map((call) => call.code)).toEqual([
      "999999",
      "123456",
    ]);
  });
});

describe("an access key", () => {
  const KEY = "AKIAIOSFODNN7EXAMPLE";
  const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  function field(testId: string): HTMLInputElement {
    const found = screen.getByTestId(testId).querySelector("input");
    if (!found) throw new Error(`no input in ${testId}`);
    return found;
  }

  async function openKeys(fake = fresh({ profiles: [] })) {
    const rendered = renderApp("/connect", fake);
    const ways = within(await screen.findByTestId("connect-ways"));
    await rendered.user.click(ways.getByRole("radio", { name: /Access key/ }));
    return rendered;
  }

  async function fill(user: UserEvent, accountName = "Production") {
    for (const [input, text] of [
      [field("connect-key-id"), KEY],
      [field("connect-secret"), SECRET],
      [name(), accountName],
    ] as const) {
      await user.click(input);
      await user.paste(text);
    }
  }

  it("is kept in the keychain, and that is said", async () => {
    await openKeys();
    const ways = within(screen.getByTestId("connect-ways"));
    expect(ways.getByText(/Kept in the system's keychain only, never in a file/)).toBeVisible();
  });

  it("is not what is asked for first where a profile can be used", async () => {
    await open();
    const ways = within(screen.getByTestId("connect-ways"));
    expect(ways.getByRole("radio", { name: /A profile/ })).toBeChecked();
    expect(screen.queryByTestId("connect-secret")).toBeNull();
  });

  it("connects the account, and leaves no secret in the window", async () => {
    const { fake, user } = await openKeys();
    expect(field("connect-secret")).toHaveAttribute("type", "password");
    expect(field("connect-secret")).toHaveAttribute("autocomplete", "off");
    await fill(user);
    await user.click(screen.getByTestId("connect-submit"));
    const result = await screen.findByTestId("connect-result");
    expect(result).toHaveTextContent("Production is connected");
    expect(result).not.toHaveTextContent("keychain");
    expect(fake.callsOf("account_connect_keys")).toEqual([
      {
        entry: {
          key: { kind: "typed", accessKeyId: KEY, secretAccessKey: SECRET },
          partition: "aws",
          role: null,
          mfaSerial: null,
          code: null,
          replaces: null,
        },
        name: "Production",
      },
    ]);
    await user.click(screen.getByRole("button", { name: "Connect another one" }));
    expect(field("connect-secret")).toHaveValue("");
    expect(field("connect-key-id")).toHaveValue("");
    expect(name()).toHaveValue("");
  });

  it("forgets the secret when another way is chosen", async () => {
    const { user } = await openKeys(fresh());
    await fill(user);
    await user.click(screen.getByRole("radio", { name: /A profile/ }));
    expect(name()).toHaveValue("Production");
    await user.click(screen.getByRole("radio", { name: /Access key/ }));
    expect(field("connect-secret")).toHaveValue("");
  });

  it("keeps the secret out of every cache, whether AWS takes it or not", async () => {
    const fake = fresh();
    fake.fail("account_connect_keys", NETWORK);
    install(fake);
    const client = makeQueryClient();
    const cached = () =>
      JSON.stringify([
        client
          .getMutationCache()
          .getAll()
          .map(({ state }) => state),
        client
          .getQueryCache()
          .getAll()
          .map(({ state, queryKey }) => [queryKey, state]),
      ]);
    const onConnected = vi.fn();
    render(
      <QueryClientProvider client={client}>
        <KeyForm
          accounts={[]}
          name="Production"
          onName={vi.fn()}
          onConnected={onConnected}
          file={NO_FILE}
        />
      </QueryClientProvider>,
    );
    const user = userEvent.setup();
    await user.type(field("connect-key-id"), KEY);
    await user.type(field("connect-secret"), `${SECRET}{Enter}`);
    expect(await screen.findByTestId("connect-problem")).toBeVisible();
    expect(cached()).not.toContain(SECRET);
    fake.heal("account_connect_keys");
    await user.click(screen.getByTestId("connect-submit"));
    await waitFor(() => expect(onConnected).toHaveBeenCalledOnce());
    expect(cached()).not.toContain(SECRET);
    expect(field("connect-secret")).toHaveValue("");
  });

  it("can be of another part of AWS", async () => {
    const { fake, user } = await openKeys();
    await fill(user);
    await user.click(screen.getByRole("button", { name: /Part of AWS/ }));
    await user.click(await screen.findByRole("option", { name: /China/ }));
    await user.click(screen.getByTestId("connect-submit"));
    await screen.findByTestId("connect-result");
    expect(fake.callsOf("account_connect_keys")[0]?.entry.partition).toBe("aws-cn");
  });

  it("is taken from one paste of the console's CSV", async () => {
    const { user } = await openKeys();
    await user.click(field("connect-key-id"));
    await user.paste(`Access key ID,Secret access key\r\n${KEY},${SECRET}\r\n`);
    expect(field("connect-key-id")).toHaveValue(KEY);
    expect(field("connect-secret")).toHaveValue(SECRET);
  });

  it("can assume a role, with the code of a device", async () => {
    const { fake, user } = await openKeys();
    await fill(user);
    await user.click(screen.getByRole("button", { name: /an MFA code or a role/ }));
    await user.type(field("role-arn"), "arn:aws:iam::123456789012:role/EdiSupport");
    await user.type(field("role-external-id"), "norvik");
    await user.type(field("role-mfa"), "arn:aws:iam::123456789012:mfa/jane");
    await user.click(screen.getByTestId("connect-submit"));
    const dialog = await screen.findByRole("dialog");
    expect(fake.callsOf("account_connect_keys")).toHaveLength(0);
    await user.type(within(dialog).getByRole("textbox"), "123456{Enter}");
    await screen.findByTestId("connect-result");
    expect(fake.callsOf("account_connect_keys")[0]).toMatchObject({
      entry: {
        code: "123456",
        role: { arn: "arn:aws:iam::123456789012:role/EdiSupport", externalId: "norvik" },
      },
    });
  });

  it("asks for what is missing at its field, and sends nothing", async () => {
    const { fake, user } = await openKeys();
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText(/Enter the access key ID/)).toBeVisible();
    expect(screen.getByText("Enter the secret access key.")).toBeVisible();
    expect(screen.getByText("Enter a name.")).toBeVisible();
    expect(fake.callsOf("account_connect_keys")).toHaveLength(0);
  });

  it("says what the core finds wrong at its field, until the field is edited", async () => {
    const fake = fresh();
    fake.fail("account_connect_keys", {
      code: "invalid-input",
      message: "This key is a temporary one.",
      field: "accessKeyId",
      retryable: false,
    });
    const { user } = await openKeys(fake);
    await fill(user);
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("This key is a temporary one.")).toBeVisible();
    expect(screen.queryByTestId("connect-problem")).toBeNull();
    await user.type(field("connect-key-id"), "X");
    expect(screen.queryByText("This key is a temporary one.")).toBeNull();
  });

  it("says everything else in an alert, and keeps what was entered", async () => {
    const fake = fresh();
    fake.fail("account_connect_keys", NETWORK);
    const { user } = await openKeys(fake);
    await fill(user);
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByTestId("connect-problem")).toHaveTextContent(
      "AWS Support was not reached.",
    );
    expect(field("connect-secret")).toHaveValue(SECRET);
    expect(field("connect-key-id")).toHaveValue(KEY);
  });

  it("says where it is kept only until the program ends, then and on every screen", async () => {
    const { user } = await openKeys(fresh({ profiles: [], keychain: false }));
    await fill(user);
    await user.click(screen.getByTestId("connect-submit"));
    const result = await screen.findByTestId("connect-result");
    expect(result).toHaveTextContent("this computer has no usable keychain");
    await user.click(screen.getByTestId("connect-done"));
    expect(await screen.findByTestId("session-key")).toHaveTextContent(
      "Production: the access key is not kept on this computer",
    );
  });

  it("is entered again under the same name", async () => {
    const [account] = fixtures.accounts(Date.now());
    if (!account) throw new Error("no account");
    const known = {
      ...account,
      source: { kind: "access-key" as const, accessKeyId: KEY, sessionOnly: true },
    };
    const { fake, user } = await openKeys(fresh({ accounts: [known], profiles: [] }));
    await fill(user, known.name);
    await user.click(screen.getByTestId("connect-submit"));
    await screen.findByTestId("connect-result");
    expect(fake.state.accounts.map(({ id }) => id)).toEqual([known.id]);
  });
});

describe("looking around", () => {
  it("starts the program with sample data", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByTestId("look-around"));
    await waitFor(() => expect(fake.callsOf("demo_restart")).toHaveLength(1));
  });

  it("is not offered where accounts are connected", async () => {
    await open(new FakePlatform({ cases: [] }));
    expect(screen.getByRole("heading", { name: "Connect another account" })).toBeVisible();
    expect(screen.queryByTestId("look-around")).toBeNull();
  });
});
