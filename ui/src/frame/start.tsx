// Puts the frame on the page, over whichever platform was installed.
import "@cloudscape-design/global-styles/index.css";
import "../theme/theme.css";
import "../theme/tokens.css";
import "../theme/base.css";
import { createRoot } from "react-dom/client";
import { makeQueryClient } from "../query/client";
import { type Asked, answerTo, keepFirst } from "../query/first";
import { showTheme } from "../theme/dark";
import { App } from "./App";

/** `asked`: what was asked before this file was read. */
export async function start(element: HTMLElement | null, asked: readonly Asked[]): Promise<void> {
  if (!element) throw new Error("the page has no #root");
  const queries = makeQueryClient();
  await keepFirst(queries, asked);
  showTheme((await answerTo(asked, "settings_get"))?.appearance ?? "system");
  if ((await answerTo(asked, "app_state"))?.isMeasured) (await import("./measure")).measureKeys();
  createRoot(element).render(<App client={queries} />);
}
