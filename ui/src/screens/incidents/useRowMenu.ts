// The context menu of a row: what the keys do with it, and its number for the clipboard.
import { type MouseEvent, useCallback, useRef } from "react";
import { useLocation } from "wouter";
import { paths } from "../../frame/paths";
import { copy, type MenuItem, showMenu } from "../../keyboard/context-menu";
import type { CaseKey, CaseRow } from "../../platform/contract";
import { changeList } from "./list-state";
import { rowId } from "./row-id";

interface Options {
  rows: ReadonlyMap<number, CaseRow>;
  /** Several that are chosen; a menu on one of them is of all. */
  chosen: ReadonlySet<CaseKey>;
  onMark: (cases: CaseKey[], unread: boolean) => void;
}

function marking(row: CaseRow, cases: CaseKey[], onMark: Options["onMark"]): MenuItem {
  return {
    text: row.unread ? "Mark as read" : "Mark as unread",
    icon: "notification",
    key: "u",
    begins: true,
    run: () => onMark(cases, !row.unread),
  };
}

/** The handler for the list's `onContextMenu`. */
export function useRowMenu(options: Options) {
  const [, navigate] = useLocation();
  const latest = useRef(options);
  latest.current = options;
  return useCallback(
    (event: MouseEvent) => {
      const { rows, chosen, onMark } = latest.current;
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      const row = [...rows.values()].find(({ key }) => rowId(key) === option?.id);
      if (!row) return;
      const { key, displayId } = row;
      if (chosen.has(key)) {
        showMenu(event, [marking(row, [...chosen], onMark)]);
        return;
      }
      // As everywhere: what has the menu is selected.
      changeList({ selected: key });
      const sent = row.presence !== "not-yet-sent";
      const items: MenuItem[] = [
        { text: "Open", icon: "folder-open", key: "Enter", run: () => navigate(paths.case(key)) },
      ];
      if (sent) {
        items.push({
          text: "Reply",
          icon: "contact",
          key: "r",
          run: () => navigate(paths.reply(key)),
        });
      }
      if (sent && row.waiting !== "nobody") {
        items.push({
          text: "Resolve case",
          icon: "check",
          key: "e",
          run: () => navigate(paths.resolve(key)),
        });
      }
      items.push(marking(row, [key], onMark));
      if (displayId !== null) {
        items.push({
          text: "Copy number",
          icon: "copy",
          begins: true,
          run: () => copy(displayId, `${displayId} is on the clipboard.`),
        });
        items.push({
          text: "Copy number and subject",
          icon: "copy",
          run: () =>
            copy(`${displayId} ${row.subject}`, "Number and subject are on the clipboard."),
        });
      }
      showMenu(event, items);
    },
    [navigate],
  );
}
