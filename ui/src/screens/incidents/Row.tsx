// One row of the list: two lines of one height, the subject first and widest.
import Icon from "@cloudscape-design/components/icon";
import { type MouseEvent, memo } from "react";
import { priorityName } from "../../format/words";
import { AccountTile } from "../../parts/AccountTile";
import { Bars, Ring, Time } from "../../parts/marks";
import type { CaseKey, CaseRow } from "../../platform/contract";
import { rowId } from "./row-id";
import { rowClasses, rowWords } from "./row-words";

interface Props {
  row: CaseRow;
  account: string;
  now: number;
  /** From the top of its section, in pixels. */
  top: number;
  /** From 1, of so many. */
  place: number;
  size: number;
  selected: boolean;
  /** One of several that were chosen. */
  chosen: boolean;
  onClick: (event: MouseEvent, key: CaseKey) => void;
  onOpen: (key: CaseKey) => void;
}

export const Row = memo(function Row(props: Props) {
  const { row, account, now, top, place, size, selected, chosen, onClick, onOpen } = props;
  const words = rowWords(row, now);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keyboard
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, and says which option is active
    <div
      role="option"
      id={rowId(row.key)}
      aria-selected={selected || chosen}
      aria-posinset={place}
      aria-setsize={size}
      className={rowClasses(row, selected, chosen)}
      style={{ insetBlockStart: top }}
      data-testid="incident-row"
      onClick={(event) => onClick(event, row.key)}
      onDoubleClick={() => onOpen(row.key)}
    >
      <div className="eco-item-line">
        {row.unread ? (
          <span className="eco-item-dot">
            <span className="eco-hidden">Unread, </span>
          </span>
        ) : null}
        <Bars priority={row.priority} />
        <span className="eco-item-subject" dir="auto" title={row.subject}>
          {row.subject}
        </span>
        <span className="eco-hidden">, {priorityName(row.priority)} priority, </span>
        {row.attachments > 0 ? (
          <span className="eco-item-files">
            <Icon name="file" size="small" /> {row.attachments}
            <span className="eco-hidden">{row.attachments === 1 ? " file, " : " files, "}</span>
          </span>
        ) : null}
        <span className="eco-item-time">
          <Time at={row.updatedAt} />
          <span className="eco-hidden">, </span>
        </span>
      </div>
      <div className="eco-item-line eco-item-second">
        <AccountTile account={row.account} />
        <span className="eco-item-account" dir="auto" aria-hidden="true">
          {account}
        </span>
        <span className="eco-hidden">{account}, </span>
        {row.reportedBy.who === "eco" ? (
          <span className="eco-item-eco">
            <span className="eco-hidden">reported by </span>ECO
            <span className="eco-hidden">, </span>
          </span>
        ) : null}
        <span className={`eco-item-waits eco-item-waits-${words.waitsTone}`}>
          {words.waits}
          <span className="eco-hidden">, </span>
        </span>
        {words.response.kind === "none" ? null : (
          <span className={`eco-item-response eco-item-response-${words.response.kind}`}>
            {words.response.kind === "running" ? <Ring left={words.response.share} /> : null}
            {words.response.kind === "met" ? <Icon name="status-positive" size="small" /> : null}
            {words.response.kind === "late" ? <Icon name="status-negative" size="small" /> : null}
            {words.response.text}
            <span className="eco-hidden">, </span>
          </span>
        )}
        <span className="eco-item-number">{row.displayId ?? "no number yet"}</span>
      </div>
    </div>
  );
});
