// The settings, and a change of some of them. They are read and written as one, so changes follow
// each other and each starts from what the one before made.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Problem, Settings } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { useCommand } from "../../query/hooks";
import { commandKey } from "../../query/key";

const KEY = commandKey("settings_get", {});

let line: Promise<unknown> = Promise.resolve();

/** `shown`: a switch is drawn as it was put at once. What is typed only when it is saved: it may be refused, and its field
 * holds it meanwhile. */
export type SaveSettings = (
  change: Partial<Settings>,
  shown?: "at-once" | "when-saved",
) => Promise<Problem | null>;

export function useSettings() {
  const client = useQueryClient();
  const query = useCommand("settings_get", {});
  /** When something was last saved on this screen, for the mark in its head. */
  const [savedAt, setSavedAt] = useState<number | null>(null);

  const save: SaveSettings = useCallback(
    (change, shown = "at-once") => {
      const run = line.then(async (): Promise<Problem | null> => {
        const before = client.getQueryData<Settings>(KEY);
        if (!before)
          return { code: "internal", message: "The settings are not read yet.", retryable: true };
        if (shown === "at-once") client.setQueryData(KEY, { ...before, ...change });
        try {
          const after = await call("settings_save", { settings: { ...before, ...change } });
          client.setQueryData(KEY, after);
          setSavedAt(Date.now());
          return null;
        } catch (thrown) {
          if (shown === "at-once") client.setQueryData(KEY, before);
          return asProblem(thrown);
        }
      });
      line = run;
      return run;
    },
    [client],
  );

  return { query, save, savedAt };
}
