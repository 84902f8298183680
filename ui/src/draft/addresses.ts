// Additional contacts as they are typed and pasted: split, checked one by one, never silently dropped.
import { MAX_CONTACTS } from "./limits";

/** A local part, one @, and a domain of at least two labels; nothing that a mail header could stumble over. */
const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/;

export function isAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text) && !text.includes("..") && !/^\.|\.@/.test(text);
}

/**
 * The parts of typed or pasted text that mean to be addresses, parted by commas, semicolons, spaces or lines. Words
 * without any address among them stay together, so that they can be shown as they were entered.
 */
export function addressesIn(typed: string): string[] {
  // "Jane Doe <jane@example.com>", as mail programs copy it: the address counts.
  const bare = typed.replace(/[^,;<>]*<([^<>]*)>/g, "$1");
  return bare
    .split(/[,;\r\n]+/)
    .flatMap((part) => (part.includes("@") ? part.split(/\s+/) : [part.trim()]))
    .filter((part) => part !== "");
}

/** Whether the address is among them, whatever its case. */
export function isAmong(addresses: readonly string[], address: string): boolean {
  return addresses.some((known) => known.toLowerCase() === address.toLowerCase());
}

/** Both lists, each address once, at most `limit`. */
export function mergeContacts(
  first: readonly string[],
  second: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): string[] {
  const merged = [...first];
  for (const address of second) {
    if (merged.length < limit && !isAmong(merged, address)) merged.push(address);
  }
  return merged;
}

/** What became of typed text: the new list, the text that could not be taken, and why. */
export interface Added {
  contacts: string[];
  rest: string;
  trouble: string | null;
}

/** Adds every address in `typed` to `contacts`. */
export function addContacts(contacts: readonly string[], typed: string): Added {
  const list = [...contacts];
  const rest: string[] = [];
  let trouble: string | null = null;
  for (const address of addressesIn(typed)) {
    if (!isAddress(address)) {
      trouble ??= `“${address}” is not an e-mail address. It should look like name@company.example.`;
      rest.push(address);
    } else if (isAmong(list, address)) {
      trouble ??= `${address} is already among the additional contacts.`;
    } else if (list.length >= MAX_CONTACTS) {
      trouble ??= `A case takes ${MAX_CONTACTS} additional contacts. Remove one to add another.`;
      rest.push(address);
    } else {
      list.push(address);
    }
  }
  return { contacts: list, rest: rest.join(" "), trouble };
}
