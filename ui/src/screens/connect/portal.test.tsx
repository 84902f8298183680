import createWrapper from "@cloudscape-design/components/test-utils/dom";
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";
import { regionIn } from "./pasted";

const NOW = Date.now();
const PORTAL = "https://norvik.awsapps.com/start";

function fresh(overrides: ConstructorParameters<typeof FakePlatform>[0] = {}): FakePlatform {
  return new FakePlatform({ cases: [], accounts: [], profiles: [], ...overrides });
}

function input(testId: string): HTMLInputElement {
  const found = screen.getByTestId(testId).querySelector("input");
  if (!found) throw new Error(`no input in ${testId}`);
  return found;
}

async function open(fake = fresh()) {
  const rendered = renderApp("/connect", fake);
  await screen.findByTestId("portal-url");
  return rendered;
}

/** Signs in at the portal that a profile of this computer names: nothing has to be typed. */
async function signIn(fake = fresh()) {
  fake.state.profiles = [
    {
      name: "known",
      kind: "sso",
      portal: { startUrl: PORTAL, region: "eu-west-1" },
      mfaSerial: null,
      command: null,
      unusable: "It lacks sso_role_name.",
    },
  ];
  const rendered = await open(fake);
  await rendered.user.click(screen.getByTestId("portal-submit"));
  return rendered;
}

