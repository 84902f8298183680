// The choice of columns and density, and a change of it.
import type { CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";
import { useState } from "react";
import { type Preferences, STORED_AS, storedPreferences } from "./columns-kept";

export function usePreferences(): [
  Preferences,
  (change: CollectionPreferencesProps.Preferences) => void,
] {
  const [preferences, setPreferences] = useState(storedPreferences);
  return [
    preferences,
    (change) => {
      const next: Preferences = {
        contentDensity: change.contentDensity ?? preferences.contentDensity,
        contentDisplay: change.contentDisplay ?? preferences.contentDisplay,
      };
      setPreferences(next);
      try {
        localStorage.setItem(STORED_AS, JSON.stringify(next));
      } catch {
        // Then the choice lasts until the window closes.
      }
    },
  ];
}
