// The first sight: the incidents, drawn by hand from what this computer knows, within the moment in which the
// web view would still be reading React and Cloudscape. It looks like the list, its links go where the list's
// go, and it lies over the page until the real one has been drawn.
import { count, grouped } from "../format/size";
import { viewTitle } from "../format/words";
import { listWidth } from "../frame/list-width";
import { paths } from "../frame/paths";
import { roomOf } from "../frame/wide";
import type { Account, AppState, CasePage, SyncStatus } from "../platform/contract";
import { type Asked, answerTo } from "../query/first";
import { storedList } from "../screens/incidents/list-query";
import { showTheme } from "../theme/dark";
import { el, link } from "./dom";
import { keepSteps } from "./early";
import { list } from "./rows";

const ID = "first-sight";

/** Shows it, where the list is what the window opens with. Resolves once it is on the screen, or at once. */
export async function showFirstSight(asked: readonly Asked[]): Promise<boolean> {
  if (!["", "#", `#${paths.incidents}`].includes(window.location.hash)) return false;
  const [state, settings, accounts, page, sync] = await Promise.all([
    answerTo(asked, "app_state"),
    answerTo(asked, "settings_get"),
    answerTo(asked, "account_list"),
    answerTo(asked, "case_list"),
    answerTo(asked, "sync_status"),
  ]);
  if (!state || !settings || !accounts || !page || !sync) return false;
  // Without an account the window opens with another screen.
  if (state.mode === "real" && accounts.length === 0) return false;
  showTheme(settings.appearance);
  const sight = draw(state, accounts, page, sync);
  document.body.append(sight);
  keepSteps(sight);
  await painted();
  return true;
}

/** Takes it away: the page itself is there. */
export function endFirstSight(): void {
  document.getElementById(ID)?.remove();
}

/** Two frames: the first is being made, the second begins when it is on the screen. */
function painted(): Promise<void> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
  );
}

function draw(
  state: AppState,
  accounts: readonly Account[],
  page: CasePage,
  sync: readonly SyncStatus[],
): HTMLElement {
  const room = roomOf(window.innerWidth);
  const icons = room === "one-pane" || room === "icons";
  const listed = el(
    "section",
    "eco-sight-list eco-list",
    el(
      "div",
      "eco-list-head",
      el("h1", "eco-list-title", viewTitle(storedList().view)),
      el("span", "eco-list-count", grouped(page.matches)),
    ),
    el("div", "eco-list-filter", el("div", "eco-sight-filter")),
    el("div", "eco-list-order", count(page.matches, "incident")),
    el(
      "div",
      "eco-list-rows",
      page.counts.total === 0 ? empty(sync) : list(page, accounts, Date.now()),
    ),
  );
  listed.style.inlineSize = room === "one-pane" ? "auto" : `${listWidth(room, icons)}px`;
  const sight = el(
    "div",
    icons ? "eco-sight eco-icons" : "eco-sight",
    world(state),
    el("div", "eco-sight-frame", navigation(icons), listed, el("div", "eco-sight-case")),
    el("div", "eco-strip"),
  );
  sight.id = ID;
  return sight;
}

/** The line over everything, as the frame has it. */
function world({ mode, endpointOverride }: AppState): HTMLElement | null {
  if (mode === "demo") {
    const name = el("strong", "", "DEMO");
    return el("div", "eco-world", name, " ECO is pretended, nothing leaves this computer.");
  }
  if (endpointOverride === null) return null;
  const name = el("strong", "", "Not AWS Support:");
  const rest = ` everything goes to ${endpointOverride} instead. ECO gets nothing from here.`;
  return el("div", "eco-world", name, rest);
}

/** What one can do and where one can go, in the places of the real navigation. */
function navigation(icons: boolean): HTMLElement {
  const entries = icons
    ? []
    : [
        link(paths.outbox, "eco-nav-entry", "Drafts & outbox"),
        link(paths.settings, "eco-nav-entry", "Settings"),
      ];
  return el(
    "nav",
    "eco-nav",
    link(
      paths.report,
      "eco-nav-report",
      el("span", "eco-nav-text", icons ? "+" : "Report an incident"),
    ),
    el("div", "eco-sight-find"),
    ...entries,
  );
}

/** In place of the rows, where there is none. Trouble with reading them, the real list explains. */
function empty(sync: readonly SyncStatus[]): HTMLElement {
  const unread = sync.some(({ syncedAt }) => syncedAt === null);
  const title = unread ? "Reading your incidents" : "No incidents. All quiet.";
  return el("div", "eco-empty eco-sight-empty", el("h2", "eco-empty-title", title));
}
