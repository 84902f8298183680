import { readFileSync } from "node:fs";
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

describe("the program's own look", () => {
  it("sets only tokens that the installed components have", () => {
    const own = readFileSync("src/theme/theme.css", "utf8");
    const base = readFileSync(
      "node_modules/@cloudscape-design/components/internal/base-theme/styles.scoped.css",
      "utf8",
    );
    const set = [...own.matchAll(/^\s*(--[a-z0-9-]+):/gm)].map(([, name]) => name ?? "");
    const read = [...own.matchAll(/var\(\s*(--[a-z0-9-]+)/g)].map(([, name]) => name ?? "");
    expect(set.length).toBeGreaterThan(25);
    expect([...set, ...read].filter((name) => !base.includes(`${name}:`))).toEqual([]);
  });
});
