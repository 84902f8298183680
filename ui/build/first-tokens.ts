// The values of the few design tokens that tokens.css and theme.css name, taken out of the components' theme at
// build time (module `virtual:first-tokens.css`). The whole theme has a thousand variables; a web view takes a tenth of a
// second for them, which the first sight of the list has not got.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const NAME = "virtual:first-tokens.css";

const THEME = new URL(
  "../node_modules/@cloudscape-design/components/internal/base-theme/styles.scoped.css",
  import.meta.url,
);
const OWN = ["tokens.css", "theme.css"].map(
  (name) => new URL(`../src/theme/${name}`, import.meta.url),
);

/** What a style sheet declares in the first block that `opening` begins. */
function block(css: string, opening: string): Map<string, string> {
  const start = css.indexOf(opening);
  if (start < 0) throw new Error(`the theme of the components has no block ${opening}`);
  const text = css.slice(start + opening.length, css.indexOf("}", start));
  const declared = [...text.matchAll(/(--[\w-]+):([^;]+);/g)];
  return new Map(declared.map(([, name = "", value = ""]) => [name, value.trim()]));
}

function named(css: string): string[] {
  return [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name = ""]) => name);
}

/** The values of `wanted` and of all that these name, in light and in dark. */
export function firstTokens(theme: string, wanted: readonly string[]): string {
  const light = block(theme, "body {");
  const dark = block(theme, ".awsui-dark-mode:not(#\\9) {");
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const value of [light.get(name), dark.get(name)]) named(value ?? "").forEach(need);
  };
  wanted.forEach(need);
  const missing = [...needed].filter((name) => !light.has(name));
  if (missing.length > 0) throw new Error(`the components have no token ${missing.join(", ")}`);
  const lines = (values: ReadonlyMap<string, string>) =>
    [...needed]
      .flatMap((name) => (values.has(name) ? [`${name}:${values.get(name)};`] : []))
      .join("");
  // Named after the components' own layer and thus weaker than it.
  return `@layer eco-first-tokens{body{${lines(light)}}.awsui-dark-mode{${lines(dark)}}}`;
}

export function firstTokensPlugin(): Plugin {
  return {
    name: "eco-first-tokens",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      for (const file of OWN) this.addWatchFile(fileURLToPath(file));
      const wanted = OWN.flatMap((file) => named(readFileSync(file, "utf8")));
      return firstTokens(readFileSync(THEME, "utf8"), wanted);
    },
  };
}
