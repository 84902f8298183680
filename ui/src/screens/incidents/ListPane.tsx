// The list of incidents as a pane of the window: what waits for whom, in rows of one height, all of them in one scroll.
import "./incidents.css";
import "./list.css";
import Button from "@cloudscape-design/components/button";
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from "react";
import { doSteps } from "../../first-sight/early";
import { count, grouped } from "../../format/size";
import { useNow } from "../../format/useNow";
import { viewTitle } from "../../format/words";
import { useAfterPaint, useFirstPaint } from "../../frame/after-paint";
import { useScreen } from "../../frame/screen";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useAct, useCommand } from "../../query/hooks";
import { EmptyList } from "./EmptyList";
import { freeText, type Order, orderOf, SORTS } from "./list-query";
import { useListState } from "./list-state";
import { NoRows } from "./NoRows";
import { Rows } from "./Rows";
import { useBlocks } from "./useBlocks";
import { useChosen } from "./useChosen";
import { useListKeys } from "./useListKeys";
import { useRowMenu } from "./useRowMenu";
import { useVisible } from "./useVisible";

/** What one can only use after having seen the list is a bundle of its own. */
const tools = () => import("./list-tools");
const IncidentFilter = lazy(async () => ({ default: (await tools()).IncidentFilter }));
const ListMenu = lazy(async () => ({ default: (await tools()).ListMenu }));

const orderWords = ({ sort, descending, grouped: inGroups }: Order) => {
  const known = SORTS.find((one) => one.sort === sort);
  const words = known?.descending === descending ? known.name : `${known?.name}, reversed`;
  return inGroups ? `by who has to act, ${words}` : `by ${words}`;
};

export function ListPane() {
  const [state, change] = useListState();
  const filter = useRef<PropertyFilterProps.Ref>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const later = useAfterPaint();
  const accounts = useCommand("account_list", {});
  const sync = useAct("sync_now");
  const mark = useAct("case_mark");
  const visible = useVisible(scroller, state.view);
  const blocks = useBlocks(state, now, visible.firstRow, visible.lastRow);
  const chosen = useChosen();

  const { page, rows } = blocks;
  const order = orderOf(state);
  const matches = page?.matches ?? 0;
  const none = page?.counts.total === 0;
  const filtered = state.filter.tokens.length > 0;
  const groups = page?.groups;

  useScreen({ title: "Incidents" });
  const ready = !blocks.pending;
  useFirstPaint(ready);
  // What was chosen and pressed before this screen was there.
  useEffect(() => {
    if (ready) void doSteps();
  }, [ready]);
  // Another list has other rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is asked for anew
  useEffect(chosen.clear, [state.view, state.filter, order, chosen.clear]);

  const layout = useMemo(
    () => visible.layout(groups ?? [], matches),
    [visible.layout, groups, matches],
  );
  const moves = useListKeys({
    rows,
    matches,
    layout,
    scroller,
    chosen,
    filter,
    onMark: (cases, unread) => mark.mutate({ cases, unread }),
    readRange: blocks.readRange,
  });

  const menu = useRowMenu({
    rows,
    chosen: chosen.keys,
    onMark: (cases, unread) => mark.mutate({ cases, unread }),
  });

  let body: ReactNode;
  if (blocks.error) {
    body = (
      <div className="eco-list-none">
        <ProblemAlert
          problem={blocks.error}
          title="The list could not be read"
          onRetry={blocks.retry}
        />
      </div>
    );
  } else if (none) {
    body = <EmptyList />;
  } else if (page && matches === 0) {
    body = <NoRows view={state.view} filtered={filtered} />;
  } else {
    body = (
      <Rows
        sections={layout}
        rows={rows}
        size={matches}
        pending={blocks.pending}
        from={visible.from}
        to={visible.to}
        selected={state.selected}
        chosen={chosen.keys}
        onClick={moves.click}
        onOpen={moves.open}
        onKeyDown={moves.keyDown}
        onMenu={menu}
      />
    );
  }

  return (
    <div
      data-testid="incidents"
      data-query={blocks.stale ? undefined : freeText(state.filter)}
      className={blocks.stale ? "eco-list eco-stale" : "eco-list"}
    >
      {chosen.keys.size > 0 ? (
        <div className="eco-list-head" role="toolbar" aria-label="Actions on the chosen incidents">
          <strong className="eco-list-title">{count(chosen.keys.size, "incident")} chosen</strong>
          <Button
            onClick={() => mark.mutate({ cases: [...chosen.keys], unread: false })}
            data-testid="chosen-read"
          >
            Mark as read
          </Button>
          <Button onClick={() => mark.mutate({ cases: [...chosen.keys], unread: true })}>
            Mark as unread
          </Button>
          <Button variant="icon" iconName="close" ariaLabel="Choose none" onClick={chosen.clear} />
        </div>
      ) : (
        <div className="eco-list-head">
          <h1 className="eco-list-title">{viewTitle(state.view)}</h1>
          <span className="eco-list-count">{page ? grouped(matches) : ""}</span>
          <span className="eco-list-gap" />
          <Button
            variant="icon"
            iconName="refresh"
            ariaLabel="Ask AWS for news now"
            onClick={() => sync.mutate({})}
            data-testid="list-refresh"
          />
          {later ? (
            <Suspense>
              <ListMenu order={order} disabled={none} />
            </Suspense>
          ) : null}
        </div>
      )}
      <div className="eco-list-filter">
        {later ? (
          <Suspense>
            <IncidentFilter
              ref={filter}
              state={state}
              change={change}
              accounts={accounts.data ?? []}
              disabled={none}
            />
          </Suspense>
        ) : null}
      </div>
      <div className="eco-list-order">
        <span>
          {page && filtered
            ? `${grouped(matches)} of ${grouped(page.counts.total)}`
            : count(matches, "incident")}
        </span>
        <span className="eco-list-gap" />
        {blocks.partial ? (
          <Button variant="inline-link" onClick={blocks.retry} data-testid="list-partial">
            Some could not be read: try again
          </Button>
        ) : (
          <span>{orderWords(order)}</span>
        )}
      </div>
      <div ref={scroller} className="eco-list-rows" onScroll={visible.onScroll}>
        {body}
      </div>
    </div>
  );
}
