// Which screen takes the files that are dropped onto the window. Commands run beside each other, so each screen has a
// number by which the shell knows the newest, in whatever order the words of several arrive.
import type { DropMount, DropTarget } from "./contract";
import { call } from "./platform";

/** Another number with each load of the page, which counts its screens anew. */
const page = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
let order = 0;

/** Makes the screen the target of native drops until the returned function is called. */
export function mountDropTarget(target: DropTarget): () => void {
  order += 1;
  const mount: DropMount = { page, order };
  // Dialog and button still work where the shell could not take the target.
  call("drop_mount", { mount, target }).catch(() => undefined);
  return () => {
    call("drop_unmount", { mount }).catch(() => undefined);
  };
}