describe("company sign-in", () => {
  it("is what is offered first where no profile can be used", async () => {
    await open();
    const ways = within(screen.getByTestId("connect-ways"));
    expect(ways.getByRole("radio", { name: /Company sign-in/ })).toBeChecked();
  });

  it("goes from the portal's address by the browser to a role and an account", async () => {
    const { fake, user } = await signIn();
    await screen.findByTestId("portal-account");
    const account = createWrapper().findSelect('[data-testid="portal-account"]');
    act(() => account?.openDropdown());
    act(() => account?.selectOptionByValue("412055670931", { expandToViewport: true }));
    await user.click(await screen.findByLabelText("EdiSupport"));
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText("Norvik production is connected")).toBeVisible();
    expect(fake.callsOf("sign_in_begin")).toEqual([
      { startUrl: PORTAL, region: "eu-west-1", way: "browser" },
    ]);
    expect(fake.callsOf("sign_in_connect")[0]).toMatchObject({
      accountNumber: "412055670931",
      role: "EdiSupport",
      name: "Norvik production",
    });
  });

  it("asks for what is missing at its field, and opens no browser", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByTestId("portal-submit"));
    expect(await screen.findByText(/Enter the address of your AWS access portal/)).toBeVisible();
    expect(screen.getByText("Choose the Region of the portal.")).toBeVisible();
    expect(fake.callsOf("sign_in_begin")).toHaveLength(0);
  });

  it("waits for the browser, and can be given up", async () => {
    const fake = fresh();
    fake.hang("sign_in_wait");
    const { user } = await signIn(fake);
    const waiting = await screen.findByTestId("sign-in-waiting");
    expect(waiting).toHaveTextContent("Waiting for your browser");
    expect(waiting).toHaveTextContent(/Valid for 9 min/);
    await user.click(within(waiting).getByRole("button", { name: /Open again/ }));
    await waitFor(() => expect(fake.callsOf("link_open")).toHaveLength(1));
    await user.click(screen.getByTestId("sign-in-cancel"));
    await waitFor(() => expect(screen.queryByTestId("sign-in-waiting")).toBeNull());
    expect(fake.callsOf("sign_in_cancel")).toHaveLength(1);
    expect(input("portal-url")).toHaveValue(PORTAL);
  });

  it("is given up with the screen", async () => {
    const fake = fresh();
    fake.hang("sign_in_wait");
    const { user } = await signIn(fake);
    await screen.findByTestId("sign-in-waiting");
    await user.click(screen.getByRole("radio", { name: /Access key/ }));
    await waitFor(() => expect(fake.callsOf("sign_in_cancel")).toHaveLength(1));
  });

  it("can go by a code that is compared", async () => {
    const fake = fresh();
    fake.hang("sign_in_wait");
    const { user } = await signIn(fake);
    await user.click(await screen.findByTestId("use-code"));
    expect(await screen.findByTestId("user-code")).toHaveTextContent("KTPX-QWRD");
    expect(fake.callsOf("sign_in_begin").map(({ way }) => way)).toEqual(["browser", "code"]);
    expect(fake.callsOf("sign_in_cancel")).toHaveLength(1);
    expect(screen.queryByTestId("use-code")).toBeNull();
  });

  it("says why it did not work, and keeps what was entered", async () => {
    const fake = fresh();
    fake.fail("sign_in_wait", {
      code: "access-denied",
      message: "The sign-in was not completed.",
      retryable: false,
    });
    await signIn(fake);
    expect(await screen.findByTestId("connect-problem")).toHaveTextContent("not completed");
    expect(input("portal-url")).toHaveValue(PORTAL);
  });

  it("says where nothing is assigned", async () => {
    await signIn(fresh({ assigned: [] }));
    expect(await screen.findByText(/no AWS account is assigned to you/)).toBeVisible();
  });

  it("knows the portal that a profile of this computer names", async () => {
    const { user } = renderApp("/connect", fresh({ profiles: fixtures.profiles() }));
    await user.click(await screen.findByRole("radio", { name: /Company sign-in/ }));
    expect(input("portal-url")).toHaveValue(PORTAL);
    expect(screen.getByTestId("portal-region")).toHaveTextContent("eu-west-1, Ireland");
  });

  it("completes an address that was typed without https://", async () => {
    const { fake, user } = renderApp("/connect", fresh());
    await user.click(await screen.findByRole("radio", { name: /Company sign-in/ }));
    await user.type(input("portal-url"), "norvik.awsapps.com");
    const select = createWrapper().findSelect('[data-testid="portal-region"]');
    act(() => select?.openDropdown());
    act(() => select?.selectOptionByValue("eu-west-1", { expandToViewport: true }));
    await user.click(screen.getByTestId("portal-submit"));
    await waitFor(() => expect(fake.callsOf("sign_in_begin")).toHaveLength(1));
    expect(fake.callsOf("sign_in_begin")[0]?.startUrl).toBe("https://norvik.awsapps.com/start");
  });

  it("offers all portals that stand in the configuration", async () => {
    const profiles = fixtures.profiles();
    const [first] = profiles;
    if (first === undefined) throw new Error("there are profiles");
    const other = { startUrl: "https://barents.awsapps.com/start", region: "eu-north-1" };
    const { user } = renderApp(
      "/connect",
      fresh({ profiles: [...profiles, { ...first, name: "other", portal: other }] }),
    );
    await user.click(await screen.findByRole("radio", { name: /Company sign-in/ }));
    await user.click(input("portal-url"));
    await user.click(await screen.findByRole("option", { name: /barents/ }));
    expect(input("portal-url")).toHaveValue(other.startUrl);
    expect(screen.getByTestId("portal-region")).toHaveTextContent("eu-north-1");
  });

  it("takes the known Region for the known address alone, until one is chosen", async () => {
    const { user } = renderApp("/connect", fresh({ profiles: fixtures.profiles() }));
    await user.click(await screen.findByRole("radio", { name: /Company sign-in/ }));
    const region = screen.getByTestId("portal-region");
    await user.type(input("portal-url"), "2");
    expect(region).toHaveTextContent("Choose a Region");
    await user.type(input("portal-url"), "{Backspace}");
    expect(region).toHaveTextContent("eu-west-1, Ireland");
    const select = createWrapper().findSelect('[data-testid="portal-region"]');
    act(() => select?.openDropdown());
    act(() => select?.selectOptionByValue("us-east-1", { expandToViewport: true }));
    await user.type(input("portal-url"), "3");
    expect(region).toHaveTextContent("us-east-1");
  });

  it("reads the Region off a newer address", () => {
    expect(regionIn("https://ssoins-1234.portal.eu-central-1.app.aws")).toBe("eu-central-1");
    expect(regionIn(PORTAL)).toBeNull();
  });
});

