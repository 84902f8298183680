// The keys that work on every screen.
import { useEffect } from "react";
import { useLocation } from "wouter";
import { viewName } from "../format/words";
import { flash, useFlashMessages } from "../frame/flash";
import { type KeyBinding, useKeys } from "../frame/keys";
import { VIEWS } from "../frame/Navigation";
import { paths } from "../frame/paths";
import { syncNow } from "../frame/sync-now";
import type { ZoomStep } from "../platform/contract";
import { call } from "../platform/platform";
import { NO_FILTER } from "../screens/incidents/list-query";
import { changeList } from "../screens/incidents/list-state";
import { useNoBrowserKeys } from "./browser-keys";
import { keepFocus, roundPanes } from "./focus";

const ANYWHERE = "Anywhere";

async function zoom(step: ZoomStep): Promise<void> {
  try {
    const percent = await call("app_zoom", { step });
    flash.success(`Drawn at ${percent} %.`, { id: "zoom" });
  } catch (thrown) {
    flash.problem(thrown);
  }
}

const ZOOM: readonly KeyBinding[] = (
  [
    ["Ctrl++", "larger", "Zoom in"],
    // The same key without Shift.
    ["Ctrl+=", "larger", null],
    ["Ctrl+-", "smaller", "Zoom out"],
    ["Ctrl+0", "usual", "Actual size"],
  ] as const
).map(([key, step, title]) => ({
  key,
  group: ANYWHERE,
  icon: "search",
  inDialogs: true,
  run: () => void zoom(step),
  ...(title === null ? {} : { title }),
}));

/** Registers them. `welcome`: no account is connected yet, so there is nothing to go to. */
export function useWindowKeys(welcome: boolean): void {
  const [, navigate] = useLocation();
  const undo = useFlashMessages().find(({ action }) => action?.text === "Undo");
  useEffect(keepFocus, []);
  useNoBrowserKeys();

  const everywhere: KeyBinding[] = [
    {
      key: "Ctrl+,",
      title: "Settings",
      group: ANYWHERE,
      icon: "settings",
      run: () => navigate(paths.settings),
    },
    ...ZOOM,
    { key: "F6", title: "Next pane", group: ANYWHERE, run: () => roundPanes(1) },
    { key: "Shift+F6", title: "Previous pane", group: ANYWHERE, run: () => roundPanes(-1) },
  ];
  const withAccounts: KeyBinding[] = [
    {
      key: "n",
      label: "Report",
      title: "Report an incident",
      group: ANYWHERE,
      icon: "add-plus",
      opensField: true,
      run: () => navigate(paths.report),
    },
    {
      key: "F5",
      title: "Sync now",
      group: ANYWHERE,
      icon: "refresh",
      inDialogs: true,
      run: syncNow,
    },
    { key: "Ctrl+r", inDialogs: true, run: syncNow },
    {
      key: "g d",
      title: "Go to drafts & outbox",
      group: "Views",
      icon: "send",
      run: () => navigate(paths.outbox),
    },
    ...[...VIEWS, { view: "all", icon: "list-view" } as const].map(({ view, icon }, index) => ({
      key: `g ${index + 1}`,
      title: `Go to ${view === "all" ? "all incidents" : viewName(view)}`,
      group: "Views",
      icon,
      run: () => {
        changeList({ view, filter: NO_FILTER });
        navigate(paths.incidents);
      },
    })),
  ];
  if (undo?.action) {
    const { action, id } = undo;
    everywhere.push({
      key: "Ctrl+z",
      title: "Undo",
      group: ANYWHERE,
      icon: "undo",
      run: () => {
        flash.dismiss(id);
        action.run();
      },
    });
  }
  useKeys(welcome ? everywhere : [...withAccounts, ...everywhere], true);
}
