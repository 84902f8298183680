// Which columns are shown and how dense. A matter of taste on this computer, so the web view keeps it.
import type { CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";

export const STORED_AS = "eco-desk.incidents.columns";

export type Preferences = Required<
  Pick<CollectionPreferencesProps.Preferences, "contentDensity" | "contentDisplay">
>;

export const COLUMNS = [
  { id: "number", label: "Number", alwaysVisible: true },
  { id: "subject", label: "Subject, account", alwaysVisible: true },
  { id: "priority", label: "Priority, response" },
  { id: "status", label: "Status, waiting for" },
  { id: "updated", label: "Updated" },
  { id: "created", label: "Created" },
] as const;

const START: Preferences = {
  contentDensity: "compact",
  contentDisplay: COLUMNS.map(({ id }) => ({ id, visible: id !== "created" })),
};

/** As they were left. */
export function storedPreferences(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED_AS) ?? "{}") as Partial<Preferences>;
    const known = kept.contentDisplay?.length === COLUMNS.length;
    return {
      contentDensity: kept.contentDensity === "comfortable" ? "comfortable" : "compact",
      contentDisplay: known && kept.contentDisplay ? kept.contentDisplay : START.contentDisplay,
    };
  } catch {
    return START;
  }
}
