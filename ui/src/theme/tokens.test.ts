import { describe, expect, it } from "vitest";

const css = import.meta.glob<string>("../**/*.css", {
  query: "?raw",
  import: "default",
  eager: true,
});
const tokens = Object.values(
  import.meta.glob<string>(
    "/node_modules/@cloudscape-design/components/internal/generated/styles/tokens.js",
    { query: "?raw", import: "default", eager: true },
  ),
).join("");
const own = css["./tokens.css"] ?? "";
const defined = new Set([...own.matchAll(/^\s*(--eco-[a-z0-9-]+):/gm)].map(([, name]) => name));

/** Those that are no token: sizes that a file gives itself. */
const LOCAL = /^--eco-(?:[a-z-]+-)?(?:height|width|size|top)$/;

describe("own styles", () => {
  it("take every colour from a token that the installed components have", () => {
    const used = [...own.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(30);
    expect(tokens.length).toBeGreaterThan(10_000);
    expect(used.filter((name) => !tokens.includes(`var(${name},`))).toEqual([]);
  });

  it("use only variables that exist", () => {
    const unknown = Object.entries(css).flatMap(([file, text]) =>
      [...text.matchAll(/var\((--[a-z0-9-]+)/g)]
        .map(([, name]) => name ?? "")
        .filter((name) => name.startsWith("--eco-") && !defined.has(name) && !LOCAL.test(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it("name no colour of their own, but for the mark and the avatars", () => {
    const literal = Object.entries(css).flatMap(([file, text]) =>
      text
        .split("}")
        .filter((rule) => !/\.eco-(?:logo|avatar)/.test(rule))
        .flatMap((rule) => rule.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi) ?? [])
        .map((colour) => `${file}: ${colour}`),
    );
    expect(literal).toEqual([]);
  });
});
