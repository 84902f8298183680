// How the window opens: the questions, the first sight, and behind it the screens.
import "./styles";
import { call } from "../platform/platform";
import { askFirst } from "../query/first";
import { el } from "./dom";
import { endFirstSight, showFirstSight } from "./first-sight";

/** Opens it. Never fails: where the screens cannot be read, the page says so. */
export async function open(): Promise<void> {
  const asked = askFirst();
  const shown = showFirstSight(asked).catch(() => false);
  if (await shown) call("app_painted", { stage: "first-sight" }).catch(() => undefined);
  try {
    const { start } = await import("../frame/start");
    await start(document.getElementById("root"), asked);
  } catch (thrown) {
    endFirstSight();
    // biome-ignore lint/suspicious/noConsole: there is no screen to show the details on
    console.error(thrown);
    const what =
      "ECO Desk could not read its own screens. Quit it and start it again; if that does not help, ";
    document.body.append(
      el("p", "eco-sight-failed", what, "install it again. What you entered is kept."),
    );
  }
}
