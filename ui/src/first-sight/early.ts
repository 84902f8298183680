// What is done to the first sight before the page is there: kept, and done by the page once it is.
import { rowId } from "../screens/incidents/row-id";

type Step = { row: string } | { key: string; repeat: boolean };

let steps: Step[] = [];
let stop: (() => void) | null = null;

/** The attribute by which a row of the first sight names its incident. */
export const INCIDENT = "data-incident";
const CHOSEN = "eco-sight-chosen";

/** Keeps the row that is chosen on it, which it shows at once, and the keys that are pressed. */
export function keepSteps(sight: HTMLElement): void {
  forgetSteps();
  const pointer = ({ button, target }: PointerEvent) => {
    const row = target instanceof Element ? target.closest(`[${INCIDENT}]`) : null;
    const key = row?.getAttribute(INCIDENT);
    // A link goes where it leads by itself.
    if (button !== 0 || !row || !key || (target as Element).closest("a")) return;
    for (const other of sight.querySelectorAll(`.${CHOSEN}`)) other.classList.remove(CHOSEN);
    row.classList.add(CHOSEN);
    steps.push({ row: key });
  };
  const keyboard = (event: KeyboardEvent) => {
    const combined = event.ctrlKey || event.metaKey || event.altKey;
    if (combined || (event.key === "Enter" && event.target instanceof HTMLAnchorElement)) return;
    steps.push({ key: event.key, repeat: event.repeat });
  };
  sight.addEventListener("pointerdown", pointer);
  document.addEventListener("keydown", keyboard);
  stop = () => {
    sight.removeEventListener("pointerdown", pointer);
    document.removeEventListener("keydown", keyboard);
  };
}

/** Nothing more is kept. */
export function forgetSteps(): void {
  stop?.();
  stop = null;
  steps = [];
}

/** Does what was kept, one step after the other has had its effect, on the page that took over. */
export async function doSteps(): Promise<void> {
  const kept = steps;
  forgetSteps();
  for (const step of kept) {
    if ("row" in step) {
      document.getElementById(rowId(step.row))?.click();
    } else {
      const event = { key: step.key, repeat: step.repeat, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", event));
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}
