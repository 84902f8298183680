// Additional contacts as they are typed and pasted: split, checked one by one, never silently dropped.

/** The most addresses that a case takes (CreateCase, ccEmailAddresses). */
export const MAX_CONTACTS = 10;

/** A local part, one @, and a domain of at least two labels; nothing that a mail header could stumble over. */
const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/;

export function isAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text) && !text.includes("..") && !/^\.|\.@/.test(text);
}

/** What became of typed text: the new list, the text that could not be taken, and why. */
export interface Added {
  contacts: string[];
  rest: string;
  trouble: string | null;
}

/** Adds every address in `typed`, parted by commas, semicolons, spaces or lines, to `contacts`. */
export function addContacts(contacts: readonly string[], typed: string): Added {
  const list = [...contacts];
  const rest: string[] = [];
  let trouble: string | null = null;
  // "Jane Doe <jane@example.com>", as mail programs copy it: the address counts.
  const bare = typed.replace(/[^,;<>]*<([^<>]*)>/g, "$1");
  for (const address of bare.split(/[\s,;]+/).filter((part) => part !== "")) {
    if (!isAddress(address)) {
      trouble ??= `“${address}” is not an e-mail address. It should look like name@company.example.`;
      rest.push(address);
    } else if (list.some((known) => known.toLowerCase() === address.toLowerCase())) {
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
