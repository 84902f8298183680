// The rows of the first sight: the same words in the same places as in the list that takes over.

import { grouped } from "../format/size";
import { accountLetters } from "../frame/account-letters";
import type { Account, CasePage, CaseRow } from "../platform/contract";
import { ACCOUNT_COLOURS, PRIORITIES } from "../platform/rules";
import { offsetIn, rowsBetween, type Section, sections } from "../screens/incidents/list-layout";
import { groupClasses, groupName, rowClasses, rowWords } from "../screens/incidents/row-words";
import { el, ownDirection, svg } from "./dom";
import { INCIDENT } from "./early";

/** Pixels of the list that a window may show at first. */
const SHOWN = 1000;

/** The bars of a priority, as the list draws them. */
function bars(row: CaseRow): SVGElement {
  const words = PRIORITIES.find(({ priority }) => priority === row.priority);
  const one = (bar: number) =>
    svg("rect", {
      class: bar < (words?.bars ?? 0) ? "eco-bar-on" : "eco-bar-off",
      x: String(bar * 5),
      y: String(8 - bar * 4),
      width: "4",
      height: String(4 + bar * 4),
    });
  const shape = { viewBox: "0 0 14 12", width: "14", height: "12", "aria-hidden": "true" };
  return svg(
    "svg",
    { class: `eco-bars eco-bars-${words?.tone}`, ...shape },
    one(0),
    one(1),
    one(2),
  );
}

function tile(
  account: Account | undefined,
  letters: ReadonlyMap<string, string>,
): HTMLElement | null {
  if (!account) return null;
  const colour = account.colour % ACCOUNT_COLOURS.length;
  return el("span", `eco-tile eco-tile-${colour}`, letters.get(account.id) ?? "");
}

/** The list's rows that a window may show at first, under the heads of their groups. */
export function list(page: CasePage, accounts: readonly Account[], now: number): HTMLElement {
  const letters = accountLetters(accounts);
  const known = new Map(accounts.map((account) => [account.id, account]));
  const item = (row: CaseRow, top: number): HTMLElement => {
    const account = known.get(row.account);
    const words = rowWords(row, now);
    const { response } = words;
    const made = el(
      "div",
      rowClasses(row),
      el(
        "div",
        "eco-item-line",
        row.unread ? el("span", "eco-item-dot") : null,
        bars(row),
        ownDirection("span", "eco-item-subject", row.subject),
        row.attachments > 0 ? el("span", "eco-item-files", ` ${row.attachments}`) : null,
        el("span", "eco-item-time", words.updated),
      ),
      el(
        "div",
        "eco-item-line eco-item-second",
        tile(account, letters),
        ownDirection("span", "eco-item-account", account?.name ?? ""),
        row.reportedBy.who === "eco" ? el("span", "eco-item-eco", "ECO") : null,
        el("span", `eco-item-waits eco-item-waits-${words.waitsTone}`, words.waits),
        response.kind === "none"
          ? null
          : el("span", `eco-item-response eco-item-response-${response.kind}`, response.text),
        el("span", "eco-item-number", row.displayId ?? "no number yet"),
      ),
    );
    made.style.insetBlockStart = `${top}px`;
    made.setAttribute(INCIDENT, row.key);
    return made;
  };
  const part = (section: Section): HTMLElement => {
    const [begin, end] = rowsBetween(section, 0, SHOWN);
    const rows = page.rows.slice(begin, end);
    const heldUp = rows.some(({ notYetWithEco }) => notYetWithEco);
    const made = el(
      "div",
      "eco-items-section",
      section.group === null
        ? null
        : el(
            "div",
            groupClasses(section.group, heldUp),
            `${groupName(section.group, heldUp)} `,
            el("span", "eco-items-count", grouped(section.count)),
          ),
      ...rows.map((row, at) => item(row, offsetIn(section, begin + at))),
    );
    made.style.blockSize = `${section.height}px`;
    return made;
  };
  return el("div", "eco-items", ...sections(page.groups, page.matches).map(part));
}
