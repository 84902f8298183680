// Additional contacts as they are typed and pasted. What is an address, the core says; here they are put together.
import { asProblem, call } from "../platform/platform";
import { LIMITS } from "../platform/rules";

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

/** What became of typed text: the addresses to add, the text that could not be taken, and why. */
export interface Added {
  addresses: string[];
  rest: string;
  trouble: string | null;
}

/** Reads the addresses in `typed` that can be added to `contacts`. */
export async function addContacts(contacts: readonly string[], typed: string): Promise<Added> {
  let read: { addresses: string[]; rest: string[] };
  try {
    read = await call("contacts_read", { text: typed });
  } catch (thrown) {
    return { addresses: [], rest: typed, trouble: asProblem(thrown).message };
  }
  const [wrong] = read.rest;
  let trouble =
    wrong === undefined
      ? null
      : `“${wrong}” is not an e-mail address. It should look like name@company.example.`;
  // Only said where nothing is left to be done about the others.
  let known: string | null = null;
  const addresses: string[] = [];
  const left = [...read.rest];
  for (const address of read.addresses) {
    if (isAmong(contacts, address)) {
      known ??= `${address} is already among the additional contacts.`;
    } else if (contacts.length + addresses.length >= LIMITS.contacts) {
      trouble ??= `A case takes ${LIMITS.contacts} additional contacts. Remove one to add another.`;
      left.push(address);
    } else {
      addresses.push(address);
    }
  }
  return { addresses, rest: left.join(", "), trouble: trouble ?? known };
}
