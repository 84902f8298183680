import { describe, expect, it } from "vitest";
import { firstTokens } from "./first-tokens";

const THEME = `
@layer theme {
  body {
    --white:#fff;
    --black:#000;
    --paper:var(--white);
    --unused:red;
  }
  @media not print {
    .awsui-dark-mode:not(#\\9) {
      --paper:var(--black);
    }
  }
}`;

describe("the first tokens", () => {
  it("are those that are named, with what these name, in light and dark", () => {
    expect(firstTokens(THEME, ["--paper"])).toBe(
      "@layer eco-first-tokens{body{--paper:var(--white);--white:#fff;--black:#000;}" +
        ".awsui-dark-mode{--paper:var(--black);}}",
    );
  });

  it("fail the build where the components have one no more", () => {
    expect(() => firstTokens(THEME, ["--gone"])).toThrow("--gone");
    expect(() => firstTokens("body {", ["--paper"])).toThrow("awsui-dark-mode");
  });
});
