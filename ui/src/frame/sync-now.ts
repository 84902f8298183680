// Asks AWS Support for news of all accounts, from wherever one is.
import { call } from "../platform/platform";
import { flash } from "./flash";

export function syncNow(): void {
  call("sync_now").catch((thrown: unknown) => flash.problem(thrown));
}
