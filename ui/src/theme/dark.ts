// Whether the page is light or dark: the user's choice, or the system's where that is the choice.
import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import type { Appearance } from "../platform/contract";

/** The system's wish. */
export const systemDark = () => window.matchMedia("(prefers-color-scheme: dark)");

/** Shows the page in it, as the system is now. */
export function showTheme(appearance: Appearance): void {
  const dark = appearance === "dark" || (appearance === "system" && systemDark().matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  applyDensity(Density.Compact);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
}
