// Which cached answers a change of the core puts out of date.
import type { QueryClient } from "@tanstack/react-query";
import type { Change } from "../platform/contract";
import type { CommandName } from "../platform/platform";

interface Stale {
  names: CommandName[];
  /** Only answers whose arguments hold this case. */
  caseKey?: string;
}

function stale(change: Change): Stale {
  switch (change.what) {
    case "accounts":
      return { names: ["account_list", "account_profiles", "report_form", "contact_options"] };
    case "cases":
      return {
        names: [
          "case_list",
          "case_counts",
          "case_get",
          "case_correspondence",
          "report_suggestions",
        ],
      };
    case "case":
      return { names: ["case_get", "case_correspondence"], caseKey: change.key };
    case "drafts":
      return { names: ["draft_list", "draft_get", "report_preview"] };
    case "outbox":
      return { names: ["outbox_list"] };
    case "settings":
      return { names: ["settings_get", "network_get", "report_form"] };
    case "disk":
      return { names: ["app_state"] };
    case "sync":
      return { names: ["sync_status"] };
  }
}

/** Drops what `changes` name; everything where the list is empty. */
export function drop(client: QueryClient, changes: readonly Change[]): void {
  if (changes.length === 0) {
    void client.invalidateQueries();
    return;
  }
  for (const change of changes) {
    const { names, caseKey } = stale(change);
    void client.invalidateQueries({
      predicate: ({ queryKey: [name, args] }) =>
        names.includes(name as CommandName) &&
        (caseKey === undefined || (args as { case?: string } | undefined)?.case === caseKey),
    });
    if (change.what === "case") {
      void client.invalidateQueries({ queryKey: ["case_list"] });
      void client.invalidateQueries({ queryKey: ["case_counts"] });
    }
  }
}
