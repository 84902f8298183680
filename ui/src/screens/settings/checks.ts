// What a typed setting has to look like.
import { grouped, lengthOf } from "../../format/size";
import type { Field, ProxySettings } from "../../platform/contract";
import { LIMITS } from "../../platform/rules";

export function checkPollSeconds(text: string): string | null {
  const seconds = Number(text);
  const { leastPollSeconds: least, mostPollSeconds: most } = LIMITS;
  if (/^\d+$/.test(text) && seconds >= least && seconds <= most) return null;
  return `Enter a whole number from ${least} to ${grouped(most)}.`;
}

export function checkName(text: string, taken: readonly string[]): string | null {
  if (text.trim() === "") return "Enter a name.";
  if (lengthOf(text.trim()) > LIMITS.accountName)
    return `Enter at most ${LIMITS.accountName} characters.`;
  if (taken.includes(text.trim())) return "Another account has this name.";
  return null;
}

/** A proxy as it is typed: the port may still be anything. */
export type ProxyEntry = Omit<ProxySettings, "port"> & { port: string };
export type ProxyField = Extract<Field, "host" | "port" | "userName" | "exceptions">;

/** What is plainly wrong with a proxy that is entered by hand; the core checks the rest. */
export function checkProxy(entry: ProxyEntry): Partial<Record<ProxyField, string>> {
  if (entry.mode !== "manual") return {};
  const host = entry.host.trim();
  const port = entry.port.trim();
  const found: Partial<Record<ProxyField, string>> = {};
  if (host === "") found.host = "Enter the name of the proxy, such as proxy.example.com.";
  // "proxy.example.com:8080" or "[2001:db8::1]:8080", as people paste it, brings its port along.
  const hasPort = /^([^:]+|\[[\da-f:.]+\]):\d+\/?$/i.test(host.replace(/^http:\/\//, ""));
  if (port === "" && !hasPort) found.port = "Enter the port, such as 8080.";
  else if (port !== "" && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    found.port = "Enter a number from 1 to 65535.";
  return found;
}
