import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import {
  certificate,
  network,
  networkTest,
  PROXY,
  WANTS_NTLM,
} from "../../platform/fixtures-network";
import { renderPart } from "../../test/render";
import { checkProxy } from "./checks";
import { Network } from "./Network";
import { fingerprint } from "./network-words";

const NOW = Date.now();

async function open(fake = new FakePlatform({ cases: [] })) {
  const rendered = renderPart(<Network />, fake);
  await screen.findByRole("radio", { name: /As this computer is set up/ });
  return rendered;
}

/** As typed, in one go: each key would draw the form once. */
async function fill(user: UserEvent, testId: string, text: string): Promise<void> {
  await user.click(input(testId));
  await user.paste(text);
}

function input(testId: string): HTMLInputElement {
  const found = screen.getByTestId(testId).querySelector<HTMLInputElement>("input, textarea");
  if (!found) throw new Error(`no input in ${testId}`);
  return found;
}

describe("a proxy as it is typed", () => {
  const entry = {
    mode: "manual" as const,
    host: "proxy",
    port: "8080",
    userName: "",
    exceptions: "",
  };
  it.each([
    [{}, {}],
    [
      { host: "", port: "" },
      { host: /Enter the name/, port: /Enter the port/ },
    ],
    [{ port: "0" }, { port: /1 to 65535/ }],
    [{ port: "65536" }, { port: /1 to 65535/ }],
    [{ port: "80a" }, { port: /1 to 65535/ }],
    [{ host: "http://proxy.example.com:8080/", port: "" }, {}],
    [{ host: "[2001:db8::1]:8080", port: "" }, {}],
    [{ host: "http://[2001:db8::1]:8080/", port: "" }, {}],
    [{ host: "2001:db8::1", port: "" }, { port: /Enter the port/ }],
    [{ mode: "none" as const, host: "", port: "" }, {}],
  ])("%j", (changed, expected) => {
    const found = checkProxy({ ...entry, ...changed });
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [field, words] of Object.entries(expected)) {
      expect(found[field as keyof typeof found]).toMatch(words);
    }
  });
});

describe("the proxy", () => {
  it("is the system's at first, and nothing waits to be saved", async () => {
    await open();
    expect(screen.getByRole("radio", { name: /As this computer is set up/ })).toBeChecked();
    expect(screen.getByTestId("network-save")).toBeDisabled();
    expect(screen.queryByTestId("proxy-host")).toBeNull();
  });

  it("is entered with its password, which leaves the form once it is saved", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("radio", { name: /Enter a proxy/ }));
    await fill(user, "proxy-host", "proxy.norvik.example");
    await fill(user, "proxy-port", "8080");
    expect(input("proxy-password")).toBeDisabled();
    await fill(user, "proxy-user", "ingrid");
    await fill(user, "proxy-password", "open sesame");
    await user.click(screen.getByTestId("network-save"));
    await waitFor(() => expect(fake.state.network.proxy.host).toBe("proxy.norvik.example"));
    expect(fake.callsOf("network_save")).toEqual([
      {
        proxy: {
          mode: "manual",
          host: "proxy.norvik.example",
          port: 8080,
          userName: "ingrid",
          exceptions: "",
        },
        password: "open sesame",
      },
    ]);
    await waitFor(() => expect(screen.getByTestId("network-save")).toBeDisabled());
    expect(input("proxy-password")).toHaveValue("");
    expect(await screen.findByText("A password is kept in this system's keychain.")).toBeVisible();
  });

  it("says before saving what is missing", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("radio", { name: /Enter a proxy/ }));
    await user.click(screen.getByTestId("network-save"));
    expect(await screen.findByText(/Enter the name of the proxy/)).toBeVisible();
    expect(screen.getByText(/Enter the port/)).toBeVisible();
    expect(fake.callsOf("network_save")).toHaveLength(0);
  });

  it("shows at its field what the core has against it", async () => {
    const { user } = await open();
    await user.click(screen.getByRole("radio", { name: /Enter a proxy/ }));
    await fill(user, "proxy-host", "a/b");
    await user.type(input("proxy-port"), "80{Enter}");
    expect(await screen.findByText("This is not the name of a proxy.")).toBeVisible();
    expect(screen.queryByTestId("problem")).toBeNull();
  });

  it("keeps what was entered where it could not be saved", async () => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("network_save", { code: "storage", message: "The disk is full.", retryable: true });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /No proxy/ }));
    await user.click(screen.getByTestId("network-save"));
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    expect(screen.getByRole("radio", { name: /No proxy/ })).toBeChecked();
    await user.click(screen.getByTestId("network-revert"));
    expect(screen.getByRole("radio", { name: /As this computer is set up/ })).toBeChecked();
  });

  it("says that a kept password is for that proxy alone, and forgets it on demand", async () => {
    const kept = network();
    kept.proxy = { ...kept.proxy, mode: "manual", host: "proxy", port: 8080, userName: "ingrid" };
    kept.password = "keyring";
    const { fake, user } = await open(new FakePlatform({ cases: [], network: kept }));
    await fill(user, "proxy-host", "2");
    expect(screen.getByText(/the password has to be entered again/)).toBeVisible();
    await user.click(screen.getByTestId("network-revert"));
    await user.click(screen.getByTestId("proxy-forget"));
    await user.click(screen.getByTestId("network-save"));
    await waitFor(() => expect(fake.state.network.password).toBe("none"));
    expect(fake.callsOf("network_save")[0]?.password).toBe("");
  });
});

