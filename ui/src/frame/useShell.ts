// The shell's events: drop what changed, go where a notification or the tray points.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { filesArrived } from "../draft/arrivals";
import { flushAll } from "../draft/saving";
import type { MenuEntry } from "../platform/contract";
import { call, onShell } from "../platform/platform";
import { drop } from "../query/client";
import { flash } from "./flash";
import { askAboutLink } from "./links";
import { paths } from "./paths";
import { syncNow } from "./sync-now";

export function useShell(): void {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const go = useRef(navigate);
  go.current = navigate;

  useEffect(
    () =>
      onShell((event) => {
        switch (event.event) {
          case "changed":
            drop(client, event.changes);
            break;
          case "flush":
            // The shell waits for this a moment before it ends the program or destroys the window.
            void flushAll().then((everything) =>
              call("app_flushed", { everything }).catch(() => undefined),
            );
            break;
          case "files-added":
            filesArrived(event.draft, event.files);
            break;
          case "link-refused":
            askAboutLink(event.link);
            break;
          case "trouble":
            flash.problem(event.problem);
            break;
          case "open-report":
            go.current(paths.report);
            break;
          case "open-case":
            go.current(paths.case(event.case));
            break;
          case "open-draft":
            go.current(paths.draft(event.draft));
            break;
          case "open-incidents":
            go.current(paths.incidents);
            break;
          case "open-outbox":
            go.current(paths.outbox);
            break;
          case "menu-chosen":
            chosenInBar(event.entry, go.current);
            break;
          // They belong to the composer or the form that is on screen.
          case "drag-over":
          case "files-coming":
          case "key-held":
          case "key-refused":
            break;
        }
      }),
    [client],
  );
}

/** Does what was chosen in the menu bar of macOS. */
function chosenInBar(entry: MenuEntry, navigate: (path: string) => void): void {
  switch (entry) {
    case "settings":
      navigate(paths.settings);
      break;
    case "palette":
      document.dispatchEvent(new CustomEvent("eco-palette"));
      break;
    case "keys":
      document.dispatchEvent(new CustomEvent("eco-keys"));
      break;
    case "sync":
      syncNow();
      break;
  }
}
