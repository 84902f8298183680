// What the commands of backups, of a rescue and of the log do on the fake platform.
import type { Handlers } from "./fake-handlers";
import type { FakeWorld } from "./fake-world";
import * as fixtures from "./fixtures";

type StorageCommand =
  | "rescue_dismiss"
  | "backup_list"
  | "backup_restore"
  | "data_folder_open"
  | "log_report"
  | "crash_dismiss";

export function storageHandlers(world: FakeWorld): Pick<Handlers, StorageCommand> {
  return {
    rescue_dismiss: () => {
      world.state.app.rescue = null;
      world.changed({ what: "disk" });
      return null;
    },
    backup_list: () => fixtures.backups(Date.now()),
    backup_restore: () => null,
    data_folder_open: () => null,
    log_report: () => ({
      log: "2026-11-26T19:00:00.000Z  INFO eco_desk::start: the program starts\n",
      crash: world.state.app.hasCrashed
        ? "2026-11-26T18:59:00.000Z ECO Desk 0.1.0 panicked at src/a.rs:7:1, thread desk\n"
        : null,
    }),
    crash_dismiss: () => {
      world.state.app.hasCrashed = false;
      return null;
    },
  };
}