describe("the test of the connection", () => {
  it("tries what is entered, saved or not, and saves nothing", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByRole("radio", { name: /No proxy/ }));
    await user.click(screen.getByTestId("network-test"));
    expect(await screen.findByText("The connection works")).toBeVisible();
    expect(fake.callsOf("network_test")[0]?.proxy.mode).toBe("none");
    expect(fake.callsOf("network_save")).toHaveLength(0);
    expect(screen.getByText(/It is not saved yet/)).toBeVisible();
    const way = screen.getByTestId("way-support");
    expect(way).toHaveTextContent("AWS Support: reached");
    expect(way).toHaveTextContent("support.us-east-1.amazonaws.com");
  });

  it("says where it fails, why, and what to do, and that the rest was not tried", async () => {
    const found = networkTest(NOW, PROXY, { hop: "proxy-pass", problem: WANTS_NTLM });
    const { user } = await open(new FakePlatform({ cases: [], networkTest: found }));
    await user.click(screen.getByTestId("network-test"));
    const result = await screen.findByTestId("network-test-result");
    expect(within(result).getAllByText("A proxy is in the way")).toHaveLength(1);
    expect(result).toHaveTextContent("Negotiate or NTLM, which ECO Desk cannot do");
    const steps = within(screen.getByTestId("way-support")).getAllByRole("listitem");
    expect(steps.map((step) => step.textContent)).toEqual([
      expect.stringContaining("Find the way"),
      expect.stringContaining("Look up the proxy's name"),
      expect.stringContaining("Reach the proxy"),
      expect.stringMatching(/Get through the proxy.*Here it fails/),
      expect.stringMatching(/Encrypt the connection.*Not tried/),
      expect.stringMatching(/Get an answer from AWS.*Not tried/),
      expect.stringMatching(/Compare the clocks.*Not tried/),
    ]);
  });

  it("names each part of a company sign-in by what it is for", async () => {
    const found = networkTest(NOW);
    const [support] = found.probes;
    if (!support) throw new Error("no probe");
    const oidc = "oidc.eu-west-1.amazonaws.com";
    const portal = "portal.sso.eu-west-1.amazonaws.com";
    found.probes.push(
      { ...support, service: "identity-center", host: oidc },
      { ...support, service: "identity-center-portal", host: portal },
    );
    const { user } = await open(new FakePlatform({ cases: [], networkTest: found }));
    await user.click(screen.getByTestId("network-test"));
    const signIn = await screen.findByTestId("way-identity-center");
    expect(signIn).toHaveTextContent("IAM Identity Center: reached");
    expect(signIn).toHaveTextContent(`For signing in · ${oidc}`);
    const accounts = screen.getByTestId("way-identity-center-portal");
    expect(accounts).toHaveTextContent("IAM Identity Center portal: reached");
    expect(accounts).toHaveTextContent(
      `For the accounts and roles that your sign-in gives you · ${portal}`,
    );
  });

  it("shows which standby answers where the main address does not", async () => {
    const message = "AWS gives no answer. Meanwhile ECO Desk uses support.eu-west-1.amazonaws.com.";
    const problem: Problem = { ...WANTS_NTLM, code: "network", message };
    const [main] = networkTest(NOW, null, { hop: "answer", problem }).probes;
    const [well] = networkTest(NOW).probes;
    if (!main || !well) throw new Error("no probe");
    const host = "support.eu-west-1.amazonaws.com";
    const found = {
      at: NOW,
      probes: [main, { ...well, service: "support-standby" as const, host }],
    };
    const { user } = await open(new FakePlatform({ cases: [], networkTest: found }));
    await user.click(screen.getByTestId("network-test"));
    const result = await screen.findByTestId("network-test-result");
    expect(result).toHaveTextContent(message);
    const standby = screen.getByTestId("way-support-standby");
    expect(standby).toHaveTextContent("AWS Support, standby: reached");
    expect(standby).toHaveTextContent(host);
  });

  it("is gone once something else is entered", async () => {
    const { user } = await open();
    await user.click(screen.getByTestId("network-test"));
    await screen.findByTestId("network-test-result");
    await user.click(screen.getByRole("radio", { name: /No proxy/ }));
    expect(screen.queryByTestId("network-test-result")).toBeNull();
  });

  it("does not keep the proxy from being saved, and what it finds then is void", async () => {
    const fake = new FakePlatform({ cases: [] });
    const answer = fake.delay("network_test");
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /No proxy/ }));
    await user.click(screen.getByTestId("network-test"));
    expect(await screen.findByText(/Going the way to AWS/)).toBeVisible();
    await user.click(screen.getByTestId("network-save"));
    await waitFor(() => expect(fake.state.network.proxy.mode).toBe("none"));
    await waitFor(() => expect(screen.queryByText(/Going the way to AWS/)).toBeNull());
    await act(async () => answer());
    expect(screen.queryByTestId("network-test-result")).toBeNull();
    await user.click(screen.getByTestId("network-test"));
    expect(await screen.findByText("The connection works")).toBeVisible();
  });

  it("says nothing once something else is entered, neither what it found nor what kept it", async () => {
    const fake = new FakePlatform({ cases: [] });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /Enter a proxy/ }));
    await fill(user, "proxy-host", "proxy");
    await fill(user, "proxy-port", "8080");
    await fill(user, "proxy-user", "ingrid");
    const works = fake.delay("network_test");
    await user.click(screen.getByTestId("network-test"));
    await fill(user, "proxy-port", "1");
    await act(async () => works());
    expect(screen.queryByTestId("network-test-result")).toBeNull();

    fake.fail("network_test", { code: "storage", message: "The disk is full.", retryable: true });
    const fails = fake.delay("network_test");
    await user.click(screen.getByTestId("network-test"));
    await fill(user, "proxy-password", "open sesame");
    await act(async () => fails());
    expect(screen.queryByTestId("problem")).toBeNull();
    expect(screen.queryByText(/Going the way to AWS/)).toBeNull();
  });

  it("that is run again tells of the later one alone", async () => {
    const fake = new FakePlatform({ cases: [] });
    const first = fake.delay("network_test");
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /No proxy/ }));
    await user.click(screen.getByTestId("network-test"));
    await user.click(screen.getByRole("radio", { name: /As this computer is set up/ }));
    fake.state.networkTest = networkTest(NOW, PROXY, { hop: "proxy-pass", problem: WANTS_NTLM });
    const second = fake.delay("network_test");
    await user.click(screen.getByTestId("network-test"));
    await act(async () => second());
    expect(await screen.findByText("A proxy is in the way")).toBeVisible();
    await act(async () => first());
    expect(screen.queryByText("The connection works")).toBeNull();
    expect(screen.getByText("A proxy is in the way")).toBeVisible();
  });

  it.each(["shown", "under way"])(
    "is void once a certificate is added or removed: %s",
    async (how) => {
      const fake = new FakePlatform({ cases: [] });
      const { user } = await open(fake);
      const changes = [
        () => user.click(screen.getByTestId("certificate-add")),
        () => user.click(screen.getByRole("button", { name: /Remove Norvik Root CA G2/ })),
      ];
      for (const [done, change] of changes.entries()) {
        const answer = fake.delay("network_test");
        await user.click(screen.getByTestId("network-test"));
        if (how === "shown") {
          await act(async () => answer());
          await screen.findByTestId("network-test-result");
        }
        await change();
        await waitFor(() => expect(fake.state.network.certificates).toHaveLength(1 - done));
        await act(async () => answer());
        await waitFor(() => expect(screen.queryByTestId("network-test-result")).toBeNull());
        expect(screen.queryByText(/Going the way to AWS/)).toBeNull();
      }
    },
  );

  it("leaves what is typed while the proxy is saved", async () => {
    const fake = new FakePlatform({ cases: [] });
    const { user } = await open(fake);
    await user.click(screen.getByRole("radio", { name: /Enter a proxy/ }));
    await fill(user, "proxy-host", "proxy");
    await fill(user, "proxy-port", "80");
    const saved = fake.delay("network_save");
    await user.click(screen.getByTestId("network-save"));
    await fill(user, "proxy-port", "80");
    await act(async () => saved());
    expect(input("proxy-port")).toHaveValue("8080");
    expect(screen.getByText(/Not saved yet/)).toBeVisible();
  });

  it("is not offered in the demo, where nothing leaves the computer", async () => {
    await open(new FakePlatform({ cases: [], network: { ...network(), inUse: false } }));
    expect(screen.getByTestId("network-test")).toBeDisabled();
    expect(screen.getByTestId("network-unused")).toBeVisible();
  });
});

