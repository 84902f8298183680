// One field for everything: incidents, words that were ever said, what can be done. The best hit is chosen, so that a few
// letters and Enter open a case.
import "./palette.css";
import Icon from "@cloudscape-design/components/icon";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useLocation } from "wouter";
import { statusMark } from "../format/marks";
import { grouped } from "../format/size";
import { flash } from "../frame/flash";
import { paths } from "../frame/paths";
import { KeyTops } from "../keyboard/KeyTops";
import { OWN_LAYER } from "../keyboard/layers";
import { Overlay } from "../keyboard/Overlay";
import { Bars, Keys } from "../parts/marks";
import type { CaseRow } from "../platform/contract";
import { call } from "../platform/platform";
import { useCommand } from "../query/hooks";
import { caseQuery } from "../screens/incidents/list-query";
import { changeList, listState } from "../screens/incidents/list-state";
import { best, type Entry, sections } from "./entries";
import { Marked } from "./Marked";
import { useDeeds } from "./useDeeds";

/** Incidents that are asked for: more than are shown, since those that only say the words come after the others. */
const ASKED = 12;

function useIncidents(words: string) {
  const query = useMemo(
    () => ({
      ...caseQuery(
        {
          ...listState(),
          view: "all",
          filter: {
            operation: "and",
            tokens: words === "" ? [] : [{ operator: ":", value: words }],
          },
          orders: { all: { sort: "updated", descending: true, grouped: false } },
        },
        0,
      ),
      offset: 0,
      limit: ASKED,
    }),
    [words],
  );
  return useCommand("case_list", { query }, { keepPrevious: true });
}

export function Palette({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const [typed, setTyped] = useState("");
  const words = typed.trim();
  const list = useIncidents(words);
  const accounts = useCommand("account_list", {}).data ?? [];
  const possible = useDeeds(words);
  const id = useId();
  const choices = useRef<HTMLDivElement>(null);
  /** Null: the best one is chosen. */
  const [moved, setMoved] = useState<string | null>(null);

  // Before the answer to these words is here, none of the last ones is offered for them.
  const settled = !list.isPending && !list.isPlaceholderData;
  const rows = settled ? (list.data?.rows ?? []) : [];
  const shown = sections(words, rows, possible);
  const entries = shown.flatMap((section) => section.entries);
  const chosen =
    moved !== null && entries.some((entry) => entry.id === moved) ? moved : best(shown);
  const current = entries.find((entry) => entry.id === chosen);

  const open = (entry: Entry) => {
    // The focus is back where it was before anything is done there.
    flushSync(onClose);
    if (entry.kind === "deed") {
      entry.deed.run();
      return;
    }
    changeList({ selected: entry.row.key });
    navigate(paths.case(entry.row.key));
  };

  // Enter may be pressed before the answer is here.
  const [waits, setWaits] = useState(false);
  const failed = list.error !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opens what is chosen once the answer is here
  useEffect(() => {
    if (!waits || (!settled && !failed)) return;
    setWaits(false);
    if (current) open(current);
  }, [waits, settled, failed]);

  useEffect(() => {
    if (chosen !== null) document.getElementById(chosen)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const move = (by: number) => {
    const at = entries.findIndex((entry) => entry.id === chosen);
    const next = entries[(at + by + entries.length) % entries.length];
    if (next) setMoved(next.id);
  };

  const copyNumber = (row: CaseRow) => {
    if (row.displayId === null) return;
    call("clipboard_copy", { text: row.displayId }).then(
      () => flash.success(`${row.displayId} is on the clipboard.`),
      (thrown: unknown) => flash.problem(thrown),
    );
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const field = event.currentTarget;
    const marked = field.selectionStart !== field.selectionEnd;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") {
      if (event.repeat) return;
      if (settled || moved !== null) {
        if (current) open(current);
      } else setWaits(true);
    } else if (
      event.key.toLowerCase() === "c" &&
      (event.ctrlKey || event.metaKey) &&
      !marked &&
      current !== undefined &&
      current.kind !== "deed"
    ) {
      copyNumber(current.row);
    } else return;
    event.preventDefault();
  };

  const total = list.data?.counts.total;
  const accountName = (row: CaseRow) => accounts.find((one) => one.id === row.account)?.name;
  return (
    <Overlay label="Find or do anything" onClose={onClose} className="eco-palette" testId="palette">
      <div className="eco-palette-head">
        <Icon name="search" />
        <input
          className="eco-palette-field"
          data-autofocus=""
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-label="Find or do anything"
          {...(chosen === null ? {} : { "aria-activedescendant": chosen })}
          {...{ [OWN_LAYER]: "" }}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setMoved(null);
            setWaits(false);
          }}
          onKeyDown={onKeyDown}
          data-testid="palette-input"
        />
        <span className="eco-palette-hint">incidents, actions, words ever said</span>
        <Keys of={["Esc"]} />
      </div>
      <div ref={choices} id={id} role="listbox" aria-label="Results" className="eco-palette-list">
        {shown.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a part of a listbox, not of a form
          <div key={section.title} role="group" aria-label={section.title}>
            <div aria-hidden="true" className="eco-palette-section">
              {section.title}
            </div>
            {section.entries.map((entry) => (
              <div
                key={entry.id}
                id={entry.id}
                role="option"
                aria-selected={entry.id === chosen}
                tabIndex={-1}
                className="eco-palette-row"
                onPointerMove={() => {
                  if (entry.id !== chosen) setMoved(entry.id);
                }}
                // The field keeps the focus.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => open(entry)}
                onKeyDown={undefined}
              >
                {entry.kind === "deed" ? (
                  <>
                    <Icon name={entry.deed.icon} />
                    <span className="eco-palette-text">
                      <Marked text={entry.deed.title} parts={entry.match.parts} />
                    </span>
                    {entry.deed.key ? <KeyTops of={entry.deed.key} /> : null}
                  </>
                ) : (
                  <>
                    <Bars priority={entry.row.priority} />
                    <span className="eco-palette-text">
                      <bdi>
                        <Marked text={entry.row.subject} parts={entry.match.parts} />
                      </bdi>
                      <span className="eco-palette-note">
                        {[
                          entry.row.displayId,
                          accountName(entry.row),
                          entry.kind === "said"
                            ? `“${words}” in its correspondence`
                            : statusMark(entry.row).text,
                        ]
                          .filter(Boolean)
                          .join(" · ")}
                      </span>
                    </span>
                    {entry.id === chosen ? <Keys of={["⏎"]} /> : null}
                  </>
                )}
              </div>
            ))}
          </div>
        ))}
        {entries.length === 0 && settled ? (
          <div className="eco-palette-none">Nothing is called or says “{words}”.</div>
        ) : null}
        {failed ? (
          <div className="eco-palette-none">
            The incidents could not be searched: {list.error?.message}
          </div>
        ) : null}
      </div>
      <div role="status" className="eco-hidden">
        {settled ? `${grouped(entries.length)} ${entries.length === 1 ? "result" : "results"}` : ""}
      </div>
      <div className="eco-palette-foot">
        <span>
          <Keys of={["↑", "↓"]} /> choose
        </span>
        <span>
          <Keys of={["⏎"]} /> open
        </span>
        {current !== undefined && current.kind !== "deed" && current.row.displayId !== null ? (
          <span>
            <KeyTops of="Ctrl+c" /> copy number
          </span>
        ) : null}
        {total === undefined ? null : (
          <span className="eco-palette-total">
            {grouped(total)} {total === 1 ? "incident" : "incidents"}
          </span>
        )}
      </div>
    </Overlay>
  );
}
