// What can be done from the palette: what the screen has registered, and what has no key.
import { useMemo } from "react";
import { useLocation } from "wouter";
import { flash } from "../frame/flash";
import { registeredActions } from "../frame/keys";
import { networkDialog } from "../frame/network-dialog";
import { paths } from "../frame/paths";
import { SCREEN } from "../keyboard/layers";
import type { Appearance } from "../platform/contract";
import { useCommand } from "../query/hooks";
import { changeList } from "../screens/incidents/list-state";
import { useSettings } from "../screens/settings/useSettings";
import type { Deed } from "./entries";

/** Runs what the screen has registered by now: it may have been drawn anew since it was offered. */
function run(key: string, title: string): void {
  const now = registeredActions(SCREEN).find((one) => one.key === key && one.title === title);
  now?.run(new KeyboardEvent("keydown", { key }));
}

const APPEARANCES: readonly { appearance: Appearance; title: string }[] = [
  { appearance: "light", title: "Appearance: light" },
  { appearance: "dark", title: "Appearance: dark" },
  { appearance: "system", title: "Appearance: as the system" },
];

/** `query`: the words that were typed, for what is done with them. */
export function useDeeds(query: string): Deed[] {
  const [, navigate] = useLocation();
  const accounts = useCommand("account_list", {}).data;
  const { query: settings, save } = useSettings();
  const appearance = settings.data?.appearance;
  return useMemo(() => {
    const registered = registeredActions(SCREEN).map(
      ({ key, title, icon, group }): Deed => ({
        key,
        title,
        icon: icon ?? "angle-right",
        also: group ?? "",
        // Nobody looks for these here unless by their name.
        asked: group === "Views" || key === "Ctrl+k" || key.endsWith("F6"),
        run: () => run(key, title),
      }),
    );
    const show = (filter: Parameters<typeof changeList>[0]["filter"]) => () => {
      changeList({ view: "all", ...(filter ? { filter } : {}) });
      navigate(paths.incidents);
    };
    const only = (accounts ?? []).map(
      ({ id, name }): Deed => ({
        title: `Show the incidents of ${name}`,
        also: "account filter",
        icon: "filter",
        asked: true,
        run: show({
          operation: "and",
          tokens: [{ propertyKey: "account", operator: "=", value: id }],
        }),
      }),
    );
    const looks = APPEARANCES.filter((one) => one.appearance !== appearance).map(
      (one): Deed => ({
        title: one.title,
        also: "settings theme mode",
        icon: "settings",
        asked: true,
        run: () =>
          void save({ appearance: one.appearance }).then(
            (problem) => problem && flash.problem(problem),
          ),
      }),
    );
    const words = query.trim();
    const filter: Deed[] =
      words === "" || !accounts?.length
        ? []
        : [
            {
              title: `Filter the incidents by “${words}”`,
              icon: "filter",
              run: show({ operation: "and", tokens: [{ operator: ":", value: words }] }),
            },
          ];
    const rest: Deed[] = [
      {
        title: "Connect an account",
        also: "add settings sign in credentials",
        icon: "add-plus",
        asked: true,
        run: () => navigate(paths.connect),
      },
      {
        title: "Network settings",
        also: "proxy certificates connection",
        icon: "settings",
        asked: true,
        run: () => networkDialog.open(),
      },
    ];
    return [...registered, ...only, ...looks, ...rest, ...filter];
  }, [accounts, appearance, navigate, query, save]);
}