describe("extra certificates", () => {
  it("are added by the system's dialog, listed and removed", async () => {
    const { fake, user } = await open();
    expect(screen.getByTestId("certificates-empty")).toBeVisible();
    await user.click(screen.getByTestId("certificate-add"));
    const row = await screen.findByRole("row", { name: /Norvik Root CA G2/ });
    expect(row).toHaveTextContent("itself (a root)");
    await user.click(screen.getByRole("button", { name: /Remove Norvik Root CA G2/ }));
    await waitFor(() => expect(fake.state.network.certificates).toEqual([]));
    expect(await screen.findByTestId("certificates-empty")).toBeVisible();
  });

  it("are added from a test that misses one, and the test is run again", async () => {
    const problem: Problem = {
      code: "certificate",
      message: "Its certificate was issued by “Norvik Root CA G2”.",
      retryable: false,
    };
    const fake = new FakePlatform({
      cases: [],
      networkTest: networkTest(NOW, null, { hop: "encryption", problem }),
    });
    const { user } = await open(fake);
    await user.click(screen.getByTestId("network-test"));
    const add = await screen.findByTestId("certificate-add-now");
    fake.state.networkTest = null;
    await user.click(add);
    expect(await screen.findByText("The connection works")).toBeVisible();
    expect(screen.getByRole("row", { name: /Norvik Root CA G2/ })).toBeVisible();
  });

  it("say what is wrong with a file also where those before it end the test", async () => {
    const problem: Problem = { code: "certificate", message: "Unknown.", retryable: false };
    const fake = new FakePlatform({
      cases: [],
      networkTest: networkTest(NOW, null, { hop: "encryption", problem }),
    });
    fake.fail("network_add_certificates", {
      code: "invalid-input",
      field: "certificate",
      message: "There is no certificate in “photo.jpg”.",
      retryable: false,
    });
    const { user } = await open(fake);
    await user.click(screen.getByTestId("network-test"));
    await user.click(await screen.findByTestId("certificate-add-now"));
    fake.state.network.certificates = [certificate(NOW)];
    await act(async () => fake.changed({ what: "settings" }));
    await waitFor(() => expect(screen.queryByTestId("network-test-result")).toBeNull());
    expect(screen.getByTestId("problem")).toHaveTextContent("A certificate was not added");
    expect(screen.getByTestId("problem")).toHaveTextContent("photo.jpg");
  });

  it("say what is wrong with a file", async () => {
    const fake = new FakePlatform({ cases: [] });
    fake.fail("network_add_certificates", {
      code: "invalid-input",
      field: "certificate",
      message: "There is no certificate in “photo.jpg”.",
      retryable: false,
    });
    const { user } = await open(fake);
    await user.click(screen.getByTestId("certificate-add"));
    expect(await screen.findByText(/There is no certificate in/)).toHaveTextContent(
      "There is no certificate in “photo.jpg”.",
    );
  });

  it("that have run out are marked", async () => {
    const old = { ...certificate(NOW), expiresAt: NOW - 86_400_000 };
    const certificates = { ...network(), certificates: [old] };
    await open(new FakePlatform({ cases: [], network: certificates }));
    expect(screen.getByText(/^Ran out on/)).toBeVisible();
  });

  it("have a fingerprint that can be compared", () => {
    expect(fingerprint("00ffa1")).toBe("00:FF:A1");
  });
});
