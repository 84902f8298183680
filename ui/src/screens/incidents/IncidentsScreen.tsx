// Home: every account's incidents, what is urgent at a glance.
import "./incidents.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { useLocation } from "wouter";
import { doSteps } from "../../first-sight/early";
import { useNow } from "../../format/useNow";
import { useAfterPaint, useFirstPaint } from "../../frame/after-paint";
import { useKeys } from "../../frame/keys";
import { paths } from "../../frame/paths";
import { useNarrow, useScreen } from "../../frame/screen";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseKey, CaseRow, CaseSort } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { columns, skeleton } from "./columns";
import { EmptyList } from "./EmptyList";
import { ListHeader } from "./ListHeader";
import { caseQuery, isNarrowed, NO_FILTER, PAGE_SIZE } from "./list-query";
import { useListState } from "./list-state";
import { usePreferences } from "./preferences";
import { rowId } from "./row-id";

/** What one can only use after having seen the list is a bundle of its own. */
const tools = () => import("./list-tools");
const IncidentFilter = lazy(async () => ({ default: (await tools()).IncidentFilter }));
const ListPages = lazy(async () => ({ default: (await tools()).ListPages }));
const ListPreferences = lazy(async () => ({ default: (await tools()).ListPreferences }));

/** As many rows as the window shows at first; the others follow behind the first paint. */
const FIRST_ROWS = 16;

function scrollTo(key: CaseKey): void {
  const row = document.getElementById(rowId(key))?.closest("tr");
  row?.scrollIntoView({ block: "nearest" });
}

export function IncidentsScreen() {
  const [, navigate] = useLocation();
  const [state, change] = useListState();
  const [preferences, setPreferences] = usePreferences();
  const filter = useRef<PropertyFilterProps.Ref>(null);
  const now = useNow();
  const narrow = useNarrow();
  const later = useAfterPaint();
  const accounts = useCommand("account_list", {});
  const list = useCommand("case_list", { query: caseQuery(state, now) }, { keepPrevious: true });

  const rows = useMemo(() => list.data?.rows ?? [], [list.data]);
  const counts = list.data?.counts;
  const matches = list.data?.matches;
  const none = counts?.total === 0;
  const narrowed = isNarrowed(state);
  const selected = rows.find(({ key }) => key === state.selected) ?? null;
  const pages = Math.max(1, Math.ceil((matches ?? 0) / PAGE_SIZE));

  // A page that exists no more, because the filter or the mirror changed under it.
  useEffect(() => {
    if (matches !== undefined && !list.isPlaceholderData && state.page > pages) {
      change({ page: pages });
    }
  }, [matches, list.isPlaceholderData, pages, state.page, change]);

  useScreen({ title: "Incidents" });
  useFirstPaint(!list.isPending);

  // What was chosen and pressed before this screen was there.
  const ready = !list.isPending;
  useEffect(() => {
    if (ready) void doSteps();
  }, [ready]);

  const definitions = useMemo(
    () => columns((key) => navigate(paths.case(key)), narrow),
    [navigate, narrow],
  );

  const move = (by: number) => {
    const at = rows.findIndex(({ key }) => key === state.selected);
    const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    change({ selected: next.key });
    requestAnimationFrame(() => scrollTo(next.key));
  };
  useKeys([
    ...(none
      ? []
      : [
          { key: "/", label: "Filter", run: () => filter.current?.focus() },
          { key: "j", label: "Move", run: () => move(1), repeats: true },
          { key: "k", label: "Move", run: () => move(-1), repeats: true },
        ]),
    ...(selected
      ? [
          { key: "Enter", label: "Open", run: () => navigate(paths.case(selected.key)) },
          ...(selected.presence === "not-yet-sent"
            ? []
            : [{ key: "r", label: "Reply", run: () => navigate(paths.reply(selected.key)) }]),
          { key: "Escape", run: () => change({ selected: null }) },
        ]
      : []),
  ]);

  const empty = list.error ? (
    <ProblemAlert
      problem={list.error}
      title="The list could not be read"
      onRetry={() => void list.refetch()}
    />
  ) : none ? (
    <EmptyList />
  ) : (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="s">
        <strong>No incident matches</strong>
        <Button onClick={() => change({ view: "all", filter: NO_FILTER })}>Clear filters</Button>
      </SpaceBetween>
    </Box>
  );

  return (
    <div data-testid="incidents" className={list.isPlaceholderData ? "eco-stale" : undefined}>
      <Table<CaseRow>
        variant="full-page"
        stickyHeader
        items={later ? rows : rows.slice(0, FIRST_ROWS)}
        trackBy="key"
        columnDefinitions={definitions}
        columnDisplay={preferences.contentDisplay}
        contentDensity={preferences.contentDensity}
        loading={list.isPending}
        loadingText="Reading the list"
        skeleton={skeleton}
        enableKeyboardNavigation={false}
        {...(none ? {} : { selectionType: "single" as const })}
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) =>
          change({ selected: detail.selectedItems[0]?.key ?? null })
        }
        onRowClick={({ detail }) => change({ selected: detail.item.key })}
        sortingColumn={{ sortingField: state.sort }}
        sortingDescending={state.descending}
        sortingDisabled={none}
        onSortingChange={({ detail }) =>
          change({
            sort: (detail.sortingColumn.sortingField ?? "updated") as CaseSort,
            descending: detail.isDescending ?? false,
          })
        }
        ariaLabels={{
          tableLabel: "Incidents",
          selectionGroupLabel: "Preview",
          itemSelectionLabel: (_, row) => `Preview ${row.subject}`,
        }}
        header={
          <ListHeader
            counts={counts}
            failed={list.error !== null}
            matches={narrowed ? matches : undefined}
            onView={(view) => change({ view, filter: NO_FILTER })}
          />
        }
        filter={
          <div className="eco-list-filter">
            {later ? (
              <Suspense>
                <IncidentFilter
                  ref={filter}
                  state={state}
                  change={change}
                  accounts={accounts.data ?? []}
                  matches={matches}
                  disabled={none}
                />
              </Suspense>
            ) : null}
          </div>
        }
        pagination={
          later && !none ? (
            <Suspense>
              <ListPages
                page={state.page}
                pages={pages}
                onPage={(page) => change({ page, selected: null })}
              />
            </Suspense>
          ) : null
        }
        preferences={
          later ? (
            <Suspense>
              <ListPreferences preferences={preferences} onChange={setPreferences} />
            </Suspense>
          ) : null
        }
        empty={empty}
      />
    </div>
  );
}
