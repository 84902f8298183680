// The first sight: the incidents, drawn by hand from what this computer knows, within the moment in which the
// web view would still be reading React and Cloudscape. It looks like the list, its links go where the list's
// go, and it lies over the page until the real one has been drawn.
import { calm, urgent } from "../format/marks";
import { grouped } from "../format/size";
import { paths } from "../frame/paths";
import type { Account, AppState, CasePage, SyncStatus } from "../platform/contract";
import { type Asked, answerTo } from "../query/first";
import { storedPreferences } from "../screens/incidents/columns-kept";
import { showTheme } from "../theme/dark";
import { el, link, svg } from "./dom";
import { keepSteps } from "./early";
import { table } from "./rows";

const ID = "first-sight";

/** Shows it, where the list is what the window opens with. Resolves once it is on the screen, or at once. */
export async function showFirstSight(asked: readonly Asked[]): Promise<boolean> {
  if (!["", "#", `#${paths.incidents}`].includes(window.location.hash)) return false;
  const [state, settings, accounts, list, sync] = await Promise.all([
    answerTo(asked, "app_state"),
    answerTo(asked, "settings_get"),
    answerTo(asked, "account_list"),
    answerTo(asked, "case_list"),
    answerTo(asked, "sync_status"),
  ]);
  if (!state || !settings || !accounts || !list || !sync) return false;
  // Without an account the window opens with another screen.
  if (state.mode === "real" && accounts.length === 0) return false;
  showTheme(settings.appearance);
  const sight = draw(state, accounts, list, sync);
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
  list: CasePage,
  sync: readonly SyncStatus[],
): HTMLElement {
  const { rows, counts } = list;
  const content =
    counts.total === 0 ? empty(sync) : table(rows, accounts, storedPreferences(), Date.now());
  const sight = el(
    "div",
    "eco-sight",
    world(state),
    el(
      "div",
      "eco-sight-frame",
      navigation(),
      el("main", "eco-sight-main", ...head(list), content),
    ),
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

function navigation(): HTMLElement {
  const entries = [
    link(paths.incidents, "eco-sight-here", "Incidents"),
    link(paths.report, "", "Report an incident"),
    link(paths.outbox, "", "Drafts & outbox"),
    el("hr", ""),
    link(paths.settings, "", "Settings"),
  ];
  return el("nav", "eco-sight-nav", el("div", "eco-sight-name", mark(), "ECO Desk"), ...entries);
}

/** ECO Desk's mark. */
function mark(): SVGElement {
  const wave = (y: number, of: string) =>
    svg("path", { class: `eco-logo-wave ${of}`, d: `M6 ${y}q4.5-5 9 0t9 0 9 0 9 0` });
  return svg(
    "svg",
    { viewBox: "0 0 48 48", width: "24", height: "24", "aria-hidden": "true" },
    svg("rect", { class: "eco-logo-ground", width: "48", height: "48", rx: "10" }),
    svg("circle", { class: "eco-logo-light", cx: "24", cy: "12", r: "6" }),
    svg("rect", {
      class: "eco-logo-light",
      x: "22.5",
      y: "14",
      width: "3",
      height: "9",
      rx: "1.5",
    }),
    wave(28, ""),
    wave(37, "eco-logo-deep"),
  );
}

function head({ counts }: CasePage): HTMLElement[] {
  const links = counts.total === 0 ? [] : urgent(counts);
  const words =
    links.length === 0
      ? [calm(counts)]
      : links.flatMap(({ text }, at) => [at > 0 ? " · " : "", el("span", "eco-sight-link", text)]);
  const number = el("span", "eco-sight-counter", ` (${grouped(counts.total)})`);
  return [
    el(
      "div",
      "eco-sight-head",
      el("h1", "", "Incidents", number),
      link(paths.report, "eco-sight-button", "Report an incident"),
    ),
    el("div", "eco-sight-description", ...words),
    el("div", "eco-sight-tools", el("div", "eco-sight-view"), el("div", "eco-sight-filter")),
  ];
}

/** In place of the rows, where there is none. Trouble with reading them, the real list explains. */
function empty(sync: readonly SyncStatus[]): HTMLElement {
  const unread = sync.some(({ syncedAt }) => syncedAt === null);
  const title = unread ? "Reading your incidents" : "No incidents. All quiet.";
  return el("div", "eco-empty eco-sight-empty", el("h2", "eco-empty-title", title));
}
