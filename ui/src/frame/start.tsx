// Puts the frame on the page, over whichever platform was installed.
import "@cloudscape-design/global-styles/index.css";
import "../theme/tokens.css";
import "../theme/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";

export function start(element: HTMLElement | null): void {
  if (!element) throw new Error("the page has no #root");
  createRoot(element).render(<App />);
}
