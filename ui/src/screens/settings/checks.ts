// What a typed setting has to look like.
import { isAddress } from "../../draft/addresses";
import { grouped } from "../../format/size";

/** Bounds of the core for the time between two polls. */
export const POLL_SECONDS = { least: 15, most: 3600 } as const;

export function checkEmail(text: string): string | null {
  if (text === "" || isAddress(text)) return null;
  return "Enter one e-mail address, such as name@company.example, or leave it empty.";
}

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
