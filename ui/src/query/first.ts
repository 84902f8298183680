// The questions whose answers the first screen needs, asked before the rest of the page has even been read;
// so that it is drawn once, with what it shows, and not first with bars in place of it.
import type { QueryClient } from "@tanstack/react-query";
import { type Answer, type Args, type ArgsOf, type CommandName, call } from "../platform/platform";
import { firstList } from "../screens/incidents/list-query";
import { commandKey } from "./key";

/** How long the first screen waits for an answer: a slower disk gets its bars. In milliseconds. */
const PATIENCE = 1500;

export interface Asked {
  name: CommandName;
  args: unknown;
  /** Null where the question failed or took too long: who needs the answer asks again and shows why. */
  answer: Promise<unknown>;
}

function ask<N extends CommandName>(name: N, args: Args<N>): Asked {
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
  const asked = call(name, ...([args] as unknown as ArgsOf<N>)).catch(() => null);
  return { name, args, answer: Promise.race([asked, late]) };
}

/** Asks them. */
export function askFirst(): Asked[] {
  return [
    ask("app_state", {}),
    ask("settings_get", {}),
    ask("account_list", {}),
    ask("case_list", { query: firstList() }),
    ask("case_counts", {}),
    ask("sync_status", {}),
    ask("draft_list", {}),
    ask("outbox_list", {}),
  ];
}

/** What was answered to one of them, or null. */
export async function answerTo<N extends CommandName>(
  asked: readonly Asked[],
  name: N,
): Promise<Answer<N> | null> {
  const found = asked.find((one) => one.name === name);
  return found ? ((await found.answer) as Answer<N> | null) : null;
}

/** Puts the answers where the screens look for them. */
export async function keepFirst(queries: QueryClient, asked: readonly Asked[]): Promise<void> {
  for (const { name, args, answer } of asked) {
    const told = await answer;
    if (told !== null) queries.setQueryData(commandKey(name, args as Args<typeof name>), told);
  }
}
