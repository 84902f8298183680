// Light and dark as a setting: shown, and followed where the system decides.
import { useEffect } from "react";
import type { Appearance } from "../platform/contract";
import { showTheme, systemDark } from "./dark";

export function useTheme(appearance: Appearance): void {
  useEffect(() => {
    const system = systemDark();
    const apply = () => showTheme(appearance);
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [appearance]);
}
