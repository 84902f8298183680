// The network's settings and what a test of it finds, for the fake platform.
import type {
  CaCertificate,
  Hop,
  HopResult,
  NetworkSettings,
  NetworkTest,
  Problem,
  ServiceProbe,
} from "./contract";

const YEAR = 365 * 86_400_000;

export function certificate(
  now: number,
  subject = "Norvik Root CA G2 (Norvik Energi AS)",
): CaCertificate {
  return {
    id: "5fe24b0b3a1d4e1c9a7c0d54a3b2c1d05fe24b0b3a1d4e1c9a7c0d54a3b2c1d0",
    subject,
    issuer: subject,
    expiresAt: now + 6 * YEAR,
  };
}

export function network(): NetworkSettings {
  return {
    proxy: { mode: "system", host: "", port: 0, userName: "", exceptions: "" },
    password: "none",
    certificates: [],
    inUse: true,
  };
}

export const PROXY = "proxy.norvik.example:8080";

export const WANTS_NTLM: Problem = {
  code: "proxy",
  message: `The proxy ${PROXY} wants a sign-in with Negotiate or NTLM, which ECO Desk cannot do. Ask your IT department for one of these: let this computer through to support.us-east-1.amazonaws.com without a sign-in, name a proxy that takes a user name and password (Basic), or install a local proxy helper that signs in for programs.`,
  retryable: true,
};

const DIRECT: Hop[] = ["route", "host-name", "host-connection", "encryption", "answer", "clock"];
const PROXIED: Hop[] = [
  "route",
  "proxy-name",
  "proxy-connection",
  "proxy-pass",
  "encryption",
  "answer",
  "clock",
];

const DETAILS: Record<Hop, string> = {
  route: "No proxy: this computer's settings name none",
  "proxy-name": "10.20.0.4",
  "proxy-connection": "connected to 10.20.0.4:8080",
  "proxy-pass": "It lets us through to support.us-east-1.amazonaws.com:443",
  "host-name": "52.119.198.12 and 3 more",
  "host-connection": "connected to 52.119.198.12:443",
  encryption: "TLS 1.3; certificate issued by “Amazon RSA 2048 M01 (Amazon)”",
  answer: "AWS answers",
  clock: "right",
};

/** A test of the way to AWS Support and STS; with `failed`, both fail there. */
export function networkTest(
  now: number,
  proxy: string | null = null,
  failed: { hop: Hop; problem: Problem } | null = null,
): NetworkTest {
  const path = proxy ? PROXIED : DIRECT;
  const at = failed ? path.indexOf(failed.hop) : path.length;
  const result = (hop: Hop, index: number): HopResult => {
    if (failed && index === at) {
      return { hop, outcome: { state: "failed", problem: failed.problem } };
    }
    if (index > at) return { hop, outcome: { state: "not-reached" } };
    const detail = hop === "route" && proxy ? `Proxy ${proxy}, as entered here` : DETAILS[hop];
    return { hop, outcome: { state: "passed", detail } };
  };
  const support = "support.us-east-1.amazonaws.com";
  const probe = (service: ServiceProbe["service"], host: string): ServiceProbe => ({
    service,
    host,
    proxy,
    hops: path.map(result),
    problem: failed
      ? { ...failed.problem, message: failed.problem.message.replaceAll(support, host) }
      : null,
  });
  return {
    at: now,
    probes: [probe("support", support), probe("sts", "sts.us-east-1.amazonaws.com")],
  };
}
