// What a typed setting has to look like.
import { grouped } from "../../format/size";
import type { ProxySettings } from "../../platform/contract";

/** Bounds of the core for the time between two polls. */
export const POLL_SECONDS = { least: 15, most: 3600 } as const;

export function checkPollSeconds(text: string): string | null {
  const seconds = Number(text);
  const { least, most } = POLL_SECONDS;
  if (/^\d+$/.test(text) && seconds >= least && seconds <= most) return null;
  return `Enter a whole number from ${least} to ${grouped(most)}.`;
}

export function checkCategory(text: string): string | null {
  if (/^[a-z0-9-]*$/.test(text)) return null;
  return "A category code has small letters, digits and hyphens only. Leave it empty to find it by name.";
}

export function checkName(text: string, taken: readonly string[]): string | null {
  if (text.trim() === "") return "Enter a name.";
  if (text.trim().length > 60) return "Use at most 60 characters.";
  if (taken.includes(text.trim())) return "Another account has this name.";
  return null;
}

/** A proxy as it is typed: the port may still be anything. */
export type ProxyEntry = Omit<ProxySettings, "port"> & { port: string };
export type ProxyField = "host" | "port" | "userName" | "exceptions";

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
