// The window over the fake platform, for looking at it in a browser:
// index.html?theme=dark&scenario=empty#/outbox
import { open } from "../src/first-sight/open";
import type { Appearance } from "../src/platform/contract";
import { FakePlatform } from "../src/platform/fake";
import * as fixtures from "../src/platform/fixtures";
import {
  certificate,
  network,
  networkTest,
  PROXY,
  WANTS_NTLM,
} from "../src/platform/fixtures-network";
import { install } from "../src/platform/platform";
import { everyState } from "../src/screens/case/fixtures";

const parameters = new URLSearchParams(window.location.search);
const now = Date.now();

// The state of the list, as the screen keeps it: `&list={"selected":"case-2"}`.
const list = parameters.get("list");
if (list) sessionStorage.setItem("eco-desk.incidents", list);

function scenario(name: string): FakePlatform {
  const full = { drafts: fixtures.drafts(now), outbox: fixtures.outbox(now) };
  switch (name) {
    case "many": {
      // A full page of the list and more.
      const [row] = fixtures.cases(now);
      if (!row) throw new Error("the fixtures hold no case");
      return new FakePlatform({
        ...full,
        cases: Array.from({ length: 200 }, (_, at) => ({
          ...row,
          row: { ...row.row, key: `many-${at}`, displayId: String(17_000_000_000 + at) },
        })),
      });
    }
    case "empty":
      return new FakePlatform({ cases: [], accounts: fixtures.accounts(now).slice(0, 1) });
    case "demo":
      return new FakePlatform({ ...full, app: { ...fixtures.appState(), mode: "demo" } });
    case "connect":
      return new FakePlatform({ cases: [], accounts: [] });
    case "connect-key":
      return new FakePlatform({ cases: [], accounts: [], profiles: [], keychain: false });
    case "denied":
      return new FakePlatform({
        ...full,
        denied: ["AddAttachmentsToSet", "ResolveCase", "DescribeSupportedLanguages"],
      });
    case "session-key": {
      const fake = new FakePlatform(full);
      fake.connect({
        name: "Barents key",
        source: { kind: "access-key", accessKeyId: "AKIAIOSFODNN7EXAMPLE", sessionOnly: true },
        partition: "aws",
      });
      return fake;
    }
    case "network": {
      // A proxy that wants more than a password, and a certificate of the company's own.
      const settings = network();
      settings.proxy = {
        ...settings.proxy,
        mode: "manual",
        host: "proxy.norvik.example",
        port: 8080,
      };
      settings.certificates = [certificate(now)];
      const networkFound = networkTest(now, PROXY, { hop: "proxy-pass", problem: WANTS_NTLM });
      return new FakePlatform({ ...full, network: settings, networkTest: networkFound });
    }
    case "alarm":
      return new FakePlatform({
        ...full,
        outbox: [fixtures.unsentHighReport(now), ...full.outbox],
        sync: fixtures.accounts(now).map(({ id }) => ({
          account: id,
          running: false,
          syncedAt: now - 7 * 60_000,
          gap: null,
          problem: fixtures.NETWORK,
        })),
      });
    case "error": {
      const fake = new FakePlatform(full);
      fake.fail("case_list", {
        code: "storage",
        message: "The list could not be read from this computer's disk. Try again.",
        retryable: true,
      });
      return fake;
    }
    case "case":
    case "case-demo": {
      const fake = new FakePlatform(full);
      fake.state.cases.unshift(...everyState(now));
      if (name === "case-demo") {
        fake.state.app.mode = "demo";
        for (const known of fake.state.cases) known.detail = { ...known.detail, consoleUrl: null };
      }
      return fake;
    }
    case "loading": {
      const fake = new FakePlatform(full);
      fake.hang("case_list");
      return fake;
    }
    default:
      return new FakePlatform(full);
  }
}

const fake = scenario(parameters.get("scenario") ?? "");
fake.state.settings.appearance = (parameters.get("theme") ?? "light") as Appearance;
install(fake);
Object.assign(window, { fake });
void open();
