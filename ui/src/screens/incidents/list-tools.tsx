// What stands over the list to work with it: the filter, the pages, the columns.
import CollectionPreferences, {
  type CollectionPreferencesProps,
} from "@cloudscape-design/components/collection-preferences";
import Pagination from "@cloudscape-design/components/pagination";
import { COLUMNS, type Preferences } from "./columns-kept";

export { IncidentFilter } from "./IncidentFilter";

interface PagesProps {
  /** From 1. */
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

export function ListPages({ page, pages, onPage }: PagesProps) {
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={pages}
      onChange={({ detail }) => onPage(detail.currentPageIndex)}
      ariaLabels={{
        nextPageLabel: "Next page",
        previousPageLabel: "Previous page",
        pageLabel: (number) => `Page ${number}`,
        paginationLabel: "Pages of the list",
      }}
    />
  );
}

interface PreferencesProps {
  preferences: Preferences;
  onChange: (change: CollectionPreferencesProps.Preferences) => void;
}

export function ListPreferences({ preferences, onChange }: PreferencesProps) {
  return (
    <CollectionPreferences
      title="Columns and density"
      confirmLabel="Apply"
      cancelLabel="Cancel"
      preferences={preferences}
      onConfirm={({ detail }) => onChange(detail)}
      contentDensityPreference={{
        label: "Compact",
        description: "Shows more incidents at once.",
      }}
      contentDisplayPreference={{ title: "Columns", options: COLUMNS }}
    />
  );
}