describe("signing in again", () => {
  const expired = {
    code: "credentials-expired" as const,
    message: "The session with AWS has ended.",
    retryable: false,
  };

  function world(
    source: ReturnType<typeof fixtures.accounts>[number]["source"],
    profiles = fixtures.profiles(),
  ) {
    const [account] = fixtures.accounts(NOW);
    if (!account) throw new Error("no account");
    const failed = { state: "failed" as const, at: NOW, problem: expired };
    const outbox = [{ ...fixtures.unsentHighReport(NOW), account: account.id }];
    return new FakePlatform({
      cases: [],
      profiles,
      outbox,
      accounts: [{ ...account, source, connection: failed }],
    });
  }

  const portal = {
    kind: "portal" as const,
    startUrl: PORTAL,
    region: "eu-west-1",
    accountNumber: "412055670931",
    role: "EdiSupport",
    sessionOnly: false,
  };

  it("is offered by one entry of the alarm line that says what waits, and mends the account", async () => {
    const { fake, user } = renderApp("/", world(portal));
    await user.click(await screen.findByTestId("alarm-more"));
    const banner = await screen.findByTestId("account-problem");
    expect(banner).toHaveTextContent("The sign-in has expired");
    expect(banner).toHaveTextContent("One entry of the outbox waits for it");
    await user.click(screen.getByTestId("sign-in-again"));
    expect(
      await screen.findByRole("heading", { name: "Sign in to Production again" }),
    ).toBeVisible();
    expect(screen.queryByTestId("account-problem")).toBeNull();
    await user.click(screen.getByTestId("renew-portal"));
    expect(await screen.findByText(/Production is connected again/)).toBeVisible();
    expect(fake.callsOf("sign_in_renew")).toHaveLength(1);
    expect(window.location.hash).toBe("#/");
  });

  it("asks for a code where a role needs one", async () => {
    const source = {
      kind: "access-key" as const,
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      sessionOnly: false,
      role: { arn: "arn:aws:iam::1:role/x", externalId: "", mfaSerial: "arn:aws:iam::1:mfa/j" },
    };
    const { fake, user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, world(source));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("textbox"));
    await user.paste("123456");
    await user.click(screen.getByTestId("code-submit"));
    await waitFor(() => expect(window.location.hash).toBe("#/"));
    expect(fake.callsOf("account_enter_code")).toEqual([
      { account: fixtures.PRODUCTION, code: "123456" },
    ]);
    expect(fake.state.accounts[0]?.connection.state).toBe("connected");
  });

  it("names the command where the AWS CLI signs in, and looks again", async () => {
    const source = { kind: "profile" as const, name: "norvik-prod" };
    const { user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, world(source));
    expect(await screen.findByTestId("sign-in-command")).toHaveTextContent(
      "aws sso login --profile norvik-prod",
    );
    await user.click(screen.getByTestId("check-again"));
    expect(await screen.findByText(/Production is connected again/)).toBeVisible();
  });

  it("leaves by itself when the account goes on by itself", async () => {
    const fake = world({ kind: "profile" as const, name: "norvik-prod" });
    renderApp(`/sign-in/${fixtures.PRODUCTION}`, fake);
    await screen.findByTestId("check-again");
    const [account] = fake.state.accounts;
    if (account === undefined) throw new Error("the world has an account");
    fake.state.accounts[0] = { ...account, connection: { state: "connected", at: 0 } };
    fake.changed({ what: "accounts" });
    await waitFor(() => expect(window.location.hash).toBe("#/"));
    expect(await screen.findAllByText(/Production is connected again/)).toHaveLength(1);
  });

  const denied = {
    code: "access-denied" as const,
    message: "The role EdiSupport is not assigned to you any more.",
    retryable: false,
  };

  /** What is tried answers that the account still fails. */
  function stillFailing(
    fake: FakePlatform,
    name: "sign_in_renew" | "account_check" | "account_enter_code",
  ) {
    const [account] = fake.state.accounts;
    if (!account) throw new Error("no account");
    fake.answer(name, {
      ...account,
      connection: { state: "failed", at: NOW, problem: denied },
    });
  }

  async function saysThatItStillFails() {
    const alert = await screen.findByTestId("still-fails");
    expect(alert).toHaveTextContent("It still does not work: A permission is missing");
    expect(alert).toHaveTextContent(denied.message);
    return alert;
  }

  it("says where the account fails all the same, and can be tried again either way", async () => {
    const fake = world(portal);
    stillFailing(fake, "sign_in_renew");
    const renewed = fake.delay("sign_in_renew");
    const { user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, fake);
    const button = await screen.findByTestId("renew-portal");
    await user.click(button);
    await waitFor(() => expect(fake.callsOf("sign_in_renew")).toHaveLength(1));
    expect(button).toHaveAttribute("aria-disabled", "true");
    await act(async () => renewed());
    await saysThatItStillFails();
    expect(button).not.toHaveAttribute("aria-disabled");

    await user.click(button);
    await waitFor(() => expect(fake.callsOf("sign_in_renew")).toHaveLength(2));
    const alert = await saysThatItStillFails();
    stillFailing(fake, "account_check");
    await user.click(within(alert).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(fake.callsOf("account_check")).toHaveLength(1));
    await saysThatItStillFails();
    fake.heal("account_check");
    await user.click(within(alert).getByRole("button", { name: "Try again" }));
    expect(await screen.findByText(/Production is connected again/)).toBeVisible();
  });

  it("can be begun again where the renewal itself fails", async () => {
    const fake = world(portal);
    fake.fail("sign_in_renew", { code: "storage", message: "The disk is full.", retryable: true });
    const { user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, fake);
    await user.click(await screen.findByTestId("renew-portal"));
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    fake.heal("sign_in_renew");
    await user.click(screen.getByTestId("renew-portal"));
    expect(await screen.findByText(/Production is connected again/)).toBeVisible();
  });

  it("says where it still fails after what was done elsewhere", async () => {
    const fake = world({ kind: "profile" as const, name: "norvik-prod" });
    stillFailing(fake, "account_check");
    const { user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, fake);
    await user.click(await screen.findByTestId("check-again"));
    await saysThatItStillFails();
    fake.heal("account_check");
    await user.click(screen.getByTestId("check-again"));
    expect(await screen.findByText(/Production is connected again/)).toBeVisible();
  });

  it("takes a new key in the place of the one that AWS takes no longer", async () => {
    const role = { arn: "arn:aws:iam::1:role/x", externalId: "", mfaSerial: "" };
    const fake = world({
      kind: "access-key" as const,
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      sessionOnly: true,
      role,
    });
    const { user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, fake);
    expect(await screen.findByTestId("enter-key")).toHaveTextContent(
      "Enter the access key AKIA…MPLE again, or the new one that takes its place.",
    );
    expect(screen.queryByTestId("session-key")).toBeNull();
    expect(screen.queryByTestId("connect-name")).toBeNull();
    await user.click(input("connect-key-id"));
    await user.paste("AKIAROTATEDEXAMPLE00");
    await user.click(input("connect-secret"));
    await user.paste("the-new-secret");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText(/Production is connected again/)).toBeVisible();
    expect(fake.callsOf("account_connect_keys")[0]).toMatchObject({
      entry: {
        role,
        replaces: fixtures.PRODUCTION,
      },
      name: "Production",
    });
    expect(fake.state.accounts).toHaveLength(1);
  });

  it("tells what is wrong with a new key where its field is not asked for again", async () => {
    const fake = world({
      kind: "access-key" as const,
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      sessionOnly: false,
    });
    fake.fail("account_connect_keys", {
      code: "credentials",
      message: "These credentials belong to AWS in China.",
      field: "partition",
      retryable: false,
    });
    const { user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, fake);
    await screen.findByTestId("enter-key");
    await user.click(input("connect-key-id"));
    await user.paste("AKIAROTATEDEXAMPLE00");
    await user.click(input("connect-secret"));
    await user.paste("the-new-secret");
    await user.click(screen.getByTestId("connect-submit"));
    expect(await screen.findByText(/belong to AWS in China/)).toBeVisible();
  });

  it("takes a key too where mostly the code of a device is missing", async () => {
    const { user } = renderApp(
      `/sign-in/${fixtures.PRODUCTION}`,
      world({
        kind: "access-key" as const,
        accessKeyId: "AKIAIOSFODNN7EXAMPLE",
        sessionOnly: false,
        mfaSerial: "arn:aws:iam::1:mfa/j",
      }),
    );
    await user.click(
      within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel" }),
    );
    await user.click(screen.getByTestId("enter-key-again"));
    expect(input("role-mfa")).toHaveValue("arn:aws:iam::1:mfa/j");
  });

  it("says where it still fails after a code that AWS took", async () => {
    const fake = world({
      kind: "access-key" as const,
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      sessionOnly: false,
      mfaSerial: "arn:aws:iam::1:mfa/j",
    });
    stillFailing(fake, "account_enter_code");
    const { user } = renderApp(`/sign-in/${fixtures.PRODUCTION}`, fake);
    await user.click(within(await screen.findByRole("dialog")).getByRole("textbox"));
    await user.paste("123456");
    await user.click(screen.getByTestId("code-submit"));
    await saysThatItStillFails();
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
