// Finds an access key in what people paste: the console's CSV, lines of the credentials file, exports
// of a shell, or the two side by side.

export interface KeyPair {
  id: string;
  secret: string;
  /** Ends within hours, and needs a session token besides: no key to connect an account with. */
  temporary: boolean;
}

/** A long-term key's id begins with AKIA, a temporary one's with ASIA; a secret has 40 signs of base64. */
export function keyPairIn(text: string): KeyPair | null {
  const id = /(?<![A-Z0-9])A[KS]IA[A-Z0-9]{12,124}(?![A-Z0-9])/.exec(text)?.[0];
  if (id === undefined) return null;
  const secret = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/.exec(
    text.replaceAll(id, " "),
  )?.[0];
  return secret === undefined ? null : { id, secret, temporary: id.startsWith("ASIA") };
}
