// Which addresses in a message may be opened at all.
const OPENABLE = new Set(["http:", "https:", "mailto:"]);
// A user name before the host passes itself off as the host: https://aws.amazon.com@evil.example
const USER = /^[a-z]+:[/\\]*[^/\\?#]*@/i;
// Characters that are not seen or turn the direction of writing around.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** The address in its normal form if it is of a kind that may be opened and does not hide where it leads, else `null`. */
export function openable(address: string): string | null {
  try {
    const url = new URL(address);
    if (!OPENABLE.has(url.protocol) || UNSEEN.test(address)) return null;
    return url.protocol !== "mailto:" && USER.test(address) ? null : url.href;
  } catch {
    return null;
  }
}
