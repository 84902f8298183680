// What is found in what people paste: an access key in the console's CSV, in lines of the credentials file, in exports
// of a shell or two side by side; a Region in the address of a portal.

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

/** The address of a portal as AWS knows it: people leave out `https://`, and copy what the portal adds behind a `#`. */
export function portalAddress(typed: string): string {
  const text = typed.trim().replace(/#.*$/, "").replace(/\/+$/, "");
  if (text === "") return "";
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  // The portal itself stands at /start; its bare host only leads there.
  return /^https:\/\/[^/]+\.awsapps\.com$/i.test(whole) ? `${whole}/start` : whole;
}

/** The Region that a portal's newer address names itself: https://ssoins-1.portal.eu-west-1.app.aws. */
export function regionIn(startUrl: string): string | null {
  const named = /\.portal\.([a-z]{2}(?:-[a-z]+)+-\d)\.app\.aws/.exec(startUrl)?.[1];
  return named ?? null;
}
