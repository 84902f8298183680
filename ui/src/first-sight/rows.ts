// The rows of the first sight: the same words in the same places as in the list that takes over.
import { responseMark, statusMark, waitsMark } from "../format/marks";
import { completing, relative } from "../format/time";
import { authorName, priorityName } from "../format/words";
import { paths } from "../frame/paths";
import { NARROW } from "../frame/wide";
import type { Account, CaseRow } from "../platform/contract";
import { COLUMNS, type Preferences } from "../screens/incidents/columns-kept";
import { el, link, ownDirection } from "./dom";
import { INCIDENT } from "./early";

/** Rows that a window may show at first. */
const ROWS = 16;

type ColumnId = (typeof COLUMNS)[number]["id"];
type Cells = Record<ColumnId, (row: CaseRow) => readonly (Node | string)[]>;

function second(...children: readonly (Node | string)[]): HTMLElement {
  return el("div", "eco-second", ...children);
}

/** A text with the place of its sign before it. */
function signed(tone: string, text: string): HTMLElement {
  return el("div", `eco-sight-sign eco-sight-${tone}`, text);
}

function cells(accounts: readonly Account[], now: number): Cells {
  const known = new Map(accounts.map((account) => [account.id, account]));
  const times = (at: number) => [el("div", "", relative(at, now)), second(completing(at, now))];
  return {
    number: (row) => [
      link(paths.case(row.key), "eco-sight-link", row.displayId ?? "No number yet"),
      second(el("div", "eco-cut", ownDirection("bdi", "", authorName(row.reportedBy)))),
    ],
    subject: (row) => {
      const account = known.get(row.account);
      return [
        el(
          "div",
          "eco-row eco-nowrap",
          row.unread ? el("span", "eco-unread") : null,
          ownDirection("span", row.unread ? "eco-cut eco-bold" : "eco-cut", row.subject),
        ),
        el(
          "div",
          "eco-row eco-second",
          account
            ? el(
                "span",
                "eco-account",
                el("span", `eco-dot eco-dot-${account.colour % 8}`),
                account.name,
              )
            : null,
          row.reportedBy.who === "eco" ? el("span", "eco-sight-badge", "Reported by ECO") : null,
        ),
      ];
    },
    priority: (row) => {
      const words = responseMark(row, now);
      const tone = { none: "", running: "running", met: "success", late: "error" }[words.kind];
      return [
        el("div", `eco-sight-priority eco-sight-${row.priority}`, priorityName(row.priority)),
        tone === "" ? el("div", "eco-muted", words.text) : signed(tone, words.text),
      ];
    },
    status: (row) => {
      const mark = statusMark(row);
      const mine = row.waiting === "you" && row.presence !== "not-yet-sent";
      return [
        signed(mark.tone, mark.text),
        el("div", mine ? "eco-second eco-waits-you" : "eco-second", waitsMark(row, now)),
      ];
    },
    updated: (row) => times(row.updatedAt),
    created: (row) => times(row.createdAt),
  };
}

/** The list's head and its first rows. */
export function table(
  rows: readonly CaseRow[],
  accounts: readonly Account[],
  preferences: Preferences,
  now: number,
): HTMLElement {
  const draw = cells(accounts, now);
  const shown = preferences.contentDisplay
    .filter(({ visible }) => visible)
    .flatMap(({ id }) => COLUMNS.find((column) => column.id === id) ?? []);
  const narrow = window.matchMedia(NARROW).matches;
  const line = (of: string, cell: (id: ColumnId, label: string) => HTMLElement) =>
    el(
      "tr",
      of,
      el("td", "eco-sight-cell-choose"),
      ...shown.map(({ id, label }) => {
        // In a narrow window the list names a column by its first line alone.
        const [short = label] = label.split(",");
        const made = cell(id, narrow && id !== "subject" ? short : label);
        made.classList.add(`eco-sight-cell-${id}`);
        return made;
      }),
    );
  return el(
    "table",
    `eco-sight-table eco-sight-${preferences.contentDensity}`,
    el(
      "thead",
      "",
      line("", (_, label) => el("th", "", label)),
    ),
    el(
      "tbody",
      "",
      ...rows.slice(0, ROWS).map((row) => {
        const made = line("", (id) => el("td", "", ...draw[id](row)));
        made.setAttribute(INCIDENT, row.key);
        return made;
      }),
    ),
  );
}
