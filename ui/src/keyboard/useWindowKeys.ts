// The keys that work on every screen.
import { useEffect } from "react";
import { useLocation } from "wouter";
import { viewName } from "../format/words";
import { flash, useFlashMessages } from "../frame/flash";
import { type KeyBinding, useKeys } from "../frame/keys";
import { VIEWS } from "../frame/Navigation";
import { paths } from "../frame/paths";
import { call } from "../platform/platform";
import { NO_FILTER } from "../screens/incidents/list-query";
import { changeList } from "../screens/incidents/list-state";
import { keepFocus, roundPanes } from "./focus";

const ANYWHERE = "Anywhere";

/** Asks AWS Support for news. */
export function syncNow(): void {
  call("sync_now").catch((thrown: unknown) => flash.problem(thrown));
}

/** Registers them. `welcome`: no account is connected yet, so there is nothing to go to. */
export function useWindowKeys(welcome: boolean): void {
  const [, navigate] = useLocation();
  const undo = useFlashMessages().find(({ action }) => action?.text === "Undo");
  useEffect(keepFocus, []);

  const everywhere: KeyBinding[] = [
    {
      key: "Ctrl+,",
      title: "Settings",
      group: ANYWHERE,
      icon: "settings",
      run: () => navigate(paths.settings),
    },
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
      run: syncNow,
    },
    { key: "Ctrl+r", run: syncNow },
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
