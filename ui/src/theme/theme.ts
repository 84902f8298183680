// Light and dark: the user's choice, or the system's where that is the choice.
import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { useEffect } from "react";
import type { Appearance } from "../platform/contract";

const DARK = "(prefers-color-scheme: dark)";

export function useTheme(appearance: Appearance): void {
  useEffect(() => {
    const system = window.matchMedia(DARK);
    const apply = () => {
      const dark = appearance === "dark" || (appearance === "system" && system.matches);
      applyMode(dark ? Mode.Dark : Mode.Light);
      document.documentElement.style.colorScheme = dark ? "dark" : "light";
    };
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [appearance]);
}
