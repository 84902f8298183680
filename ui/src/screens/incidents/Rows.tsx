// The rows themselves: those in view, under the heads of their groups.
import type { CSSProperties, KeyboardEvent, MouseEvent } from "react";
import { grouped } from "../../format/size";
import { useNow } from "../../format/useNow";
import type { CaseKey, CaseRow } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { offsetIn, rowsBetween, type Section } from "./list-layout";
import { Row } from "./Row";
import { rowId } from "./row-id";
import { groupClasses, groupName } from "./row-words";

interface Props {
  sections: readonly Section[];
  rows: ReadonlyMap<number, CaseRow>;
  /** How many rows there are in all. */
  size: number;
  /** Nothing is known yet. */
  pending: boolean;
  /** The part that is drawn, in pixels from the top. */
  from: number;
  to: number;
  selected: CaseKey | null;
  chosen: ReadonlySet<CaseKey>;
  onClick: (event: MouseEvent, key: CaseKey) => void;
  onOpen: (key: CaseKey) => void;
  onMenu: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A row that is on its way, of the same height. */
function Skeleton({ top }: { top: number }) {
  return (
    <div aria-hidden="true" className="eco-item" style={{ insetBlockStart: top }}>
      <span className="eco-item-bone eco-item-bone-long" />
      <span className="eco-item-bone" />
    </div>
  );
}

const AT_FIRST: Section = { group: null, first: 0, count: 12, top: 0, height: 12 * 52 };

export function Rows(props: Props) {
  const { sections, rows, size, pending, from, to, selected, chosen, onClick, onOpen } = props;
  const { onMenu, onKeyDown } = props;
  const now = useNow();
  const accounts = useCommand("account_list", {});
  const names = new Map((accounts.data ?? []).map(({ id, name }) => [id, name]));
  const shown = pending ? [AT_FIRST] : sections;
  // Only a row that is drawn can be named as the active one.
  const isDrawn = shown.some((section) => {
    const [begin, end] = rowsBetween(section, from, to);
    for (let number = begin; number < end; number += 1) {
      if (rows.get(number)?.key === selected) return true;
    }
    return false;
  });
  const active = isDrawn ? selected : null;
  return (
    <div
      role="listbox"
      aria-label="Incidents"
      aria-multiselectable="true"
      aria-busy={pending}
      tabIndex={0}
      data-pane-focus=""
      className="eco-items"
      onContextMenu={onMenu}
      onKeyDown={onKeyDown}
      {...(active === null ? {} : { "aria-activedescendant": rowId(active) })}
    >
      {shown.map((section) => {
        const [begin, end] = rowsBetween(section, from, to);
        const numbers = Array.from({ length: end - begin }, (_, at) => begin + at);
        const heldUp = numbers.some((number) => rows.get(number)?.notYetWithEco === true);
        const style: CSSProperties = { blockSize: section.height };
        const drawn = numbers.map((number) => {
          const row = rows.get(number);
          const top = offsetIn(section, number);
          return row ? (
            <Row
              key={row.key}
              row={row}
              account={names.get(row.account) ?? ""}
              now={now}
              top={top}
              place={number + 1}
              size={size}
              selected={row.key === selected}
              chosen={chosen.has(row.key)}
              onClick={onClick}
              onOpen={onOpen}
            />
          ) : (
            <Skeleton key={number} top={top} />
          );
        });
        return section.group === null ? (
          <div key="all" role="presentation" className="eco-items-section" style={style}>
            {drawn}
          </div>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
          <div
            key={section.group}
            role="group"
            aria-label={groupName(section.group, heldUp)}
            className="eco-items-section"
            style={style}
          >
            <div
              className={groupClasses(section.group, heldUp)}
              data-testid="list-group"
              role="presentation"
            >
              {groupName(section.group, heldUp)}{" "}
              <span className="eco-items-count">{grouped(section.count)}</span>
            </div>
            {drawn}
          </div>
        );
      })}
    </div>
  );
}
