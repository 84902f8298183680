import { describe, expect, it } from "vitest";
import { keyPairIn, portalAddress } from "./pasted";

const id = "AKIAIOSFODNN7EXAMPLE";
const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

describe("an access key that is pasted", () => {
  it.each([
    ["the console's CSV", `Access key ID,Secret access key\r\n${id},${secret}\r\n`],
    ["an older CSV", `User name,Password,Access key ID,Secret access key\njane,,${id},${secret}`],
    ["a credentials file", `[x]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`],
    ["a shell", `export AWS_ACCESS_KEY_ID="${id}"\nexport AWS_SECRET_ACCESS_KEY="${secret}"`],
    ["side by side", `${id} ${secret}`],
    ["two lines", `${id}\n${secret}\n`],
    ["with a comma", `${id},${secret}`],
    ["PowerShell", `$Env:AWS_ACCESS_KEY_ID="${id}"\r\n$Env:AWS_SECRET_ACCESS_KEY="${secret}"`],
    ["Windows' command line", `SET AWS_ACCESS_KEY_ID=${id}\r\nSET AWS_SECRET_ACCESS_KEY=${secret}`],
    ["JSON", `{"AccessKeyId": "${id}", "SecretAccessKey": "${secret}"}`],
  ])("as %s is found", (_, text) => {
    expect(keyPairIn(text)).toEqual({ id, secret, temporary: false });
  });

  it("that is a temporary one is known as such", () => {
    const session = "A".repeat(300);
    const text = `export AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\nexport AWS_SECRET_ACCESS_KEY=${secret}\nexport AWS_SESSION_TOKEN=${session}`;
    expect(keyPairIn(text)).toEqual({ id: "ASIAIOSFODNN7EXAMPLE", secret, temporary: true });
  });

  it.each([
    ["the id alone", id],
    ["the secret alone", secret],
    ["a longer secret", `${id} ${secret}A`],
    ["nothing", ""],
  ])("is not seen in %s", (_, text) => {
    expect(keyPairIn(text)).toBeNull();
  });
});

it.each([
  ["norvik.awsapps.com/start", "https://norvik.awsapps.com/start"],
  [" https://norvik.awsapps.com/start/#/ ", "https://norvik.awsapps.com/start"],
  ["norvik.awsapps.com", "https://norvik.awsapps.com/start"],
  ["https://ssoins-1.portal.eu-west-1.app.aws", "https://ssoins-1.portal.eu-west-1.app.aws"],
  ["http://norvik.awsapps.com/start", "http://norvik.awsapps.com/start"],
  ["", ""],
])("takes %j as the portal address %j", (typed, address) => {
  expect(portalAddress(typed)).toBe(address);
});
