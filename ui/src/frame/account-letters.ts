// The letter by which an account is known at a glance; where two would have the same, two letters.
import type { AccountId } from "../platform/contract";

const initial = (name: string) => firstOf(name.trim()) || "?";

function firstOf(text: string): string {
  return [...text].find((letter) => /[\p{L}\p{N}]/u.test(letter))?.toUpperCase() ?? "";
}

/** The words' first letters, else the name's first two, else its first and last. */
function pairs(name: string): string[] {
  const words = name.split(/[\s\-_./]+/).filter((word) => firstOf(word) !== "");
  const letters = [...name].filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  const first = initial(name);
  return [
    ...(words.length > 1 ? [first + firstOf(words.at(-1) ?? "")] : []),
    ...letters.slice(1).map((letter) => first + letter.toUpperCase()),
  ];
}

/** The letters of each account. */
export function accountLetters(
  accounts: readonly { id: AccountId; name: string }[],
): ReadonlyMap<AccountId, string> {
  const taken = new Set<string>();
  const found = new Map<AccountId, string>();
  for (const { id, name } of accounts) {
    const first = initial(name);
    const alone = accounts.every((other) => other.id === id || initial(other.name) !== first);
    const letters = alone ? first : (pairs(name).find((pair) => !taken.has(pair)) ?? first);
    taken.add(letters);
    found.set(id, letters);
  }
  return found;
}
